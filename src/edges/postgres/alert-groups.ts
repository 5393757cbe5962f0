/** The groups of alerts: read with what their place is decided by, and written with the change that decided it. */

import { and, desc, eq, gte, inArray, isNull, sql } from "drizzle-orm";
import type { OpenPlace, ChannelOpening } from "../../alert/destination.ts";
import type { AlertGroup } from "../../alert/group.ts";
import type { AlertChange } from "../../flows/change.ts";
import type { AlertDesk } from "../../flows/alert-desk.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import type { Database, Transaction } from "./connect.ts";
import { alertGroup } from "./schema-alerts.ts";
import * as schema from "./schema.ts";
import { isPublic } from "./visible.ts";

/** Longer ago than this nothing decides where a group goes. */
const lookBackMs = 3_600_000;
const openMax = 200;
const openingsMax = 20;
const threadsMax = 20;
/** As long as changes that hooks told. */
const keptDays = 90;

/** The number is read first: whatever is decided meanwhile makes a decision on the rest stale. */
export async function alertDesk(
  db: Database,
  workspace: WorkspaceId,
  ids: readonly string[],
  now: Date,
): Promise<AlertDesk> {
  const since = new Date(now.getTime() - lookBackMs);
  const seq = await deskSeq(db, workspace);
  const [groups, open, openings, threads] = await Promise.all([
    groupsWhere(db, workspace, inArray(alertGroup.id, [...ids])),
    openPlaces(db, workspace, since),
    openingsSince(db, workspace, since),
    threadsSince(db, workspace, since),
  ]);
  return { seq, groups, open, openings, threads };
}

/** Those that wait for the channel of that name. */
export async function groupsOpening(
  db: Database,
  workspace: WorkspaceId,
  name: string,
): Promise<AlertChange> {
  const seq = await deskSeq(db, workspace);
  return { seq, groups: await groupsWhere(db, workspace, eq(alertGroup.openingName, name)) };
}

async function deskSeq(db: Database, workspace: WorkspaceId): Promise<number> {
  const [row] = await db
    .select({ seq: schema.workspace.alertSeq })
    .from(schema.workspace)
    .where(eq(schema.workspace.id, workspace));
  return row?.seq ?? 0;
}

async function groupsWhere(
  db: Database,
  workspace: WorkspaceId,
  condition: ReturnType<typeof eq>,
): Promise<readonly AlertGroup[]> {
  const rows = await db
    .select({ state: alertGroup.state })
    .from(alertGroup)
    .where(and(eq(alertGroup.workspaceId, workspace), condition));
  return rows.map(({ state }) => state);
}

async function openPlaces(
  db: Database,
  workspace: WorkspaceId,
  since: Date,
): Promise<readonly OpenPlace[]> {
  const { incident, channel } = schema;
  const rows = await db
    .select({ id: incident.id, service: incident.service, openedAt: incident.openedAt })
    .from(incident)
    .innerJoin(
      channel,
      and(eq(channel.workspaceId, incident.workspaceId), eq(channel.id, incident.channelId)),
    )
    .where(
      and(
        eq(incident.workspaceId, workspace),
        isNull(incident.closedAt),
        gte(incident.openedAt, since),
        isPublic,
      ),
    )
    .orderBy(desc(incident.openedAt))
    .limit(openMax);
  return rows.map(({ openedAt, ...row }) => ({ ...row, openedAt: openedAt.getTime() / 1000 }));
}

async function openingsSince(
  db: Database,
  workspace: WorkspaceId,
  since: Date,
): Promise<readonly ChannelOpening[]> {
  const rows = await db
    .select({ state: alertGroup.state })
    .from(alertGroup)
    .where(and(eq(alertGroup.workspaceId, workspace), gte(alertGroup.openedAt, since)))
    .orderBy(desc(alertGroup.openedAt))
    .limit(openingsMax);
  return rows.flatMap(({ state: { place, openedAt } }) => {
    const isThere = place?.kind === "incident" || place?.kind === "opening";
    return isThere && openedAt !== null ? [{ at: openedAt, into: place }] : [];
  });
}

async function threadsSince(
  db: Database,
  workspace: WorkspaceId,
  since: Date,
): Promise<AlertDesk["threads"]> {
  const rows = await db
    .select({ group: alertGroup.id, at: alertGroup.threadAt })
    .from(alertGroup)
    .where(and(eq(alertGroup.workspaceId, workspace), gte(alertGroup.threadAt, since)))
    .orderBy(desc(alertGroup.threadAt))
    .limit(threadsMax);
  return rows.flatMap(({ group, at }) => (at === null ? [] : [{ group, at: at.getTime() / 1000 }]));
}

/** False, and nothing written, where something was decided since `seq` was read. The workspace's row is the lock. */
export async function writeAlerts(
  tx: Transaction,
  workspaceId: WorkspaceId,
  { seq, groups }: AlertChange,
): Promise<boolean> {
  const moved = await tx
    .update(schema.workspace)
    .set({ alertSeq: seq + 1 })
    .where(and(eq(schema.workspace.id, workspaceId), eq(schema.workspace.alertSeq, seq)))
    .returning({ id: schema.workspace.id });
  if (moved.length === 0) return false;
  for (const state of groups) {
    const row = rowOf(state);
    await tx
      .insert(alertGroup)
      .values({ workspaceId, ...row })
      .onConflictDoUpdate({ target: [alertGroup.workspaceId, alertGroup.id], set: row });
  }
  return true;
}

function rowOf(state: AlertGroup) {
  const { id, place, openedAt, occurrences } = state;
  const latest = occurrences.at(-1);
  return {
    id,
    state,
    openingName: place?.kind === "opening" ? place.name : null,
    openedAt: openedAt === null ? null : new Date(openedAt * 1000),
    threadAt: place?.kind === "thread" && latest !== undefined ? new Date(latest.at * 1000) : null,
    updatedAt: sql`now()`,
  };
}

/** How many groups each source told, and when last; for `doctor`. */
export async function alertCounts(
  db: Database,
): Promise<readonly { source: string; count: number; newest: Date | null }[]> {
  const { state, updatedAt } = alertGroup;
  const source = sql<string>`${state} ->> 'source'`;
  return db
    .select({
      source,
      count: sql<number>`count(*)::int`,
      newest: sql<Date | null>`max(${updatedAt})`.mapWith(updatedAt),
    })
    .from(alertGroup)
    .groupBy(sql`1`);
}

export async function sweepAlertGroups(db: Database): Promise<void> {
  await db.execute(
    sql`delete from alert_group where updated_at < now() - make_interval(days => ${keptDays})`,
  );
}
