/** The whole program in this process: on a free port, with a folder of its own that goes when it ends. */

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { readConfig } from "../../src/config.ts";
import type { Environment } from "../../src/config-values.ts";
import { openLog } from "../../src/program/log.ts";
import { serve } from "../../src/program/serve.ts";
import type { Serving } from "../../src/program/serve.ts";
import { freshDatabase } from "../database.ts";

/** For what a busy machine may delay; nothing is asserted about it. */
export const patienceMs = 60_000;
/** For one look at what was posted, once a test is over. */
const lookMs = 10_000;
export const ana = "U00000000ANA";
export const bo = "U000000000BO";
export const chidi = "U000000CHIDI";

export interface Running extends AsyncDisposable {
  readonly serving: Serving;
  readonly sql: postgres.Sql;
}

/** Ready; on a database of its own unless one is named. */
export async function startRunning(settings: Environment = {}): Promise<Running> {
  const running = await beginRunning(settings);
  await running.serving.ready;
  return running;
}

/** As it begins, whatever it waits for. */
export async function beginRunning(
  settings: Environment,
  role: "all" | "web" | "worker" = "all",
): Promise<Running> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), "hindsight-program-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const databaseUrl = settings["DATABASE_URL"] ?? stack.use(await freshDatabase()).url;
  const sql = stack.adopt(postgres(databaseUrl, { max: 1 }), (client) => client.end());
  const reading = readConfig({
    PORT: "0",
    DATABASE_URL: databaseUrl,
    HINDSIGHT_DATA: folder,
    LOG_LEVEL: "silent",
    ...settings,
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const serving = stack.use(await serve(reading.config, role, openLog("silent", false)));
  const opened = stack.move();
  const end = async () => {
    // Some tests take the database away: then there is nothing to look at.
    const crowded = await Promise.race([twoOnTop(sql).catch(() => []), nothingAfter(lookMs)]);
    await opened.disposeAsync();
    assert.deepEqual(crowded, [], "each incident has one message in its channel itself");
  };
  return { serving, sql, [Symbol.asyncDispose]: end };
}

/** What was posted on top, in channels in which that is more than their incidents' own messages. */
async function twoOnTop(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ keys: string[] }[]>`
    select array_agg(distinct key) as keys from outbox o
    where payload ->> 'kind' = 'message' and payload -> 'place' ->> 'in' = 'channel'
      and payload ->> 'as' <> 'alert' and state <> 'refused'
      and exists (select 1 from incident i where i.channel_id = o.channel_id)
    group by channel_id
    having count(distinct key) > (
      select count(*) from incident i where i.channel_id = o.channel_id)`;
  return rows.map(({ keys }) => keys.join(" "));
}

function nothingAfter(ms: number): Promise<string[]> {
  return new Promise((resolve) => void setTimeout(() => resolve([]), ms).unref());
}

/** The first look that is as wanted; rejects with the last one where none is in time. */
export async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
