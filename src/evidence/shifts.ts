/** How far a series moved at the onset, in robust standard deviations, and whether that way is bad. */

import { madOfSorted, magnitudeMax, quantileOfSorted, standardDeviation } from "./numbers.ts";
import { halvesAt, type Halves, type Samples } from "./samples.ts";
import type { Direction } from "./diagnosis.ts";
import type { Series } from "./input.ts";
import type { MetricKind } from "../vocabulary.ts";

/** From this weighted score on, a metric is said to have shifted. */
const shiftedScoreMin = 5;
/** A shift of this many robust standard deviations or more is as large as any. */
const scoreMax = 100;
/** Fewer cells than this on either side say nothing. */
const cellsMin = 3;
/** So many cells before the onset are how it was of late; they may raise a score by at most this factor. */
const recentCells = 10;
const recentFactorMax = 2;

/** One series with its shift; `score` is weighted by direction. */
export interface Shift {
  readonly series: Series;
  readonly samples: Samples;
  /** 0 to 100. */
  readonly score: number;
  readonly direction: Direction;
  /** Medians; NaN where a side is empty. */
  readonly before: number;
  readonly after: number;
}

/** Whether a weighted score counts as a shift: everything said to have shifted passed this. */
export function isShifted(metric: { readonly score: number }): boolean {
  return metric.score >= shiftedScoreMin;
}

/**
 * Shift of a series at onset; score 0 when either side has fewer than 3 cells or nothing varies. Formula: DESIGN §5.
 * No absolute floor: multiplying the values by a constant changes no score.
 */
export function shiftOf(series: Series, samples: Samples, onset: number): Shift {
  const halves = halvesAt(samples, onset);
  const sorted = halves.before.toSorted();
  const before = quantileOfSorted(sorted, 0.5);
  const after = quantileOfSorted(halves.after.toSorted(), 0.5);
  const direction = after < before ? "down" : "up";
  const shift = { series, samples, direction, before, after } as const;
  if (halves.before.length < cellsMin || halves.after.length < cellsMin) {
    return { ...shift, score: 0 };
  }
  const largest = Math.max(magnitudeMax(halves.before), magnitudeMax(halves.after));
  const moved = (after - before) / scaleOf(halves.before, sorted, largest);
  const distance = Number.isNaN(moved) ? 0 : sharpened(moved, halves, after);
  return {
    ...shift,
    score: Math.min(distance, scoreMax) * directionWeight(series.kind, direction),
  };
}

/**
 * The magnitude, or up to twice that where the last cells before the onset say so: an earlier trouble in the window makes
 * the scale of the whole wide. So few cells may lie close together by luck: they count as scattered as neighbours usually
 * are, and by 2 % at least.
 */
function sharpened(moved: number, { before, after }: Halves, level: number): number {
  const whole = Math.abs(moved);
  if (before.length <= recentCells || whole >= scoreMax) return whole;
  const recent = before.subarray(-recentCells);
  const sorted = recent.toSorted();
  const middle = quantileOfSorted(sorted, 0.5);
  const largest = Math.max(magnitudeMax(recent), magnitudeMax(after));
  const scale = Math.max(scaleOf(recent, sorted, largest), 0.02 * Math.abs(middle));
  const sharpest = ((level - middle) / scale) * Math.sign(moved);
  if (!(sharpest > whole)) return whole;
  const usual = Math.abs(level - middle) / Math.max(scale, neighbourScatter(before));
  return Math.max(whole, Math.min(usual, recentFactorMax * whole));
}

/** Robust standard deviation as told by the steps from one cell to the next, which an earlier level does not widen. */
function neighbourScatter(values: Float64Array): number {
  const steps = new Float64Array(Math.max(values.length - 1, 0));
  for (let at = 0; at < steps.length; at += 1) {
    steps[at] = Math.abs((values[at + 1] ?? 0) - (values[at] ?? 0));
  }
  return (1.4826 * quantileOfSorted(steps.toSorted(), 0.5)) / Math.SQRT2;
}

/** Robust standard deviation, with floors relative to the values themselves; 0 where all are zero. */
function scaleOf(values: Float64Array, sorted: Float64Array, largest: number): number {
  const middle = quantileOfSorted(sorted, 0.5);
  return Math.max(
    1.4826 * madOfSorted(sorted, middle),
    (quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25)) / 1.349,
    0.5 * standardDeviation(values),
    0.001 * Math.abs(middle),
    0.01 * largest,
  );
}

/** 1 the bad way of the kind, 0.3 the other way, 0.6 for kinds without a bad way (contracts §9). */
export function directionWeight(kind: MetricKind, direction: Direction): number {
  const bad = badDirection(kind);
  if (bad === "either") return 0.6;
  return bad === direction ? 1 : 0.3;
}

function badDirection(kind: MetricKind): Direction | "either" {
  switch (kind) {
    case "availability":
      return "down";
    case "requests":
    case "network":
    case "disk":
    case "other":
      return "either";
    case "cpu":
    case "memory":
    case "latency":
    case "errors":
    case "saturation":
    case "queue":
    case "restarts":
      return "up";
  }
}
