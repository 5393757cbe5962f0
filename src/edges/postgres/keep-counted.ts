/** Keeps beside each incident what digests count of it, so that ten thousand are read in a moment. */

import { sql } from "drizzle-orm";
import { countedBeside, countedColumns } from "./counted.ts";
import { limitTransaction, type Database } from "./connect.ts";

/** To be raised with every change of `counted.ts`: rows of another version are not read. */
export const countedVersion = 1;
/** So many are counted in one statement: well within the time that one has. */
const batchSize = 200;
/** One at a time: an arbitrary number that no other program here uses. */
const countingLock = 725_104_872;

/** Whose timeline has grown since it was counted: whatever changes an incident adds to its timeline. */
const stale = sql`
  from incident i
  left join counted_incident kept on kept.incident_id = i.id and kept.version = ${countedVersion}
  where kept.seq is distinct from i.last_seq`;

/** What is kept is true of every incident as it stands by now. */
export async function keepCounted(db: Database): Promise<void> {
  const { rows } = await db.execute(sql`select 1 ${stale} limit 1`);
  if (rows.length === 0) return;
  while ((await keepBatch(db)) > 0);
}

/** How many it counted. Who waited for another finds its rows. */
async function keepBatch(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    await limitTransaction(tx);
    await tx.execute(sql`select pg_advisory_xact_lock(${countingLock})`);
    const { rowCount } = await tx.execute(sql`
      insert into counted_incident (workspace_id, incident_id, version, seq,
        began_at, acknowledged_at, mitigated_at, severity, credit, merged_into, ledger)
      select i.workspace_id, i.id, ${countedVersion}, i.last_seq, ${countedColumns}
      from (select i.* ${stale} limit ${batchSize}) i ${countedBeside}
      on conflict (incident_id, version) do update set seq = excluded.seq,
        began_at = excluded.began_at, acknowledged_at = excluded.acknowledged_at,
        mitigated_at = excluded.mitigated_at, severity = excluded.severity,
        credit = excluded.credit, merged_into = excluded.merged_into, ledger = excluded.ledger`);
    return rowCount ?? 0;
  });
}

/** Rows of earlier versions; a program of one that still runs makes its own again. */
export async function sweepCounted(db: Database): Promise<void> {
  await db.execute(sql`delete from counted_incident where version < ${countedVersion}`);
}
