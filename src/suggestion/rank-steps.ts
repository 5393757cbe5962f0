/** Steps of the playbook as a list is arranged from them: which are set aside, and how the others rank by what was learned. */

import type { Step } from "../playbook/step.ts";
import type { Symptom } from "../vocabulary.ts";
import type { Arrangeable } from "./arrange.ts";
import type { Chance } from "./learned.ts";
import { isQuarantined, rank } from "./rank.ts";
import type { Considered, StepTally } from "./suggestion.ts";

/** A step that may be offered, as the evidence speaks of it. */
export interface Eligible extends Pick<Considered, "odds" | "mayLead"> {
  readonly step: Step;
}

export type RankedStep<T extends Eligible = Eligible> = T & Arrangeable;

export interface Known {
  readonly symptom: Symptom;
  readonly tallies: readonly StepTally[];
  /** What was learned of steps, by id; of others the playbook's word counts. */
  readonly chances: ReadonlyMap<string, Chance>;
}

/** Where the playbook says nothing of a symptom. */
const unknownPrior = 0.05;

/** Fixes, then checks, each best first. */
export function rankSteps<T extends Eligible>(
  eligible: readonly T[],
  { symptom, tallies, chances }: Known,
): RankedStep<T>[] {
  const ranked = rank(
    eligible.map(({ step, odds }) => ({
      stepId: step.id,
      role: step.role,
      mechanism: step.mechanism,
      risk: step.risk,
      minutes: step.minutes,
      prior: priorOf(step, symptom),
      odds,
    })),
    chances,
  );
  const byId = new Map(eligible.map((each) => [each.step.id, each]));
  return [...ranked.fixes, ...ranked.checks].flatMap((each): RankedStep<T>[] => {
    const of = byId.get(each.stepId);
    if (of === undefined) return [];
    const { role, mechanism, risk } = of.step;
    const trials = tallies.reduce(
      (total, tally) => total + (tally.stepId === each.stepId ? tally.trials : 0),
      0,
    );
    return [{ ...of, ...each, role, mechanism, risk, trials }];
  });
}

/** The chance that the playbook gives it, in [0, 1]. */
export function priorOf({ priors }: Step, symptom: Symptom): number {
  return priors[symptom] ?? priors["*"] ?? unknownPrior;
}

export type AsideBecause = "not-for-us" | "quarantined";

/** Somebody said that it is not for this service, or two people found it harmful; null: it may be offered. */
export function asideBecause(
  stepId: string,
  service: string | null,
  tallies: readonly StepTally[],
): AsideBecause | null {
  if (isQuarantined(stepId, tallies)) return "quarantined";
  const isNotForUs = tallies.some(
    (tally) =>
      tally.stepId === stepId &&
      tally.isNotForUs === true &&
      service !== null &&
      tally.service === service,
  );
  return isNotForUs ? "not-for-us" : null;
}
