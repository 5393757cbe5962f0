/** Timelines and evidence for the tests, with what a test does not care about filled in. */

import type { Diagnosis } from "../../src/evidence/diagnosis.ts";
import type { TimelineEntry, TimelineFact } from "../../src/incident/timeline.ts";
import type { Severity } from "../../src/vocabulary.ts";

/** 2026-11-23, UTC. */
export function at(clock: string): Date {
  return new Date(`2026-11-23T${clock.length === 5 ? `${clock}:00` : clock}Z`);
}

export function unix(clock: string): number {
  return at(clock).getTime() / 1000;
}

export function declared(title = "checkout is slow", severity: Severity = 2): TimelineFact {
  return {
    kind: "declared",
    title,
    channel: "C42",
    channelName: "inc-42-checkout",
    severity,
  };
}

export type Told = TimelineFact | readonly [clock: string, fact: TimelineFact];

/** Entries in the order given, one minute after another from 14:05 where no time is told. */
export function timeline(...facts: readonly Told[]) {
  return facts.map((each, index): TimelineEntry => {
    const [clock, fact] = isTimed(each) ? each : [`14:${String(index + 5).padStart(2, "0")}`, each];
    const actor = "by" in fact ? fact.by : "bot";
    return { seq: index + 1, actor, source: "slack", at: at(clock), recordedAt: at(clock), fact };
  });
}

function isTimed(each: Told): each is readonly [string, TimelineFact] {
  return Array.isArray(each);
}

export const nothing: Diagnosis = {
  onset: unix("14:02"),
  services: [],
  metrics: [],
  scope: null,
  changes: [],
  noChange: 1,
  logs: [],
  confidence: "none",
  findings: [],
  examined: [],
};

export const checkoutP99: Diagnosis["metrics"][number] = {
  service: "checkout",
  name: "latency_p99",
  callee: null,
  kind: "latency",
  unit: "seconds",
  labels: null,
  score: 40,
  direction: "up",
  at: unix("14:02"),
  before: 0.4,
  after: 4,
  latest: [unix("14:25"), 4.1],
};

export function evidenceRead(
  diagnosis: Partial<Diagnosis> = {},
  rest: Partial<Extract<TimelineFact, { kind: "evidence-read" }>> = {},
): TimelineFact {
  return {
    kind: "evidence-read",
    service: "checkout",
    symptom: "latency",
    flags: [],
    diagnosis: { ...nothing, metrics: [checkoutP99], ...diagnosis },
    gaps: [],
    snapshot: "snap-1",
    ...rest,
  };
}
