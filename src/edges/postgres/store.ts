/** The store of the flows: reads, and the one write. */

import { sql } from "drizzle-orm";
import type { PgBoss } from "pg-boss";
import type { Store } from "../../flows/ports.ts";
import { alertDesk, groupsOpening, sweepAlertGroups } from "./alert-groups.ts";
import { sweepChangeEvents } from "./change-events.ts";
import { commitChange } from "./commit.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import { endedLike, selfHealed } from "./ended-like.ts";
import { keepCounted, sweepCounted } from "./keep-counted.ts";
import { modelBookOn } from "./model-calls.ts";
import { postmortemsOn } from "./postmortem-store.ts";
import { messagesOf, openChannels, sweepMessages } from "./messages.ts";
import { readIncidents } from "./read-incidents.ts";
import { periodFacts } from "./read-period.ts";
import { pastIncidents, pastOutcomes } from "./read-learning.ts";
import * as read from "./read.ts";
import { rulesOf } from "./rules.ts";
import * as schema from "./schema.ts";

/** `afterCommit` runs after each change that was committed, to wake whoever sends and works. */
export function storeOn(db: Database, boss: PgBoss, afterCommit: () => void): Store {
  return {
    commit: async (change) => {
      const commit = await commitChange(db, boss, change);
      if (commit === "committed") afterCommit();
      return commit;
    },
    wasHandled: (workspace, ids) => read.wasHandled(db, workspace, ids),
    openIncidentIn: (workspace, channel) => read.openIncidentIn(db, workspace, channel),
    latestIncidentIn: (workspace, channel) => read.latestIncidentIn(db, workspace, channel),
    incidentNumbered: (workspace, number) => read.incidentNumbered(db, workspace, number),
    incident: (workspace, id) => read.incidentById(db, workspace, id),
    readIncidents: (workspace) => readIncidents(db, workspace),
    suggestionsOf: (workspace, incident) => read.suggestionsOf(db, workspace, incident),
    suggestion: (workspace, id) => read.suggestionById(db, workspace, id),
    outcomesOf: (workspace, incident) => read.outcomesOf(db, workspace, incident),
    pastIncidents: (workspace, viewer, except) => pastIncidents(db, workspace, viewer, except),
    pastOutcomes: (workspace, viewer, except) => pastOutcomes(db, workspace, viewer, except),
    channel: (workspace, id) => read.channelById(db, workspace, id),
    messageKey: (workspace, channel, ts) => read.messageKey(db, workspace, channel, ts),
    selfHealed: (workspace, like) => selfHealed(db, workspace, like),
    alertDesk: (workspace, groups, now) => alertDesk(db, workspace, groups, now),
    groupsOpening: (workspace, name) => groupsOpening(db, workspace, name),
    rules: (workspace) => rulesOf(db, workspace),
    periodFacts: (workspace, period) => periodFacts(db, workspace, period),
    endedLike: (workspace, like) => endedLike(db, workspace, like),
    messagesOf: (workspace, of) => messagesOf(db, workspace, of),
    openChannels: (workspace, named) => openChannels(db, workspace, named),
    ...postmortemsOn(db),
    ...modelBookOn(db),
  };
}

/** Makes the workspace's row exist; its name and bot follow what Slack says. */
export async function rememberWorkspace(
  db: Database,
  workspace: { readonly id: string; readonly name: string; readonly botUserId: string },
): Promise<void> {
  const { id, name, botUserId } = workspace;
  await db
    .insert(schema.workspace)
    .values({ id, name, botUserId })
    .onConflictDoUpdate({ target: schema.workspace.id, set: { name, botUserId } });
}

/** A workspace of made-up incidents: no part of any ledger. */
export async function rememberSample(db: Database, id: WorkspaceId): Promise<void> {
  await db
    .insert(schema.workspace)
    .values({ id, name: "Sample", botUserId: "sample", isSample: true })
    .onConflictDoNothing();
}

/** Claims older than this cannot come again: the queue has forgotten their jobs long before. */
const handledKeptDays = 8;

/** Deletes what has no use any more, and counts what a digest would have to; cheap, safe to run at any time. */
export async function sweep(
  db: Database,
  { keepsMessagesDays }: { readonly keepsMessagesDays: number },
): Promise<void> {
  await db.execute(
    sql`delete from handled where at < now() - make_interval(days => ${handledKeptDays})`,
  );
  await sweepChangeEvents(db);
  await sweepAlertGroups(db);
  await sweepMessages(db, keepsMessagesDays);
  await sweepCounted(db);
  await keepCounted(db);
}
