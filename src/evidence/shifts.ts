/** How far a series moved at the onset, in robust standard deviations, and whether that way is bad. */

import { mad, magnitudeMax, quantileOfSorted, standardDeviation } from "./numbers.ts";
import { halvesAt, type Samples } from "./samples.ts";
import type { Direction } from "./diagnosis.ts";
import type { Series } from "./input.ts";
import type { MetricKind } from "../vocabulary.ts";

/** From this weighted score on, a metric is said to have shifted. */
const shiftedScoreMin = 5;
/** A shift of this many robust standard deviations or more is as large as any. */
const scoreMax = 100;
/** Fewer cells than this on either side say nothing. */
const cellsMin = 3;

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
  const scale = Math.max(
    1.4826 * mad(halves.before, before),
    (quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25)) / 1.349,
    0.5 * standardDeviation(halves.before),
    0.001 * Math.abs(before),
    0.01 * Math.max(magnitudeMax(halves.before), magnitudeMax(halves.after)),
  );
  const distance = scale === 0 ? 0 : Math.min(Math.abs(after / scale - before / scale), scoreMax);
  return { ...shift, score: distance * directionWeight(series.kind, direction) };
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
