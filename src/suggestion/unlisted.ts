/** A step that people say ended it and that no list had offered: it gets a row of the ledger, so that it gets a record. */

import { fillIn } from "../playbook/fill.ts";
import type { Step } from "../playbook/step.ts";
import { priorOf } from "./rank-steps.ts";
import { recordOf } from "./record.ts";
import type { Suggestion } from "./suggestion.ts";

/** The `list` of such a row; those of lists begin at 1. */
export const unlisted = 0;

/** What is known of the incident, as the last reading had it. */
type Here = Pick<
  Suggestion,
  "id" | "incidentId" | "position" | "symptom" | "service" | "flags" | "shownAt"
>;

/** `p` is the playbook's: nothing was told of it, so that its propensity is 0. `shownAt` is when it was named. */
export function unlistedSuggestion(step: Step, here: Here): Suggestion {
  const { symptom, service } = here;
  const values = service === null ? {} : { service };
  const filled = fillIn(step, { runtime: "other", platform: "other", values });
  const p = priorOf(step, symptom);
  return {
    ...here,
    stepId: step.id,
    role: step.role,
    mechanism: step.mechanism,
    risk: step.risk,
    title: filled.title,
    expect: filled.expect,
    isOtherAngle: false,
    list: unlisted,
    p,
    minutes: step.minutes,
    score: p / step.minutes,
    propensity: 0,
    policy: "unlisted",
    seed: 0,
    record: recordOf(step.id, here, []),
  };
}
