/** Pooled logistic regression: the playbook's odds, moved by what all steps, this step, symptom, service and flags showed (DESIGN §9). */

import type { StepRole } from "../playbook/step.ts";
import type { Episode, Trial } from "./episodes.ts";
import { priorOf, type Opening, type StepFacts } from "./facts.ts";
import { chanceOf, logistic, logit, sum } from "./numbers.ts";
import { contextOf } from "./tries.ts";
import { fitWeights, type Example } from "./regression.ts";

/** Where a step is asked about: what is known of the incident, and what failed in it. */
export interface Situation {
  readonly opening: Opening;
  readonly failed: ReadonlySet<string>;
  readonly answers: readonly Answer[];
}

interface Answer {
  readonly check: StepFacts;
  readonly answer: "helped" | "ruled_out";
}

/** The playbook's chance of a step for a symptom, corrected by how far the playbook as a whole was off. */
export type Base = (step: StepFacts, symptom: string | null) => number;
export type Pooled = (step: StepFacts, situation: Situation) => number;

/** How far a step, symptom, service or earlier failure may lie from the rest, in logits (DESIGN §9). */
const sigma = 0.8;
const flagSigma = 0.6;
/** How far the playbook as a whole may be off, and how far its differences may be too small or too large. */
const shiftSigma = 1.5;
const slopeSigma = 0.5;

export function baseOf(episodes: readonly Episode[], steps: ReadonlyMap<string, StepFacts>): Base {
  const roles: readonly StepRole[] = ["fix", "check"];
  const byRole = new Map(roles.map((role) => [role, roleBase(role, episodes, steps)]));
  return (step, symptom) => {
    const { centre, shift, slope } = byRole.get(step.role) ?? { centre: 0, shift: 0, slope: 0 };
    const told = logit(priorOf(step, symptom));
    return chanceOf(logistic(told + shift + slope * (told - centre)));
  };
}

function roleBase(
  role: StepRole,
  episodes: readonly Episode[],
  steps: ReadonlyMap<string, StepFacts>,
): { readonly centre: number; readonly shift: number; readonly slope: number } {
  const own = [...steps.values()].filter((step) => step.role === role);
  const centre =
    own.length === 0 ? 0 : sum(own.map((step) => logit(priorOf(step, null)))) / own.length;
  const examples = episodes.flatMap(({ opening, trials }) =>
    trials.flatMap((trial): Example[] => {
      const step = steps.get(trial.step);
      if (step === undefined || trial.role !== role || trial.weight === 0) return [];
      const told = logit(priorOf(step, opening.symptom));
      const { won, lost } = trial;
      return [{ features: [0, 1], values: [1, told - centre], offset: told, won, lost }];
    }),
  );
  const [shift = 0, slope = 0] = fitWeights(examples, [
    { mean: 0, sigma: shiftSigma },
    { mean: 0, sigma: slopeSigma },
  ]);
  // People try what they believe in: that it works says nothing for what nobody tries.
  return { centre, shift: Math.min(shift, 0), slope };
}

/** Fitted for each step on its own trials. */
export function pooledOf(
  trialsOf: ReadonlyMap<string, readonly { readonly episode: Episode; readonly trial: Trial }[]>,
  steps: ReadonlyMap<string, StepFacts>,
  base: Base,
): Pooled {
  const fitted = new Map(
    [...trialsOf].flatMap(([id, trials]) => {
      const step = steps.get(id);
      if (step === undefined) return [];
      const index = new Map<string, number>();
      const examples = trials.map(({ episode, trial }): Example => ({
        features: trial.context.map((feature) => indexOf(index, feature)),
        offset: logit(base(step, episode.opening.symptom)),
        won: trial.won,
        lost: trial.lost,
      }));
      const priors = [...index.keys()].map((feature) => ({
        mean: 0,
        sigma: feature.startsWith("flag ") ? flagSigma : sigma,
      }));
      return [[id, { index, weights: fitWeights(examples, priors) }] as const];
    }),
  );
  return (step, situation) => {
    const of = fitted.get(step.id);
    const moved = contextOf(situation.opening, situation.failed).map(
      (feature) => of?.weights[of.index.get(feature) ?? -1] ?? 0,
    );
    return chanceOf(logistic(logit(base(step, situation.opening.symptom)) + sum(moved)));
  };
}

function indexOf(index: Map<string, number>, key: string): number {
  const known = index.get(key);
  if (known !== undefined) return known;
  index.set(key, index.size);
  return index.size - 1;
}
