/** The two halves of the program wake one another; without it both still look twice a second. */

import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { connectTimeoutMs } from "./connect.ts";
import type { Sql } from "./connect.ts";

const channel = "hindsight_wake";
const retryMs = 5_000;

/** At most once; a wake-up that is lost is made good by polling. */
export async function wakeOthers(sql: Sql): Promise<void> {
  await sql`select pg_notify(${channel}, '')`.catch(() => null);
}

/** At most once: whoever reads a catalog on GitHub looks by itself as well, only later. */
export async function tellOfPush(sql: Sql, repository: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${repository})`.catch(() => null);
}

/** Listens on a connection of its own, which is opened again whenever it is lost. `pushedTo`: a repository, "" for work. */
export function hearWakes(url: string, onWake: (pushedTo: string) => void): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;
  const listening = (async () => {
    while (!signal.aborted) {
      await listenOnce(url, onWake, signal).catch(() => null);
      await sleep(retryMs, undefined, { signal }).catch(() => null);
    }
  })();
  return {
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await listening;
    },
  };
}

/** Until the connection is lost, which rejects or not, or until `signal` aborts. */
async function listenOnce(
  url: string,
  onWake: (pushedTo: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const client = new Client({
    connectionString: url,
    application_name: "hindsight-wake",
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: connectTimeoutMs,
    keepAlive: true,
  });
  client.on("notification", ({ payload = "" }) => onWake(payload));
  const lost = once(client, "end", { signal });
  lost.catch(() => null);
  try {
    await client.connect();
    await client.query(`listen ${channel}`);
    await lost;
  } finally {
    await client.end().catch(() => null);
  }
}
