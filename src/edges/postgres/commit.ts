/** The one way in which anything is written: a flow's whole change in one transaction under its incident's lock. */

import { and, eq, isNull, sql } from "drizzle-orm";
import { fromDrizzle } from "pg-boss";
import type { PgBoss } from "pg-boss";
import type { Change, Commit, Effect, NewEntry } from "../../flows/change.ts";
import type { IncidentId, WorkspaceId } from "../../vocabulary.ts";
import { writeAlerts } from "./alert-groups.ts";
import { limitTransaction } from "./connect.ts";
import { writeActions } from "./action-items.ts";
import type { Database, Transaction } from "./connect.ts";
import { writePostmortem } from "./postmortems.ts";
import { writeCounterparts } from "./counterparts.ts";
import { queueOf } from "./queue.ts";
import { writeDigest } from "./digests.ts";
import { writeMessages } from "./messages.ts";
import { writeRules } from "./rules.ts";
import * as delivery from "./schema-delivery.ts";
import * as schema from "./schema.ts";
import { isUnstorable, storable } from "./storable.ts";
import { writeLedger } from "./write-ledger.ts";

/** Thrown to roll back; never leaves this file. */
const refusal = (commit: Commit) => Object.assign(new Error(commit), { commit });

/** Throws when the database cannot be reached; every expected refusal is a value. */
export async function commitChange(db: Database, boss: PgBoss, change: Change): Promise<Commit> {
  try {
    return await writeAll(db, boss, change);
  } catch (error) {
    if (isUnstorable(error)) return writeAll(db, boss, storable(change));
    throw error;
  }
}

async function writeAll(db: Database, boss: PgBoss, change: Change): Promise<Commit> {
  try {
    await db.transaction(async (tx) => {
      await limitTransaction(tx);
      await claim(tx, change);
      const { alerts, workspace } = change;
      if (alerts && !(await writeAlerts(tx, workspace, alerts))) throw refusal("stale");
      const lastSeq = await lockIncident(tx, change);
      await writeIncident(tx, change, lastSeq);
      await writeOthers(tx, change);
      await writeLedger(tx, change);
      await writeRules(tx, change);
      await writeMessages(tx, change);
      if (!(await writeDigest(tx, change))) throw refusal("repeat");
      if (!(await writePostmortem(tx, change))) throw refusal("stale");
      if (!(await writeActions(tx, change))) throw refusal("stale");
      if (!(await writeCounterparts(tx, change))) throw refusal("stale");
      for (const effect of change.effects ?? []) await writeEffect(tx, change, effect);
      for (const { id, job, startAfter } of change.jobs ?? []) {
        await boss.send(
          queueOf(job),
          { workspace: change.workspace, job },
          { id, db: fromDrizzle(tx, sql), ...(startAfter ? { startAfter } : {}) },
        );
      }
    });
    return "committed";
  } catch (error) {
    if (error instanceof Error && "commit" in error) {
      return error.commit === "repeat" ? "repeat" : "stale";
    }
    throw error;
  }
}

/** In one order, so that two changes of the same ids wait for each other instead of deadlocking. */
async function claim(tx: Transaction, change: Change): Promise<void> {
  const ids = [...new Set(change.handled)].toSorted();
  if (ids.length === 0) return;
  const claimed = await tx
    .insert(delivery.handled)
    .values(ids.map((id) => ({ workspaceId: change.workspace, id })))
    .onConflictDoNothing()
    .returning({ id: delivery.handled.id });
  if (claimed.length < ids.length) throw refusal("repeat");
}

async function lockIncident(tx: Transaction, change: Change): Promise<number> {
  const { about, workspace } = change;
  if (change.channel) await writeChannel(tx, change, change.channel);
  await lockKnown(tx, change);
  if (!about) return 0;
  if (about.kind === "new") {
    const [row] = await tx
      .update(schema.workspace)
      .set({ lastIncidentNumber: sql`${schema.workspace.lastIncidentNumber} + 1` })
      .where(eq(schema.workspace.id, workspace))
      .returning({ number: schema.workspace.lastIncidentNumber });
    if (!row) throw new Error(`workspace ${workspace} is not in the database`);
    const opened = await tx
      .insert(schema.incident)
      .values({
        id: about.id,
        workspaceId: workspace,
        number: row.number,
        channelId: about.channel,
        title: about.title,
        lastSeq: 0,
        openedAt: about.openedAt,
      })
      .onConflictDoNothing()
      .returning({ id: schema.incident.id });
    if (opened.length === 0) throw refusal("stale");
    return 0;
  }
  return about.seq;
}

