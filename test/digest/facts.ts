/** Incidents and steps as a digest is counted from, with what a test does not care about filled in. */

import type { IncidentFacts, StepFacts } from "../../src/digest/facts.ts";
import type { Week } from "../../src/digest/week.ts";
import { weekBefore, weeksUpTo } from "../../src/digest/week.ts";

const now = new Date("2026-11-23T09:00:00Z");
const [first, ...rest] = weeksUpTo(weekBefore(now, "UTC"), 13, "UTC");
if (first === undefined) throw new Error("there are weeks");
export const weeks: [Week, ...Week[]] = [first, ...rest];

/** Minutes after a moment. */
export const after = (from: Date, minutes: number) => new Date(from.getTime() + minutes * 60_000);

/** In week 47; ended by itself as far as is known. */
export function incidentFacts(rest_: Partial<IncidentFacts> = {}): IncidentFacts {
  const beganAt = rest_.beganAt ?? new Date("2026-11-18T14:00:00Z");
  return {
    id: `inc_${rest_.number ?? 42}`,
    number: 42,
    service: "checkout",
    symptom: "latency",
    severity: 2,
    beganAt,
    acknowledgedAt: after(beganAt, 2),
    mitigatedAt: after(beganAt, 20),
    resolvedAt: after(beganAt, 25),
    ending: null,
    fix: null,
    firstOffered: "Roll back checkout",
    postmortem: null,
    ...rest_,
  };
}

export function stepFacts(rest_: Partial<StepFacts> = {}): StepFacts {
  return {
    stepId: "roll-back-deploy",
    role: "fix",
    name: "Roll back checkout",
    shown: 1,
    tried: 0,
    helped: 0,
    worked: 0,
    place: { late: null, early: null },
    lists: { late: 0, early: 0 },
    ...rest_,
  };
}
