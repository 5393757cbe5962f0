/** Steps, incidents and words with everything that a test does not care about filled in. */

import type { Ending, Opening, StepFacts, Word } from "../../src/learning/facts.ts";
import {
  closeIncident,
  declareStep,
  newLearner,
  openIncident,
  recordOutcome,
  type Learner,
  type OrderItem,
} from "../../src/learning/learner.ts";
import { rank } from "../../src/learning/rank.ts";

export function step(id: string, facts: Partial<StepFacts> = {}): StepFacts {
  return {
    id,
    role: "fix",
    minutes: 10,
    risk: null,
    mechanism: null,
    prior: { "*": 0.2 },
    ...facts,
  };
}

export function learnerWith(...steps: readonly StepFacts[]): Learner {
  const learner = newLearner();
  for (const one of steps) declareStep(learner, one);
  return learner;
}

export function open(learner: Learner, incident: string, facts: Partial<Opening> = {}): void {
  openIncident(learner, {
    incident,
    service: "checkout",
    symptom: "latency",
    flags: [],
    text: "",
    severity: 2,
    at: null,
    ...facts,
  });
}

export function say(
  learner: Learner,
  incident: string,
  word: Pick<Word, "step" | "label"> & Partial<Word>,
): void {
  recordOutcome(learner, incident, {
    by: "u1",
    minutes: null,
    confidence: 1,
    at: null,
    ...word,
  });
}

/** A whole incident: what failed, then what resolved it. */
export function live(
  learner: Learner,
  incident: string,
  told: {
    readonly failed?: readonly string[];
    readonly resolved?: string;
    readonly facts?: Partial<Opening>;
    readonly ending?: Partial<Ending>;
  },
): void {
  open(learner, incident, told.facts);
  for (const id of told.failed ?? []) say(learner, incident, { step: id, label: "no_effect" });
  if (told.resolved !== undefined) {
    say(learner, incident, { step: told.resolved, label: "resolved" });
  }
  closeIncident(learner, incident, {
    cause: null,
    resolvedBy: told.resolved ?? null,
    ...told.ending,
  });
}

/** The order in an incident that is open. */
export function orderIn(learner: Learner, incident: string): readonly OrderItem[] {
  const ranking = rank(learner, incident);
  return ranking.ok ? ranking.order : [];
}

export function idsIn(learner: Learner, incident: string): string[] {
  return orderIn(learner, incident).map((item) => item.step);
}

/** The chance of a step in a fresh incident. */
export function chanceIn(learner: Learner, id: string, facts: Partial<Opening> = {}): number {
  const incident = `asked ${learner.incidents.size}`;
  open(learner, incident, facts);
  return orderIn(learner, incident).find((item) => item.step === id)?.p ?? Number.NaN;
}
