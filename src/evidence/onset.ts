/** When a series moved: the change point nearest to the given onset, or the onset itself. */

import { median, quantileOfSorted } from "./numbers.ts";
import { shiftOf } from "./shifts.ts";
import type { Alert, Series } from "./input.ts";
import type { Shift } from "./shifts.ts";
import type { Samples } from "./samples.ts";

/** A refined onset is at most this far from the given one, either way. */
export const refinementSecondsMax = 600;
/** Only this much before and after the given onset is looked at, so that an old incident or a recovery does not count. */
const lookbackSecondsMax = 7_200;
const lookaheadSecondsMax = 1_800;
/** A refined onset must leave the shift at least this large, and not much smaller than the given one does, to be believed. */
const scoreMin = 3;
const keptShareMin = 0.8;
/** So many cells before the given onset tell whether what moved earlier still holds. */
const heldCells = 3;
/** A slow rise is followed back over at most so many cells, as long as they are this far up it. */
const rampCellsMax = 12;
const rampLevelMin = 0.1;

/** Refined by the alert's own metric, else the strongest shift of its service, else the strongest of all. */
export function refinedOnset(
  shifts: readonly Shift[],
  alert: Alert | undefined,
  onset: number,
): number {
  const points = metricsToRefineBy(shifts, alert)
    .map(({ series, samples, score }) => ({ at: changePoint(series, samples, onset), score }))
    .filter(({ at, score }) => score > 0 || at !== onset)
    .map(({ at }) => at)
    .toSorted((x, y) => x - y);
  return points[Math.floor((points.length - 1) / 2)] ?? onset;
}

/** Time of the first sample after the change, within 10 minutes of `onset`; `onset` where no split explains the series better. */
export function changePoint(series: Series, samples: Samples, onset: number): number {
  const from = samples.at.findIndex((at) => at >= onset - lookbackSecondsMax);
  const later = samples.at.findIndex((at) => at > onset + lookaheadSecondsMax);
  const to = later === -1 ? samples.at.length : later;
  if (from === -1 || to - from < 6) return onset;
  const at = samples.at.subarray(from, to);
  const near = { onset, reachSeconds: refinementSecondsMax };
  const values = samples.value.subarray(from, to);
  const split = levelSplit(at, values, near);
  if (split === null || isOverBefore(onset, split, { at, value: values })) return onset;
  const given = shiftOf(series, samples, onset).score;
  const refined = shiftOf(series, samples, split).score;
  return refined >= Math.max(keptShareMin * given, scoreMin) ? split : onset;
}

/** What moved at the split and was back by the onset is an earlier trouble, not the one that was noticed. */
function isOverBefore(onset: number, split: number, { at, value }: Samples): boolean {
  if (split >= onset) return false;
  const first = at.findIndex((time) => time >= split);
  const noticed = at.findIndex((time) => time >= onset);
  const end = noticed === -1 ? at.length : noticed;
  const before = median(value.subarray(0, first));
  const moved = median(value.subarray(first, Math.min(first + heldCells, end)));
  const latest = median(value.subarray(Math.max(first, end - heldCells), end));
  return Math.abs(latest - before) < Math.abs(latest - moved);
}

/** Where a series as a whole changed most; null where it has fewer than six samples. */
export function strongestSplit({ at, value }: Samples): number | null {
  if (at.length < 6) return null;
  return levelSplit(at, value, { onset: at[0] ?? 0, reachSeconds: Infinity });
}

export interface Near {
  readonly onset: number;
  readonly reachSeconds: number;
}

/**
 * First by ranks, which no outlier and no unit can move; then by the values between the two sides' medians, because
 * ranks alone spread the calm side so wide that its last cells look like trouble.
 */
function levelSplit(at: Float64Array, values: Float64Array, near: Near): number | null {
  const rough = bestSplit(at, midRanks(values), near);
  if (rough === null) return null;
  const border = at.findIndex((time) => time >= rough);
  const before = median(values.subarray(0, border));
  const after = median(values.subarray(border));
  if (before === after) return rough;
  const levels = values.map((value) =>
    Math.min(Math.max((value - before) / (after - before), 0), 1),
  );
  const split = bestSplit(at, levels, near);
  return split === null ? null : rampStart(at, levels, split, near);
}

/** First of the unbroken run of cells before the split that already stand out: a rate over a window rises by and by. */
function rampStart(at: Float64Array, levels: Float64Array, split: number, near: Near): number {
  let start = at.indexOf(split);
  const first = Math.max(start - rampCellsMax, 0);
  const calm = levels.subarray(0, first).toSorted();
  if (calm.length === 0) return split;
  const noise = Math.max(quantileOfSorted(calm, 0.98), rampLevelMin);
  const isRising = (cell: number): boolean =>
    (levels[cell] ?? 0) > noise && (at[cell] ?? 0) >= near.onset - near.reachSeconds;
  while (start > first && isRising(start - 1)) start -= 1;
  return at[start] ?? split;
}

/** Split of least squares: largest |S| / √(i (n − i)), S the sum of the centred values before i, i cells of n (Hawkins 1977). */
function bestSplit(at: Float64Array, values: Float64Array, near: Near): number | null {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  let sum = 0;
  let best = 0;
  let split: number | null = null;
  for (let index = 1; index < count; index += 1) {
    sum += (values[index - 1] ?? 0) - mean;
    const time = at[index] ?? near.onset;
    if (Math.abs(time - near.onset) > near.reachSeconds) continue;
    const score = Math.abs(sum) / Math.sqrt(index * (count - index));
    if (score > best * (1 + 1e-9)) {
      best = score;
      split = time;
    }
  }
  return split;
}

/** Ranks from 0; equal values share the middle one. */
export function midRanks(values: Float64Array): Float64Array {
  const order = Array.from(values.keys()).toSorted((x, y) => (values[x] ?? 0) - (values[y] ?? 0));
  const ranks = new Float64Array(values.length);
  let start = 0;
  while (start < order.length) {
    const value = values[order[start] ?? 0];
    let end = start;
    while (end + 1 < order.length && values[order[end + 1] ?? 0] === value) end += 1;
    for (let rank = start; rank <= end; rank += 1) ranks[order[rank] ?? 0] = (start + end) / 2;
    start = end + 1;
  }
  return ranks;
}

/** All that are equally strong, so that the order of rows does not choose among them. */
function metricsToRefineBy(shifts: readonly Shift[], alert: Alert | undefined): readonly Shift[] {
  const tests: ((shift: Shift) => boolean)[] = [
    ({ series }) => series.service === alert?.service && series.name === alert?.metric,
    ({ series }) => series.service === alert?.service && series.kind === alert?.kind,
    ({ series }) => series.service === alert?.service,
    () => true,
  ];
  // An alert that has only just fired leaves too little after it for any score: then the splits themselves tell.
  const isJustNow = shifts.every(({ score }) => score === 0);
  for (const test of tests) {
    const fitting = shifts.filter((shift) => isWhole(shift) && test(shift));
    const found = isJustNow ? fitting : strongest(fitting);
    if (found.length > 0) return found;
  }
  return strongest(shifts);
}

function isWhole({ series }: Shift): boolean {
  return series.labels === undefined && series.callee === undefined;
}

function strongest(shifts: readonly Shift[]): readonly Shift[] {
  const max = shifts.reduce((best, shift) => Math.max(best, shift.score), 0);
  return max === 0 ? [] : shifts.filter(({ score }) => score >= max * (1 - 1e-9));
}
