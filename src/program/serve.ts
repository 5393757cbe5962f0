/** The long-running program: HTTP, intake, work, the local workspace; as a whole or in its two halves. */

import { once } from "node:events";
import type { PgBoss } from "pg-boss";
import { errorWords } from "../error-words.ts";
import type { Config } from "../config.ts";
import { openMeter } from "../edges/http/meter.ts";
import type { Metering } from "../edges/http/meter.ts";
import { startHttp } from "../edges/http/server.ts";
import type { Listening } from "../edges/http/server.ts";
import { backlogOf } from "../edges/postgres/backlog.ts";
import { connect } from "../edges/postgres/connect.ts";
import type { Connection } from "../edges/postgres/connect.ts";
import { isSchemaCurrent } from "../edges/postgres/migrate.ts";
import { openBoss } from "../edges/postgres/queue.ts";
import { hearWakes, tellOfPush, wakeOthers } from "../edges/postgres/wake.ts";
import { openDatabase } from "./database.ts";
import { hasHooks, openHooks } from "./hooks.ts";
import { openIntake } from "./intake.ts";
import { openCatalog, type LiveCatalog } from "./live-catalog.ts";
import { openLocal } from "./local.ts";
import type { Local } from "./local.ts";
import type { Log } from "./log.ts";
import { mistake } from "./mistake.ts";
import { noDatabase, oldSchema } from "./readiness.ts";
import { routesOf } from "./routes.ts";
import type { Parts, Role } from "./routes.ts";
import { untilItWorks } from "./wait.ts";
import { startWork } from "./work.ts";

const queueStopTimeoutMs = 12_000;

export interface Serving extends AsyncDisposable {
  readonly port: number;
  /** http://127.0.0.1:3000 */
  readonly url: string;
  readonly local: () => Local | null;
  /** Resolves once all of its work is being done; rejects for what no waiting mends. */
  readonly ready: Promise<void>;
}

interface Context {
  readonly config: Config;
  readonly role: Role;
  readonly log: Log;
  readonly meter: Metering;
  readonly parts: Parts;
  readonly url: string;
  readonly stack: AsyncDisposableStack;
  readonly signal: AbortSignal;
}

/** Rejects at once for a taken port and for settings that the role cannot run with. */
export async function serve(config: Config, role: Role, log: Log): Promise<Serving> {
  if (role !== "all") requireBothHalves(config, role);
  const parts: Parts = {
    said: "The database is being opened.",
    connection: null,
    intake: null,
    hooks: null,
    local: null,
    catalog: null,
    working: null,
    isWorking: false,
    isStopping: false,
  };
  const meter = openMeter(() =>
    parts.connection === null ? Promise.resolve([]) : backlogOf(parts.connection.sql),
  );
  const http = await startHttp(config, routesOf(role, config, { parts, meter, log }));
  const url = `http://127.0.0.1:${http.port}`;
  const stack = new AsyncDisposableStack();
  const stopping = new AbortController();
  const ready = open({ config, role, log, meter, parts, url, stack, signal: stopping.signal });
  ready.catch(() => undefined);
  return {
    port: http.port,
    url,
    local: () => parts.local,
    ready,
    [Symbol.asyncDispose]: () => close({ stopping, ready, http, stack, parts }),
  };
}

function requireBothHalves(config: Config, role: Role): void {
  if (config.databaseUrl === null) {
    throw mistake(`DATABASE_URL is not set: "${role}" shares its database with the other half.`);
  }
  if (config.slack.mode === "local") {
    throw mistake(`SLACK_BOT_TOKEN is not set: the local workspace runs in "serve" alone.`);
  }
}

