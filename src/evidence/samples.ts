/** A series' points made fit to be compared: cleaned, in order, and on a grid anchored at the onset. */

import { quantileOfSorted } from "./numbers.ts";
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
  const at = new Float64Array(points.length);
  const value = new Float64Array(points.length);
  let count = 0;
  let isAscending = true;
  for (const point of points) {
    const [time, measured] = [point[0], point[1]];
    if (!Number.isFinite(time) || !Number.isFinite(measured) || time > end) continue;
    if (count > 0 && time <= (at[count - 1] ?? time)) isAscending = false;
    at[count] = time;
    value[count] = measured;
    count += 1;
  }
  const usable = { at: at.subarray(0, count), value: value.subarray(0, count) };
  const { at: times, value: values } = isAscending ? usable : merged(usable);
  return { at: times.subarray(-pointsMax), value: values.subarray(-pointsMax) };
}

/** Only what is earlier. */
export function samplesUntil({ at, value }: Samples, end: number): Samples {
  const later = at.findIndex((time) => time >= end);
  return later === -1
    ? { at, value }
    : { at: at.subarray(0, later), value: value.subarray(0, later) };
}

/** Averages on cells of the series' own median spacing, cell 0 starting at `onset`. */
export function halvesAt({ at, value }: Samples, onset: number): Halves {
  const step = stepOf(at);
  const cells = new Float64Array(at.length);
  let filled = 0;
  let border = 0;
  let cell = Number.NaN;
  let sum = 0;
  let count = 0;
  for (let index = 0; index <= at.length; index += 1) {
    const here = Math.floor(((at[index] ?? Number.NaN) - onset) / step + 1e-9);
    if (here !== cell && count > 0) {
      cells[filled] = sum / count;
      filled += 1;
      if (cell < 0) border = filled;
      sum = 0;
      count = 0;
    }
    cell = here;
    sum += value[index] ?? 0;
    count += 1;
  }
  return { before: cells.subarray(0, border), after: cells.subarray(border, filled) };
}

/** Median spacing in seconds, widened so that no series has more than `cellsMax` cells; 1 for fewer than two points. */
export function stepOf(at: Float64Array): number {
  const first = at[0];
  const last = at.at(-1);
  if (first === undefined || last === undefined || last <= first) return 1;
  return Math.max(usualSpacing(at), (last - first) / cellsMax);
}

/** Median; most series have one spacing throughout, which needs no sorting. */
function usualSpacing(at: Float64Array): number {
  const spacing = new Float64Array(at.length - 1);
  let isEven = true;
  for (let index = 0; index < spacing.length; index += 1) {
    spacing[index] = (at[index + 1] ?? 0) - (at[index] ?? 0);
    if (spacing[index] !== spacing[0]) isEven = false;
  }
  return isEven ? (spacing[0] ?? 1) : quantileOfSorted(spacing.toSorted(), 0.5);
}

/** Ordered by time, then value, so that the average does not depend on the order of rows. */
function merged({ at, value }: Samples): Samples {
  const order = Array.from(at.keys()).toSorted(
    (x, y) => (at[x] ?? 0) - (at[y] ?? 0) || (value[x] ?? 0) - (value[y] ?? 0),
  );
  const times: number[] = [];
  const values: number[] = [];
  let count = 0;
  for (const index of order) {
    const [time = 0, measured = 0] = [at[index], value[index]];
    const last = times.length - 1;
    if (times[last] !== time) {
      times.push(time);
      values.push(measured);
      count = 1;
      continue;
    }
    count += 1;
    const mean = values[last] ?? 0;
    values[last] = mean + (measured - mean) / count;
  }
  return { at: Float64Array.from(times), value: Float64Array.from(values) };
}
