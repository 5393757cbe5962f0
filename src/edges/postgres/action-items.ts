/** Action items: revisions are added under the number that their author expected, and never changed. */

import { and, desc, eq, sql } from "drizzle-orm";
import type { CountedActions } from "../../digest/digest.ts";
import type { Change } from "../../flows/change.ts";
import type { ActionsAsked } from "../../flows/postmortem-ports.ts";
import { actionItemsMax, type ActionItem } from "../../postmortem/action-record.ts";
import type { ActionId, IncidentId, Symptom, WorkspaceId } from "../../vocabulary.ts";
import type { Database, Transaction } from "./connect.ts";
import { actionItem } from "./schema-postmortems.ts";
import { isPublic, isShownIn } from "./visible.ts";

/** False where a revision of that number is there already: somebody was quicker. */
export async function writeActions(
  tx: Transaction,
  { workspace, actions = [] }: Change,
): Promise<boolean> {
  if (actions.length === 0) return true;
  const written = await tx
    .insert(actionItem)
    .values(actions.map((item) => ({ workspaceId: workspace, ...item })))
    .onConflictDoNothing()
    .returning({ id: actionItem.id });
  return written.length === actions.length;
}

/** In the order in which they were first written, which of those taken over at once is that of the proposals. */
export async function actionItems(
  db: Database,
  workspace: WorkspaceId,
  incident: IncidentId,
): Promise<ActionItem[]> {
  const rows = await db
    .selectDistinctOn([actionItem.id], {
      item: actionItem,
      first: sql<number>`(min(${actionItem.nth}) over (partition by ${actionItem.id}))::float8`,
    })
    .from(actionItem)
    .where(and(eq(actionItem.workspaceId, workspace), eq(actionItem.incidentId, incident)))
    .orderBy(actionItem.id, desc(actionItem.revision))
    .limit(actionItemsMax);
  return rows.toSorted((a, b) => a.first - b.first).map(({ item }) => itemOf(item));
}

export async function actionItemById(
  db: Database,
  workspace: WorkspaceId,
  id: ActionId,
): Promise<ActionItem | null> {
  const [row] = await db
    .select()
    .from(actionItem)
    .where(and(eq(actionItem.workspaceId, workspace), eq(actionItem.id, id)))
    .orderBy(desc(actionItem.revision))
    .limit(1);
  return row === undefined ? null : itemOf(row);
}

interface OpenRow extends Record<string, unknown> {
  readonly service: string | null;
  readonly symptom: Symptom | null;
  readonly open: number;
  readonly overdue: number;
  readonly days: number | null;
}

/** Those that are not closed, of incidents of public channels that may be shown there (docs/digest.md has the same queries). */
export async function openActions(
  db: Pick<Database, "execute">,
  workspace: WorkspaceId,
  { viewer, services, today }: ActionsAsked,
): Promise<CountedActions> {
  const { rows } = await db.execute<OpenRow>(sql`
    select i.service, i.symptom, count(*)::int as open,
      (count(*) filter (where newest.due < ${today}::date))::int as overdue,
      max(${today}::date - newest.due) filter (where newest.due < ${today}::date) as days
    from action_item newest
    join incident i on i.id = newest.incident_id
    join channel on channel.workspace_id = i.workspace_id and channel.id = i.channel_id
    where newest.workspace_id = ${workspace} and newest.state = 'open'
      and not exists (
        select from action_item later where later.id = newest.id and later.revision > newest.revision
      )
      and ${isPublic} and ${isShownIn(viewer)}
      ${services === null ? sql`` : sql`and i.service = any(${sql.param(services)}::text[])`}
    group by i.service, i.symptom`);
  const sum = (of: "open" | "overdue"): number => rows.reduce((total, row) => total + row[of], 0);
  const kinds = rows.flatMap(({ service, symptom, open, days: overdueDays }) =>
    service === null || symptom === null ? [] : [{ service, symptom, open, overdueDays }],
  );
  return { open: sum("open"), overdue: sum("overdue"), kinds };
}

function itemOf(row: typeof actionItem.$inferSelect): ActionItem {
  const { workspaceId: _workspace, nth: _nth, ...item } = row;
  return item;
}
