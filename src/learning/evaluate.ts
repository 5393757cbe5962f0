/** How good the third place is, off-policy: what the greedy choice would have earned, from lists in which chance chose (DESIGN §9). */

import type { Incident, ThirdPlace } from "./facts.ts";
import { sum } from "./numbers.ts";

export interface Evaluation {
  /** Self-normalised inverse propensity; null where no list showed the greedy choice. */
  readonly snips: number | null;
  /** Self-normalised doubly robust. */
  readonly sndr: number | null;
  /** Effective sample size. */
  readonly ess: number;
  /** Third places that were shown. */
  readonly n: number;
  readonly verdict?: "too little data";
}

const essMin = 30;

export function evaluate(
  incidents: Iterable<Incident>,
  shown: ReadonlyMap<string, readonly ThirdPlace[]>,
): Evaluation {
  const rows = [...incidents].flatMap((incident) => {
    const places = shown.get(incident.opening.incident) ?? [];
    return places.map((place, at) => ({
      weight: place.step === place.greedy ? 1 / place.propensity : 0,
      reward: rewardOf(incident, place, places[at + 1]),
      ...place,
    }));
  });
  const weights = sum(rows.map(({ weight }) => weight));
  const squares = sum(rows.map(({ weight }) => weight * weight));
  const ess = squares === 0 ? 0 : (weights * weights) / squares;
  const mean = (value: (row: (typeof rows)[number]) => number) =>
    weights === 0 ? null : sum(rows.map((row) => row.weight * value(row))) / weights;
  const snips = mean(({ reward }) => reward);
  const corrected = mean(({ reward, p }) => reward - p);
  const sndr =
    corrected === null ? null : sum(rows.map(({ greedyP }) => greedyP)) / rows.length + corrected;
  const figures = { snips, sndr, ess, n: rows.length };
  return ess < essMin ? { ...figures, verdict: "too little data" } : figures;
}

/** 1 for `resolved` or `helped` between this list and the next. */
function rewardOf(incident: Incident, place: ThirdPlace, next: ThirdPlace | undefined): number {
  const earned = [...incident.words.values()].some(
    ({ step, label, turn, confidence }) =>
      step === place.step &&
      (label === "resolved" || label === "helped") &&
      confidence > 0 &&
      turn >= place.words &&
      turn < (next?.words ?? Number.POSITIVE_INFINITY),
  );
  return Number(earned);
}
