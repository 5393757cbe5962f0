/** The ledger's rows of a change: the evidence as it was gathered, the steps shown, and what became of them. */

import { gzipSync } from "node:zlib";
import type { Change } from "../../flows/change.ts";
import type { Transaction } from "./connect.ts";
import * as schema from "./schema.ts";

export async function writeLedger(tx: Transaction, change: Change): Promise<void> {
  const { workspace, about, snapshot, suggestions = [], outcomes = [] } = change;
  if (snapshot && about) {
    await tx.insert(schema.evidenceSnapshot).values({
      workspaceId: workspace,
      id: snapshot.id,
      incidentId: about.id,
      readAt: snapshot.readAt,
      body: gzipSync(JSON.stringify(snapshot.input)),
    });
  }
  if (suggestions.length > 0) {
    await tx.insert(schema.suggestion).values(
      suggestions.map(({ record, flags, ...rest }) => ({
        workspaceId: workspace,
        ...rest,
        flags: [...flags],
        record,
        offered: {
          stepId: rest.stepId,
          role: rest.role,
          mechanism: rest.mechanism,
          risk: rest.risk,
          title: rest.title,
          ...(rest.why ? { why: rest.why } : {}),
          ...(rest.how ? { how: rest.how } : {}),
          expect: rest.expect,
          ...(rest.tellsApart === undefined ? {} : { tellsApart: rest.tellsApart }),
          isOtherAngle: rest.isOtherAngle,
        },
      })),
    );
  }
  if (outcomes.length > 0) {
    await tx
      .insert(schema.outcome)
      .values(outcomes.map((outcome) => ({ workspaceId: workspace, ...outcome })));
  }
}
