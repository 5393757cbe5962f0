/** The book of what a model was asked: written before a call, so that two at once cannot both take what is left. */

import { and, eq, gte, isNotNull, lt, or, sql, type SQL } from "drizzle-orm";
import { ceilingOver, underWayMsMax } from "../../flows/model-ceilings.ts";
import type { ModelBook, ModelSpent } from "../../flows/model-ports.ts";
import type { IncidentId, WorkspaceId } from "../../vocabulary.ts";
import { limitTransaction, type Database, type Transaction } from "./connect.ts";
import { modelCall } from "./schema-model.ts";

export function modelBookOn(db: Database): ModelBook {
  return {
    beginCall: (workspace, call, limits) =>
      db.transaction(async (tx) => {
        await limitTransaction(tx);
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${workspace}, 7))`);
        const known = await tx
          .select({ id: modelCall.id })
          .from(modelCall)
          .where(isCall(workspace, call.id));
        if (known.length > 0) return "begun-before";
        const ceiling = ceilingOver(call, await spentIn(tx, workspace, call), limits);
        if (ceiling !== null) return ceiling;
        const { id, incident, purpose, model, at, tokens, cost } = call;
        const used = { tokensIn: tokens.in, tokensOut: tokens.out, cost };
        const row = { workspaceId: workspace, id, incidentId: incident, purpose, model, at };
        await tx.insert(modelCall).values({ ...row, ...used });
        return "begun";
      }),
    endCall: async (workspace, id, { ended, tokens, cost, seconds }) => {
      const used = { tokensIn: tokens.in, tokensOut: tokens.out };
      await db
        .update(modelCall)
        .set({ ended, cost, seconds, ...used })
        .where(isCall(workspace, id));
    },
    modelSpent: (workspace, of) => {
      const lostBefore = new Date(of.at.getTime() - underWayMsMax);
      return spentIn(
        db,
        workspace,
        of,
        or(isNotNull(modelCall.ended), lt(modelCall.at, lostBefore)),
      );
    },
  };
}

const isCall = (workspace: WorkspaceId, id: string) =>
  and(eq(modelCall.workspaceId, workspace), eq(modelCall.id, id));

async function spentIn(
  db: Pick<Database | Transaction, "select">,
  workspace: WorkspaceId,
  { incident, at }: { readonly incident: IncidentId | null; readonly at: Date },
  isCounted?: SQL,
): Promise<ModelSpent> {
  const midnight = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
  const isToday = gte(modelCall.at, midnight);
  const isOf = incident === null ? sql`false` : eq(modelCall.incidentId, incident);
  const tokens = sql`${modelCall.tokensIn} + ${modelCall.tokensOut}`;
  const [row] = await db
    .select({
      incident: sql<number>`coalesce(sum(${tokens}) filter (where ${isOf}), 0)::float8`,
      today: sql<number>`coalesce(sum(${tokens}) filter (where ${isToday}), 0)::float8`,
      cost: sql<number>`coalesce(sum(${modelCall.cost}) filter (where ${isOf}), 0)::float8`,
      costToday: sql<number>`coalesce(sum(${modelCall.cost}) filter (where ${isToday}), 0)::float8`,
    })
    .from(modelCall)
    .where(and(eq(modelCall.workspaceId, workspace), or(isOf, isToday), isCounted));
  return row ?? { incident: 0, today: 0, cost: 0, costToday: 0 };
}
