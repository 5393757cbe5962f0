/** Everything that is learned from the past, fitted once for as long as the past stays the same. */

import type { StepRole } from "../playbook/step.ts";
import { episodesOf, type Episode, type Listener, type Trial } from "./episodes.ts";
import type { Incident, Said, StepFacts } from "./facts.ts";
import { causesOf, type Causes, type Start } from "./known-causes.ts";
import { bounded, chanceOf, logistic, sum } from "./numbers.ts";
import { baseOf, pooledOf, type Pooled } from "./pooled.ts";
import { fitWeights } from "./regression.ts";
import { partial } from "./tries.ts";

export interface Past {
  readonly episode: Episode;
  readonly trial: Trial;
}

export interface Fit {
  readonly episodes: readonly Episode[];
  /** By step, those that have a vote. */
  readonly trials: ReadonlyMap<string, readonly Past[]>;
  readonly start: Start;
  readonly pooled: Pooled;
  /** Two views of what lay behind: as people named it, and by what resolved it. */
  readonly labels: Causes;
  readonly remedies: Causes;
  /** In [0, 1]: share of the incidents with a known cause or remedy that somebody named the cause of. */
  readonly labelShare: number;
  readonly blend: Blend;
}

/** One chance from the three estimates. */
type Blend = (said: Said, role: StepRole) => number;

/** Outcomes that are needed before the blend is recalibrated. */
const recalibrateFrom = 100;
/** The pooled and the similar one weigh so much each, the causes the rest: failures in an incident and labels speak through them alone. */
const otherShare = 0.2;
/** Few numbers follow a drift quickly: they forget in this share of the time. */
const recalibrationLife = 0.25;
/** How far a recalibrated weight may lie from that, and the whole from where it was, in logits. */
const weightSigma = 0.15;
const shiftSigma = 0.5;
/** From this share of failures on, rates are trusted wholly; it is what is believed with the strength of ten outcomes. */
const failureShareUsual = 0.2;
const usualOutcomes = 10;

export function fitOf(incidents: readonly Incident[], listener: Listener): Fit {
  const { steps } = listener;
  const episodes = episodesOf(incidents, listener);
  const trials = Map.groupBy(
    episodes.flatMap((episode) =>
      episode.trials.filter(({ weight }) => weight > 0).map((trial): Past => ({ episode, trial })),
    ),
    ({ trial }) => trial.step,
  );
  const base = baseOf(episodes, steps);
  const start: Start = (id, symptom) => {
    const step = steps.get(id);
    return step === undefined ? 0 : base(step, symptom);
  };
  const explained = episodes.filter(({ label, remedy }) => label !== null || remedy !== null);
  return {
    episodes,
    trials,
    pooled: pooledOf(trials, steps, base),
    start,
    labels: causesOf(episodes, ({ label }) => label, start),
    remedies: causesOf(episodes, ({ remedy }) => remedy, start),
    labelShare:
      explained.length === 0
        ? 0
        : explained.filter(({ label }) => label !== null).length / explained.length,
    blend: blendOf([...trials.values()].flat()),
  };
}

/** A mean of the logits; with enough outcomes, weights and a shift by what was said of fixes before they were tried. */
function blendOf(past: readonly Past[]): Blend {
  const fixes = past.filter(({ trial }) => trial.role === "fix");
  const trust = trustInRates(fixes.map(({ trial }) => trial));
  const others = trust * otherShare;
  const usual = [others, others, 1 - 2 * others, 0];
  const judged = fixes.flatMap(({ episode, trial }) => {
    const { said, evidence: offset } = trial;
    if (said === null) return [];
    const fresh = episode.weight ** (1 / recalibrationLife - 1);
    const [won, lost] = [trial.won * fresh, trial.lost * fresh];
    return [{ features: [0, 1, 2, 3], values: [...said, 1], offset, won, lost }];
  });
  const priors = usual.map((mean, at) => ({ mean, sigma: at < 3 ? weightSigma : shiftSigma }));
  const weights = judged.length < recalibrateFrom ? usual : [...fitWeights(judged, priors)];
  return (said, role) => {
    if (role === "check") return chanceOf(logistic(sum(said) / said.length));
    const moved = [...said, 1].map((one, at) => {
      const weight = weights[at] ?? 0;
      return one * (at < 3 ? Math.max(weight, 0) : weight);
    });
    return chanceOf(logistic(sum(moved)));
  };
}

/** In [0, 1]: where hardly a failure was recorded, rates of success say nothing, and the causes speak alone. */
function trustInRates(fixes: readonly Trial[]): number {
  const failures = fixes.filter(({ success }) => success <= partial).length;
  const share = (usualOutcomes * failureShareUsual + failures) / (usualOutcomes + fixes.length);
  return Math.min(share / failureShareUsual, 1);
}

/** Strength of the playbook's minutes, in tries. */
const k = 4;
const minutesMin = 0.5;
const minutesMax = 24 * 60;

/** Geometric mean of the minutes that were recorded, drawn to the playbook's. */
export function minutesOf(step: StepFacts, trials: readonly Past[]): number {
  const observed = trials.flatMap(({ trial }) => trial.minutes ?? []);
  return Math.exp(
    (k * logMinutes(step.minutes) + sum(observed.map(logMinutes))) / (k + observed.length),
  );
}

function logMinutes(minutes: number): number {
  return Math.log(bounded(minutes, minutesMin, minutesMax));
}