async function open(context: Context): Promise<void> {
  const { config, role, log, parts, url, stack, signal } = context;
  const catalog = stack.use(await openCatalog(config, context));
  parts.catalog = catalog;
  const database = stack.use(await openDatabase(config, log));
  const connection = stack.use(connect(database.url));
  const away = (reason: string): void => {
    parts.said = reason === oldSchema ? oldSchema : noDatabase;
    log.warn(`${parts.said} (${reason})`);
  };
  await untilItWorks(() => requireSchema(connection), away, signal);
  const onError = (error: Error) => log.warn(`the queue: ${errorWords(error)}`);
  const schedules = role !== "web";
  const queue = { url: database.url, migrates: false, schedules, onError };
  const boss = await untilItWorks(() => openBoss(queue), away, signal);
  if (boss === null) return;
  stack.defer(() => boss.stop({ graceful: true, close: true, timeout: queueStopTimeoutMs }));
  if (config.slack.mode === "local") {
    parts.local = stack.use(await openLocal({ ...config, url, now: () => new Date() }));
  }
  parts.connection = connection;
  const wake = (): void => {
    parts.working?.wake();
    if (role === "web") void wakeOthers(connection.sql);
  };
  parts.intake = openIntake({ ...context, boss, local: parts.local, wake });
  stack.use(parts.intake);
  if (role !== "web") await openWork(context, { url: database.url, connection, boss, catalog });
  if (role !== "worker" && hasHooks(config)) {
    await openHookRoutes(context, { connection, boss, catalog, wake });
  }
  parts.isWorking = !signal.aborted;
  if (!signal.aborted) await Promise.race([parts.intake.opened, once(signal, "abort")]);
}

async function openHookRoutes(
  context: Context,
  database: {
    readonly connection: Connection;
    readonly boss: PgBoss;
    readonly catalog: LiveCatalog;
    readonly wake: () => void;
  },
): Promise<void> {
  const { config, role, parts } = context;
  const { catalog, connection } = database;
  parts.hooks = await openHooks({
    ...context,
    ...database,
    access: accessOf(config, parts.local),
    say: sayer(context),
    pushed: (repository) => {
      catalog.pushed(repository);
      if (role === "web") void tellOfPush(connection.sql, repository);
    },
  });
}

async function openWork(
  context: Context,
  database: {
    readonly url: string;
    readonly connection: Connection;
    readonly boss: PgBoss;
    readonly catalog: LiveCatalog;
  },
): Promise<void> {
  const { config, parts, stack } = context;
  const { local } = parts;
  const say = sayer(context);
  parts.said = "The work is being started.";
  const access = accessOf(config, local);
  parts.working = await startWork({
    ...context,
    ...database,
    url: context.url,
    say,
    access,
    local,
  });
  if (parts.working === null) return;
  stack.use(parts.working);
  const { catalog } = database;
  stack.use(
    hearWakes(database.url, (pushedTo) =>
      pushedTo === "" ? parts.working?.wake() : catalog.pushed(pushedTo),
    ),
  );
}

/** What is waited for stands in the log and at /readyz. */
function sayer({ parts, log }: Context): (sentence: string) => void {
  return (sentence) => {
    parts.said = sentence;
    log.warn(sentence);
  };
}

async function requireSchema(connection: Connection): Promise<void> {
  if (!(await isSchemaCurrent(connection))) throw new Error(oldSchema);
}

function accessOf(config: Config, local: Local | null) {
  if (local !== null) return { botToken: local.botToken, apiUrl: local.workspace.apiUrl };
  const botToken = config.slack.mode === "local" ? "" : config.slack.botToken;
  return { botToken, ...(config.slackApiUrl === null ? {} : { apiUrl: config.slackApiUrl }) };
}

/** Takes nothing new in, finishes what is under way, and closes in the opposite order of opening. */
async function close(serving: {
  readonly stopping: AbortController;
  readonly ready: Promise<void>;
  readonly http: Listening;
  readonly stack: AsyncDisposableStack;
  readonly parts: Parts;
}): Promise<void> {
  serving.parts.isStopping = true;
  serving.stopping.abort();
  await serving.ready.catch(() => undefined);
  await serving.stack.disposeAsync();
  await serving.http[Symbol.asyncDispose]();
}
