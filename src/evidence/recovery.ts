/** Whether the trouble is over already, and since when: a diagnosis reads the trouble alone, not what came after it. */

import { madOfSorted, magnitudeMax, median, quantileOfSorted } from "./numbers.ts";
import { midRanks, refinementSecondsMax, type Near } from "./onset.ts";
import { samplesUntil, type Samples } from "./samples.ts";
import { isShifted, shiftOf } from "./shifts.ts";
import { isBackAt } from "./still-shifted.ts";
import type { Alert, Series } from "./input.ts";
import type { MetricKind } from "../vocabulary.ts";

/** What people notice, and so what tells them that it is over. */
export const noticed: ReadonlySet<MetricKind> = new Set([
  "latency",
  "errors",
  "availability",
  "saturation",
  "queue",
]);
/** So many cells of trouble and of calm after it, at least: fewer may be luck. */
const cellsMin = 4;
/** A longer series is thinned: the search takes the square of it. */
const cellsMax = 400;
/** The strongest few decide. */
const votersMax = 7;
/** Only this much before the onset is looked at. */
const lookbackSecondsMax = 7_200;

export interface Sampled {
  readonly series: Series;
  readonly samples: Samples;
}

/**
 * When what people notice was back, by the alert's own metric, else by those of its kind, else of its service, else of
 * all; null while it is not. Half of the strongest have to be back.
 */
export function recoveryOf(
  all: readonly Sampled[],
  alert: Alert | undefined,
  onset: number,
): number | null {
  const whole = all.filter(({ series }) => series.labels === undefined);
  const own = whole.filter(
    ({ series }) => series.service === alert?.service && series.callee === undefined,
  );
  const tiers = [
    own.filter(({ series }) => series.name === alert?.metric),
    own.filter(({ series }) => series.kind === alert?.kind),
    own.filter(({ series }) => noticed.has(series.kind)),
    whole.filter(({ series }) => noticed.has(series.kind)),
  ];
  for (const tier of tiers) {
    const ends = endsOf(tier, onset);
    const end = ends[Math.floor(ends.length / 2)];
    if (end !== undefined) return Number.isFinite(end) ? end : null;
  }
  return null;
}

/** Ascending, of the strongest that shifted; Infinity for what is not back. */
function endsOf(tier: readonly Sampled[], onset: number): number[] {
  return tier
    .filter(({ samples }) => mayHaveShifted(samples, onset))
    .flatMap(({ series, samples }) => {
      const end =
        stretchOver(samples, { onset, reachSeconds: refinementSecondsMax })?.until ?? Infinity;
      const { score } = shiftOf(series, samplesUntil(samples, end), onset);
      return isShifted({ score }) ? [{ end, score }] : [];
    })
    .toSorted((a, b) => b.score - a.score || (a.end < b.end ? 1 : -1))
    .slice(0, votersMax)
    .map(({ end }) => end)
    .toSorted((a, b) => (a < b ? -1 : 1));
}

/** False where no part of it can have shifted, which is cheaper to know than which part. */
function mayHaveShifted({ at, value }: Samples, onset: number): boolean {
  const border = at.findIndex((time) => time >= onset);
  if (border === -1) return false;
  const before = value.slice(0, border).toSorted();
  const level = quantileOfSorted(before, 0.5);
  const farthest = magnitudeMax(value.subarray(border).map((one) => one - level));
  return isShifted({ score: farthest / (1.4826 * madOfSorted(before, level)) });
}

/** Times of the first sample of a trouble, and of the first one behind it. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/**
 * A stretch of trouble that began near `onset` and is over; null where there is none. It is the one that explains the
 * series best, by ranks first and then by levels, as in onset.ts.
 */
export function stretchOver(samples: Samples, near: Near): Stretch | null {
  const { at, value } = thinned(samples, near.onset);
  const rough = bestBlock(at, midRanks(value), near);
  if (rough === null) return null;
  const [calm, bad] = levelsOf(value, rough);
  if (calm === bad) return null;
  const levels = value.map((one) => Math.min(Math.max((one - calm) / (bad - calm), 0), 1));
  const block = bestBlock(at, levels, near) ?? rough;
  const before = median(value.subarray(0, block.from));
  const during = median(value.subarray(block.from, block.until));
  const now = median(value.subarray(block.until));
  const [from, until] = [at[block.from], at[block.until]];
  if (from === undefined || until === undefined) return null;
  return isBackAt({ before, after: during }, now) ? { from, until } : null;
}

interface Block {
  /** Indexes: the first cell in it, and the first behind it. */
  readonly from: number;
  readonly until: number;
}

function levelsOf(value: Float64Array, { from, until }: Block): readonly [number, number] {
  const outside = [...value.subarray(0, from), ...value.subarray(until)];
  return [median(outside), median(value.subarray(from, until))];
}

/** Block of least squares: largest |S| / √(m (n − m)), S the sum of the centred values in it, m of n cells (Olshen et al. 2004). */
function bestBlock(at: Float64Array, values: Float64Array, near: Near): Block | null {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const sums = new Float64Array(count + 1);
  for (let index = 0; index < count; index += 1) {
    sums[index + 1] = (sums[index] ?? 0) + (values[index] ?? 0) - mean;
  }
  let best = 0;
  let block: Block | null = null;
  for (let from = cellsMin; from < count; from += 1) {
    if (Math.abs((at[from] ?? Infinity) - near.onset) > near.reachSeconds) continue;
    for (let until = from + cellsMin; until <= count - cellsMin; until += 1) {
      const size = until - from;
      const sum = Math.abs((sums[until] ?? 0) - (sums[from] ?? 0));
      const score = sum / Math.sqrt(size * (count - size));
      if (score > best * (1 + 1e-9)) {
        best = score;
        block = { from, until };
      }
    }
  }
  return block;
}

/** At most `cellsMax` cells, each the average of as many neighbours, at the time of the first. */
function thinned({ at, value }: Samples, onset: number): Samples {
  const from = Math.max(
    at.findIndex((time) => time >= onset - lookbackSecondsMax),
    0,
  );
  const [near, values] = [at.subarray(from), value.subarray(from)];
  const width = Math.ceil(near.length / cellsMax);
  if (width <= 1) return { at: near, value: values };
  const starts = Array.from({ length: Math.ceil(near.length / width) }, (_, cell) => cell * width);
  const average = (start: number): number => {
    const cell = values.subarray(start, start + width);
    return cell.reduce((sum, one) => sum + one, 0) / cell.length;
  };
  return {
    at: Float64Array.from(starts, (start) => near[start] ?? 0),
    value: Float64Array.from(starts, average),
  };
}
