/** Brings a database to the newest schema, the queue's included, and tells whether it is there. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import { z } from "zod";
import { connect } from "./connect.ts";
import { createQueues, openBoss } from "./queue.ts";
import type { Connection } from "./connect.ts";

const migrationsFolder = new URL("../../../drizzle/", import.meta.url);
/** One migrator at a time: an arbitrary number that no other program here uses. */
const migrationLock = 725_104_871;

const Journal = z.object({ entries: z.array(z.object({ when: z.number() })) });

/** Idempotent; two at once wait for one another. */
export async function migrate(url: string): Promise<void> {
  // Migrations take as long as they take, and wait for one another.
  await using connection = connect(url, { silenceMaxMs: 0 });
  const session = await connection.pool.connect();
  try {
    await session.query("select pg_advisory_lock($1)", [migrationLock]);
    await applyMigrations(connection.db, {
      migrationsFolder: fileURLToPath(migrationsFolder),
    });
    const boss = await openBoss({ url, migrates: true, onError: () => undefined });
    try {
      await createQueues(boss);
    } finally {
      await boss.stop({ graceful: false, close: true });
    }
  } finally {
    // Closing it lets go of the lock.
    session.release(new Error("done"));
  }
}

/** Whether every migration of this version has been applied; false on a database that has none. */
export async function isSchemaCurrent(connection: Connection): Promise<boolean> {
  const newest = await newestMigration();
  const [table] = await connection.sql<{ known: boolean }>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as known`;
  if (!table?.known) return false;
  const [row] = await connection.sql<{ newest: string | null }>`
    select max(created_at) as newest from drizzle.__drizzle_migrations`;
  return Number(row?.newest ?? 0) >= newest;
}

async function newestMigration(): Promise<number> {
  const text = await readFile(new URL("meta/_journal.json", migrationsFolder), "utf8");
  const journal = Journal.parse(JSON.parse(text));
  return Math.max(0, ...journal.entries.map((entry) => entry.when));
}
