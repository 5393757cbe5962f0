/** Where postmortems and action items stand elsewhere as well: one row of each kind, which the next takes the place of. */

import { and, eq, sql } from "drizzle-orm";
import type { Change } from "../../flows/change.ts";
import type { Counterpart } from "../../flows/counterpart.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import type { Database, Transaction } from "./connect.ts";
import { counterpart } from "./schema-postmortems.ts";

export async function writeCounterparts(
  tx: Transaction,
  { workspace, counterparts = [] }: Change,
): Promise<void> {
  if (counterparts.length === 0) return;
  const { workspaceId, of, kind } = counterpart;
  await tx
    .insert(counterpart)
    .values(counterparts.map((each) => ({ workspaceId: workspace, ...each })))
    .onConflictDoUpdate({
      target: [workspaceId, of, kind],
      set: {
        place: sql`excluded.place`,
        ref: sql`excluded.ref`,
        url: sql`excluded.url`,
      },
    });
}

export async function counterpartOf(
  db: Database,
  workspace: WorkspaceId,
  { of, kind }: Pick<Counterpart, "of" | "kind">,
): Promise<Counterpart | null> {
  const [row] = await db
    .select()
    .from(counterpart)
    .where(
      and(
        eq(counterpart.workspaceId, workspace),
        eq(counterpart.of, of),
        eq(counterpart.kind, kind),
      ),
    );
  if (row === undefined) return null;
  const { workspaceId: _workspace, ...found } = row;
  return found;
}
