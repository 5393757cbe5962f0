/** The digests that were sent: one a week and team, whatever the clock does. */

import { and, eq, inArray } from "drizzle-orm";
import type { Digest } from "../../digest/digest.ts";
import type { Change } from "../../flows/change.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import type { Database, Transaction } from "./connect.ts";
import { digest } from "./schema-digest.ts";

/** False where that week's was sent before. */
export async function writeDigest(
  tx: Transaction,
  { workspace, digest: sent }: Change,
): Promise<boolean> {
  if (sent === undefined) return true;
  const { id, at: madeAt, body } = sent;
  const rows = await tx
    .insert(digest)
    .values({
      workspaceId: workspace,
      id,
      team: body.team ?? "",
      week: body.week.key,
      body,
      madeAt,
    })
    .onConflictDoNothing()
    .returning({ id: digest.id });
  return rows.length > 0;
}

/** As it was sent; null: there is none. */
export async function digestById(
  db: Database,
  workspaces: readonly WorkspaceId[],
  id: string,
): Promise<{ readonly digest: Digest; readonly madeAt: Date } | null> {
  const [row] = await db
    .select()
    .from(digest)
    .where(and(inArray(digest.workspaceId, [...workspaces]), eq(digest.id, id)));
  if (row === undefined) return null;
  const { week, actions = null } = row.body;
  // JSON knows no dates.
  const dated = { ...week, from: new Date(week.from), to: new Date(week.to) };
  return { digest: { ...row.body, actions, week: dated }, madeAt: row.madeAt };
}
