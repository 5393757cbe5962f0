/** Ledger rows and tallies for the tests, with what a test does not care about filled in. */

import type { LedgerRow } from "../../src/suggestion/tally.ts";
import type { StepTally } from "../../src/suggestion/suggestion.ts";

let count = 0;

/** A click by U1 on roll-back-deploy, a fix, in inc_1 on checkout. */
export function row(told: Partial<LedgerRow>): LedgerRow {
  count += 1;
  const at = new Date(Date.UTC(2026, 10, 1) + count * 1000);
  const incidentId = told.incidentId ?? "inc_1";
  const stepId = told.stepId ?? "roll-back-deploy";
  return {
    id: `out_${String(count).padStart(6, "0")}`,
    suggestionId: `sug_${incidentId}_${stepId}`,
    incidentId,
    stepId,
    role: "fix",
    symptom: "latency",
    service: "checkout",
    label: "resolved",
    confidence: 1,
    source: "click",
    actor: "U1",
    minutes: null,
    note: null,
    at,
    recordedAt: at,
    ...told,
  };
}

export function tally(told: Partial<StepTally>): StepTally {
  return {
    stepId: "roll-back-deploy",
    symptom: "latency",
    service: "checkout",
    trials: 0,
    successes: 0,
    minutes: [],
    ledToFix: 0,
    ...told,
  };
}
