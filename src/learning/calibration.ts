/** How good shares and chances are: Wilson intervals, and what was said against what came. */

import { bounded, sum } from "./numbers.ts";

/** A share of counted cases with its 95 % Wilson interval, in [0, 1]; of nothing the interval is 0 to 1. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

const z = 1.96;

export function shareOf(hits: number, of: number): Share {
  if (of === 0) return { hits, of, low: 0, high: 1 };
  const share = hits / of;
  const middle = share + z ** 2 / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const scale = 1 + z ** 2 / of;
  const low = bounded((middle - half) / scale, 0, 1);
  return { hits, of, low, high: bounded((middle + half) / scale, 0, 1) };
}

/** A chance that was told, and what came. */
export interface Told {
  readonly p: number;
  readonly hasWorked: boolean;
}

export interface Bin {
  /** The chances in it lie in [from, from + 0.1). */
  readonly from: number;
  readonly count: number;
  /** Their mean, and the share that worked. */
  readonly said: number;
  readonly came: number;
}

export interface Calibration {
  /** Expected calibration error, in [0, 1]; null where nothing was told. */
  readonly error: number | null;
  readonly count: number;
  /** Those that hold something, the smallest chances first. */
  readonly bins: readonly Bin[];
}

const binCount = 10;

/** Over ten bins of equal width. */
export function calibrationOf(told: readonly Told[]): Calibration {
  const byBin = Map.groupBy(told, ({ p }) => Math.min(Math.floor(p * binCount), binCount - 1));
  const bins = [...byBin]
    .toSorted(([a], [b]) => a - b)
    .map(([at, of]): Bin => {
      const count = of.length;
      const said = sum(of.map(({ p }) => p)) / count;
      const came = of.filter(({ hasWorked }) => hasWorked).length / count;
      return { from: at / binCount, count, said, came };
    });
  const gaps = sum(bins.map(({ count, said, came }) => count * Math.abs(said - came)));
  return { error: told.length === 0 ? null : gaps / told.length, count: told.length, bins };
}
