/** The verbs that run until they are done or told to stop; they end with an exit status. */

import { errorWords } from "../error-words.ts";
import type { Config } from "../config.ts";
import { migrate } from "../edges/postgres/migrate.ts";
import { openDatabase } from "./database.ts";
import { openLog } from "./log.ts";
import type { Log } from "./log.ts";
import { isMistake } from "./mistake.ts";
import { serve } from "./serve.ts";
import type { Role } from "./routes.ts";
import type { Serving } from "./serve.ts";

/** A stop that takes longer than this is cut short. */
const stopTimeoutMs = 18_000;

/** Until SIGTERM or SIGINT: then 0. 1 where it cannot start, with a sentence that names the mend. */
export async function runUntilStopped(
  config: Config,
  role: Role,
  notices: readonly string[],
): Promise<number> {
  const log = openLog(config.logLevel, process.stderr.isTTY);
  const stopped = stopSignal();
  for (const notice of notices) log.warn(notice);
  let serving: Serving | null = null;
  try {
    serving = await serve(config, role, log);
    const failed = serving.ready.then(() => announce(config, role, serving, log));
    await Promise.race([stopped, failed.then(() => stopped)]);
  } catch (error) {
    sayWhy(log, error);
    await serving?.[Symbol.asyncDispose]();
    return 1;
  }
  log.info("Stopping.");
  const timer = setTimeout(() => {
    log.warn("Stopping took too long; the queue hands on what was under way.");
    process.exit(0);
  }, stopTimeoutMs);
  await serving[Symbol.asyncDispose]();
  clearTimeout(timer);
  return 0;
}

export async function runMigrate(config: Config): Promise<number> {
  const log = openLog(config.logLevel, process.stderr.isTTY);
  try {
    await using database = await openDatabase(config, log);
    if (!database.isEmbedded) await migrate(config.migrationUrl ?? database.url);
    log.info("The database has the newest schema.");
    return 0;
  } catch (error) {
    sayWhy(log, error);
    return 1;
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
}

async function announce(
  config: Config,
  role: Role,
  serving: Serving | null,
  log: Log,
): Promise<void> {
  const local = serving?.local() ?? null;
  if (serving === null || local === null) {
    log.info(`Ready as ${role === "all" ? "serve" : role} on ${config.host}:${serving?.port}.`);
    return;
  }
  if (local.player.playing().length === 0) {
    const first =
      local.player.list().find(({ id }) => id === "n-plus-one") ?? local.player.list()[0];
    if (first !== undefined) await local.play(first.id, 1);
  }
  const leaves =
    config.model === null
      ? "nothing leaves this machine"
      : "only what the model is asked leaves it";
  log.info(`Ready. Open ${serving.url}/local/ : a practice workspace, ${leaves}.`);
}

function sayWhy(log: Log, error: unknown): void {
  if (isMistake(error)) log.fatal(error.message);
  else log.fatal({ err: error }, errorWords(error));
}
