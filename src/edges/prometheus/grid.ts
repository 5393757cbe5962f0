/** On which times a window is read: one step for all series, anchored at the onset, far below the server's 11,000 points. */

import type { Window } from "../../flows/ports.ts";

export interface Grid {
  /** Unix seconds. */
  readonly from: number;
  readonly onset: number;
  readonly to: number;
  readonly stepS: number;
}

const pointsMax = 400;
const stepsS = [15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];

export function gridOf(window: Window): Grid {
  const from = window.from.getTime() / 1000;
  const onset = window.onset.getTime() / 1000;
  const to = window.to.getTime() / 1000;
  const wanted = (to - from) / pointsMax;
  const stepS = stepsS.find((step) => step >= wanted) ?? Math.ceil(wanted);
  const before = Math.max(Math.floor((onset - from) / stepS), 0);
  return { from: onset - before * stepS, onset, to, stepS };
}

/** Seconds over which scrapes are counted to learn their interval. */
export const countedS = 600;
const intervalUnknownS = 60;
const rateWindowMinS = 30;
const rateWindowMaxS = 1_200;

/**
 * The range of `rate()` in seconds: four scrapes, so that one lost scrape leaves two, and no less than the step.
 * `scrapes` is how many samples a typical series had in `countedS`; null where that could not be learned.
 */
export function rateWindowS(grid: Grid, scrapes: number | null): number {
  const interval = scrapes !== null && scrapes >= 1 ? countedS / scrapes : intervalUnknownS;
  const window = Math.max(Math.ceil(4 * interval), grid.stepS, rateWindowMinS);
  return Math.max(Math.min(window, rateWindowMaxS), grid.stepS);
}
