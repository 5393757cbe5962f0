/** Rules that people gave in the chat: written with the change that answers them, read at every list of steps. */

import { and, asc, eq, isNull } from "drizzle-orm";
import type { Rule } from "../../catalog/rule.ts";
import type { Change } from "../../flows/change.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import type { Database, Transaction } from "./connect.ts";
import { rule } from "./schema-rules.ts";

/** Nobody reads a longer list. */
const rulesMax = 200;

/** Those that nobody revoked, oldest first. */
export async function rulesOf(db: Database, workspace: WorkspaceId): Promise<Rule[]> {
  const rows = await db
    .select()
    .from(rule)
    .where(and(eq(rule.workspaceId, workspace), isNull(rule.revokedAt)))
    .orderBy(asc(rule.givenAt), asc(rule.id))
    .limit(rulesMax);
  return rows.map(({ id, forbid, because, givenBy: by, until }) => {
    return { id, forbid, because, by, ...(until === null ? {} : { until }) };
  });
}

export async function writeRules(tx: Transaction, { workspace, rules }: Change): Promise<void> {
  if (rules === undefined) return;
  if ("given" in rules) {
    const { id, forbid, because, by: givenBy, until } = rules.given;
    const row = { workspaceId: workspace, id, forbid, because, givenBy, until, givenAt: rules.at };
    await tx.insert(rule).values(row);
    return;
  }
  await tx
    .update(rule)
    .set({ revokedBy: rules.by, revokedAt: rules.at })
    .where(
      and(eq(rule.workspaceId, workspace), eq(rule.id, rules.revoked), isNull(rule.revokedAt)),
    );
}
