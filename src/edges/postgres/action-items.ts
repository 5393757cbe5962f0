/** Action items: revisions are added under the number that their author expected, and never changed. */

import { and, desc, eq } from "drizzle-orm";
import type { Change } from "../../flows/change.ts";
import { actionItemsMax, type ActionItem } from "../../postmortem/action-record.ts";
import type { ActionId, IncidentId, WorkspaceId } from "../../vocabulary.ts";
import type { Database, Transaction } from "./connect.ts";
import { actionItem } from "./schema-postmortems.ts";

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

export async function actionItems(
  db: Database,
  workspace: WorkspaceId,
  incident: IncidentId,
): Promise<ActionItem[]> {
  const rows = await db
    .selectDistinctOn([actionItem.id])
    .from(actionItem)
    .where(and(eq(actionItem.workspaceId, workspace), eq(actionItem.incidentId, incident)))
    .orderBy(actionItem.id, desc(actionItem.revision))
    .limit(actionItemsMax);
  return rows.map(itemOf);
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

function itemOf(row: typeof actionItem.$inferSelect): ActionItem {
  const { workspaceId: _workspace, ...item } = row;
  return item;
}
