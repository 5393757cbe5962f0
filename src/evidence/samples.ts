/** A series' points made fit to be compared: cleaned, in order, and on a grid anchored at the onset. */

import { median } from "./numbers.ts";
import type { Point } from "./input.ts";

/** Prometheus answers no range query with more; of a longer series the newest are kept. */
export const pointsMax = 11_000;
/** Cells of the grid on which a series is compared; a longer series gets a wider step. */
const cellsMax = 2_000;

/** Finite values, times strictly ascending. */
export interface Samples {
  readonly at: Float64Array;
  readonly value: Float64Array;
}

/** One value a grid cell, split at the onset; cells without a point are left out. */
export interface Halves {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** Drops what is not finite or later than `end`, orders by time, and averages points of one time. */
export function cleaned(points: readonly Point[], end: number): Samples {
  const usable = points.filter(
    ([at, value]) => Number.isFinite(at) && Number.isFinite(value) && at <= end,
  );
  const inOrder = isAscending(usable) ? usable : merged(usable);
  const kept = inOrder.slice(-pointsMax);
  return {
    at: Float64Array.from(kept, ([at]) => at),
    value: Float64Array.from(kept, ([, value]) => value),
  };
}

/** Only what is earlier. */
export function samplesUntil({ at, value }: Samples, end: number): Samples {
  const later = at.findIndex((time) => time >= end);
  return later === -1
    ? { at, value }
    : { at: at.subarray(0, later), value: value.subarray(0, later) };
}

/** Averages on cells of the series' own median spacing, cell 0 starting at `onset`. */
export function halvesAt(samples: Samples, onset: number): Halves {
  const step = stepOf(samples.at);
  const before: number[] = [];
  const after: number[] = [];
  let cell = Number.NaN;
  let sum = 0;
  let count = 0;
  const close = (): void => {
    if (count > 0) (cell < 0 ? before : after).push(sum / count);
    sum = 0;
    count = 0;
  };
  samples.at.forEach((at, index) => {
    const here = Math.floor((at - onset) / step + 1e-9);
    if (here !== cell) close();
    cell = here;
    sum += samples.value[index] ?? 0;
    count += 1;
  });
  close();
  return { before: Float64Array.from(before), after: Float64Array.from(after) };
}

/** Median spacing in seconds, widened so that no series has more than `cellsMax` cells; 1 for fewer than two points. */
export function stepOf(at: Float64Array): number {
  const first = at[0];
  const last = at.at(-1);
  if (first === undefined || last === undefined || last <= first) return 1;
  const spacing = at.subarray(1).map((time, index) => time - (at[index] ?? time));
  return Math.max(median(spacing), (last - first) / cellsMax);
}

function isAscending(points: readonly Point[]): boolean {
  return points.every((point, index) => index === 0 || (points[index - 1]?.[0] ?? 0) < point[0]);
}

/** Ordered by time, then value, so that the average does not depend on the order of rows. */
function merged(points: readonly Point[]): Point[] {
  const inOrder = points.toSorted((x, y) => x[0] - y[0] || x[1] - y[1]);
  const result: Point[] = [];
  let count = 0;
  for (const [at, value] of inOrder) {
    const last = result.at(-1);
    if (last === undefined || last[0] !== at) {
      result.push([at, value]);
      count = 1;
      continue;
    }
    count += 1;
    result[result.length - 1] = [at, last[1] + (value - last[1]) / count];
  }
  return result;
}