/** In one order, so that two changes of the same incidents wait for each other instead of deadlocking. */
async function lockKnown(tx: Transaction, { about, also = [], workspace }: Change): Promise<void> {
  const known = [...(about?.kind === "existing" ? [about] : []), ...also];
  for (const { id, seq } of known.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const [row] = await tx
      .select({ lastSeq: schema.incident.lastSeq })
      .from(schema.incident)
      .where(and(eq(schema.incident.id, id), eq(schema.incident.workspaceId, workspace)))
      .for("update");
    if (row?.lastSeq !== seq) throw refusal("stale");
  }
}

async function writeChannel(
  tx: Transaction,
  change: Change,
  channel: NonNullable<Change["channel"]>,
): Promise<void> {
  const { name, kind, isArchived } = channel;
  await tx
    .insert(schema.channel)
    .values({ workspaceId: change.workspace, ...channel })
    .onConflictDoUpdate({
      target: [schema.channel.workspaceId, schema.channel.id],
      set: { name, kind, isArchived, updatedAt: sql`now()` },
    });
}

async function writeIncident(tx: Transaction, change: Change, lastSeq: number): Promise<void> {
  const { about, workspace, entries = [] } = change;
  if (!about) return;
  await writeEntries(tx, { workspace, id: about.id, lastSeq }, entries);
  await tx
    .update(schema.incident)
    .set({
      lastSeq: lastSeq + entries.length,
      ...(change.title === undefined ? {} : { title: change.title }),
      ...(change.service === undefined ? {} : { service: change.service }),
      ...(change.symptom === undefined ? {} : { symptom: change.symptom }),
      ...(change.closedAt === undefined ? {} : { closedAt: change.closedAt }),
    })
    .where(eq(schema.incident.id, about.id));
}

async function writeOthers(tx: Transaction, { also = [], workspace }: Change): Promise<void> {
  for (const { id, seq, entries } of also) {
    await writeEntries(tx, { workspace, id, lastSeq: seq }, entries);
    const lastSeq = seq + entries.length;
    await tx.update(schema.incident).set({ lastSeq }).where(eq(schema.incident.id, id));
  }
}

async function writeEntries(
  tx: Transaction,
  of: { readonly workspace: WorkspaceId; readonly id: IncidentId; readonly lastSeq: number },
  entries: readonly NewEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await tx.insert(schema.timelineEntry).values(
    entries.map((entry, index) => ({
      workspaceId: of.workspace,
      incidentId: of.id,
      seq: of.lastSeq + 1 + index,
      kind: entry.fact.kind,
      actor: entry.actor,
      source: entry.source,
      at: entry.at,
      recordedAt: sql`now()`,
      messageTs: entry.messageTs ?? null,
      fact: entry.fact,
    })),
  );
}

/** A queued edit of one message takes the place of the last one that has not left yet. */
async function writeEffect(tx: Transaction, change: Change, effect: Effect): Promise<void> {
  const { workspace } = change;
  const { kind } = effect.payload;
  if (kind === "message" || kind === "topic") {
    const merged = await tx
      .update(delivery.outbox)
      .set({ payload: effect.payload })
      .where(
        and(
          eq(delivery.outbox.workspaceId, workspace),
          eq(delivery.outbox.channelId, effect.channel),
          eq(delivery.outbox.key, effect.key),
          eq(delivery.outbox.state, "pending"),
          isNull(delivery.outbox.attemptedAt),
        ),
      )
      .returning({ id: delivery.outbox.id });
    if (merged.length > 0) return;
  }
  const insert = tx.insert(delivery.outbox).values({
    workspaceId: workspace,
    id: effect.id,
    channelId: effect.channel,
    key: effect.key,
    payload: effect.payload,
    createdAt: sql`now()`,
  });
  // Their ids are made from what they show: the same again is not shown again.
  const isOnce = kind === "chart" || kind === "pin" || kind === "bookmarks";
  await (isOnce ? insert.onConflictDoNothing() : insert);
}
