/** The ledger's rows of a change: the evidence as it was gathered, the steps shown, and what became of them. */

import { gzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import type { Change } from "../../flows/change.ts";
import type { OfferedStep } from "../../suggestion/suggestion.ts";
import type { Transaction } from "./connect.ts";
import * as learning from "./schema-learning.ts";
import * as schema from "./schema.ts";

export async function writeLedger(tx: Transaction, change: Change): Promise<void> {
  const { workspace, about, snapshot, suggestions = [] } = change;
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
        offered: offeredOf(rest),
      })),
    );
  }
  await writeWords(tx, change);
}

/** What a person read of it. */
export function offeredOf(step: OfferedStep): OfferedStep {
  return {
    stepId: step.stepId,
    role: step.role,
    mechanism: step.mechanism,
    risk: step.risk,
    title: step.title,
    ...(step.why ? { why: step.why } : {}),
    ...(step.how ? { how: step.how } : {}),
    expect: step.expect,
    ...(step.tellsApart === undefined ? {} : { tellsApart: step.tellsApart }),
    ...(step.runbook ? { runbook: step.runbook } : {}),
    isOtherAngle: step.isOtherAngle,
  };
}

/** What people said. It is recorded by the database's own clock, once the incident is locked: the order is one, whichever machine writes. */
async function writeWords(tx: Transaction, change: Change): Promise<void> {
  const { workspace, outcomes = [], links = [], causes = [] } = change;
  const kept = { workspaceId: workspace, recordedAt: sql`clock_timestamp()` };
  for (const row of outcomes) await tx.insert(schema.outcome).values({ ...row, ...kept });
  for (const row of links) await tx.insert(learning.ledTo).values({ ...row, ...kept });
  for (const row of causes) await tx.insert(learning.causeLabel).values({ ...row, ...kept });
}
