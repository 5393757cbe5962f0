/** What became of a step in incidents like this one: a similarity kernel over the past, on top of the pooled estimate (DESIGN §9). */

import type { Episode, Trial } from "./episodes.ts";
import type { Opening, StepFacts } from "./facts.ts";
import { chanceOf, sum } from "./numbers.ts";
import type { Pooled, Situation } from "./pooled.ts";
import { clausesOf, termsOf } from "./words.ts";

interface Past {
  readonly episode: Episode;
  readonly trial: Trial;
}

/** Strength of the pooled estimate against similar incidents, in trials. */
const pooledStrength = 3;
/** What each difference leaves of a past incident's weight. */
const otherSymptom = 0.2;
const otherService = 0.5;
const otherFlag = 0.6;
const otherFailure = 0.2;
/** exp(−3): what a text without a common word leaves. */
const textSharpness = 3;

export type Similar = (step: StepFacts, trials: readonly Past[]) => number;

/** What is compared of a past incident: how it began, and what worked there. */
export interface Compared {
  readonly opening: Opening;
  readonly trials: readonly Pick<Trial, "step" | "success">[];
}

/** In (0, 1] for each of them. */
export function similarities<T extends Compared>(
  episodes: readonly T[],
  situation: Pick<Situation, "opening" | "failed">,
): ReadonlyMap<T, number> {
  const closeness = textCloseness(episodes, situation.opening);
  return new Map(
    episodes.map((episode) => {
      const past = episode.opening;
      const { opening, failed } = situation;
      let weight = past.symptom === opening.symptom ? 1 : otherSymptom;
      if (past.service !== opening.service) weight *= otherService;
      weight *= otherFlag ** differences(past.flags, opening.flags);
      for (const step of failed) {
        if (episode.trials.some((one) => one.step === step && one.success > 0.5))
          weight *= otherFailure;
      }
      return [episode, weight * closeness(episode)];
    }),
  );
}

export function similarOf(
  weights: ReadonlyMap<Episode, number>,
  situation: Situation,
  pooled: Pooled,
): Similar {
  return (step, trials) => {
    const start = pooled(step, situation);
    let [won, all] = [0, 0];
    for (const { episode, trial } of trials) {
      const weight = weights.get(episode) ?? 0;
      won += weight * trial.won;
      all += weight * (trial.won + trial.lost);
    }
    return chanceOf((pooledStrength * start + won) / (pooledStrength + all));
  };
}

function differences(a: readonly string[], b: readonly string[]): number {
  return a.filter((one) => !b.includes(one)).length + b.filter((one) => !a.includes(one)).length;
}

/** exp(−3·(1 − cosine)) of the texts' terms by TF-IDF; 1 where either says nothing. */
function textCloseness(
  episodes: readonly Compared[],
  opening: Opening,
): (episode: Compared) => number {
  const own = termsIn(opening);
  if (own.size === 0) return () => 1;
  const standsIn = new Map<string, number>();
  for (const { opening: past } of episodes) {
    for (const term of termsIn(past)) standsIn.set(term, (standsIn.get(term) ?? 0) + 1);
  }
  const rarity = (term: string) =>
    Math.log((1 + episodes.length) / (0.5 + (standsIn.get(term) ?? 0))) ** 2;
  const lengthOf = (terms: ReadonlySet<string>) => Math.sqrt(sum([...terms].map(rarity)));
  const ownLength = lengthOf(own);
  return ({ opening: past }) => {
    const terms = termsIn(past);
    if (terms.size === 0) return 1;
    const common = sum([...own].map((term) => (terms.has(term) ? rarity(term) : 0)));
    const cosine = common / Math.max(ownLength * lengthOf(terms), 1e-9);
    return Math.exp(-textSharpness * (1 - cosine));
  };
}

const kept = new WeakMap<Opening, ReadonlySet<string>>();

/** An opening never changes, so its terms are found once. */
function termsIn(opening: Opening): ReadonlySet<string> {
  const known = kept.get(opening);
  if (known !== undefined) return known;
  const terms = new Set(termsOf(clausesOf(opening.text)));
  kept.set(opening, terms);
  return terms;
}
