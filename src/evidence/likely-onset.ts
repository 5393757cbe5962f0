/** When it began, where nobody has said: the time at which what people notice of the service moved most. */

import { median } from "./numbers.ts";
import { strongestSplit } from "./onset.ts";
import { noticed, stretchOver, type Sampled } from "./recovery.ts";
import { cleaned, samplesUntil } from "./samples.ts";
import { isShifted, shiftOf } from "./shifts.ts";
import type { EvidenceInput, Series } from "./input.ts";

/** Whoever asks does so within this of the onset. */
const noticedSecondsMax = 2_700;
const seriesMax = 200;
/** The strongest few decide. */
const votersMax = 7;
/** The best of many splits is always large, so it has to be this many times what the series did before by itself. */
const wanderedTimesMin = 3;
/** One failed request is seen for a minute, the range of its rate: what is over has to have lasted twice as long. */
const goingOnSecondsMin = 60;
const overSecondsMin = 120;
const troubleCellsMin = 4;
/** How much there has to be to compare it with. */
const pastCellsMin = 6;
const pastSecondsMin = 300;

/**
 * Unix seconds; null where nothing moved. Looks at most 45 minutes back from `input.onset`: for what goes on still, and
 * only then for what is over by now.
 */
export function likelyOnset(input: EvidenceInput): number | null {
  const end = input.end ?? input.onset;
  const whole = (input.series ?? []).filter(({ labels }) => labels === undefined);
  const own = whole.filter(({ service }) => service === input.alert?.service);
  const candidates = own.length > 0 ? own : whole;
  const recent = (all: readonly Series[]): Search[] =>
    all.slice(0, seriesMax).map((series) => {
      const points = series.points.filter(([at]) => at >= input.onset - noticedSecondsMax);
      return {
        series,
        samples: cleaned(points, end),
        elsewhere: [],
        secondsMin: goingOnSecondsMin,
      };
    });
  const felt = recent(candidates.filter(({ kind }) => noticed.has(kind)));
  const parts = felt.map(aroundWhatIsOver);
  return (
    vote(felt) ??
    vote(parts.map(({ since }) => since)) ??
    vote(parts.map(({ until }) => until)) ??
    vote(recent(candidates))
  );
}

/** Where a trouble is looked for, and what else is known of the same series in calm. */
interface Search extends Sampled {
  /** A shorter trouble is none. */
  readonly secondsMin: number;
  readonly elsewhere: readonly Float64Array[];
}

/** The median of the strongest series' splits, each weighing the same; null where none shifted. */
function vote(all: readonly Search[]): number | null {
  const splits = all
    .flatMap((search) => {
      const { series, samples } = search;
      const split = strongestSplit(samples);
      if (split === null || !standsOut(search, split)) return [];
      const { score } = shiftOf(series, samples, split);
      return isShifted({ score }) ? [{ split, score }] : [];
    })
    .toSorted((a, b) => b.score - a.score || a.split - b.split)
    .slice(0, votersMax)
    .map(({ split }) => split)
    .toSorted((a, b) => a - b);
  return splits[Math.floor((splits.length - 1) / 2)] ?? null;
}

/** A trouble that is over hides in the whole, and hides another that came later. */
function aroundWhatIsOver({ series, samples }: Search): { since: Search; until: Search } {
  const { at, value } = samples;
  const over = stretchOver(samples, { onset: at[0] ?? 0, reachSeconds: Infinity });
  const until = samplesUntil(samples, over?.until ?? Infinity);
  const calm = samplesUntil(samples, over?.from ?? Infinity).value;
  const later = value.subarray(until.at.length);
  const since = { at: at.subarray(until.at.length), value: later };
  return {
    since: { series, samples: since, elsewhere: [calm], secondsMin: goingOnSecondsMin },
    until: { series, samples: until, elsewhere: [later], secondsMin: overSecondsMin },
  };
}

/** Whether the series went further than it ever wandered in a stretch of that length without trouble. */
function standsOut({ samples, elsewhere, secondsMin }: Search, split: number): boolean {
  const { at, value } = samples;
  const border = at.findIndex((time) => time >= split);
  const [before, after] = [value.subarray(0, border), value.subarray(border)];
  const lasted = (at.at(-1) ?? split) - split;
  const past = split - (at[0] ?? split);
  if (after.length < troubleCellsMin || lasted < secondsMin) return false;
  if (before.length < pastCellsMin || past < pastSecondsMin) return false;
  const level = median(before);
  const moved = Math.abs(median(after) - level);
  return [before, ...elsewhere].every(
    (calm) => moved >= wanderedTimesMin * wandered(calm, level, after.length),
  );
}

/** Farthest that the average of some `length` cells was from the level; of fewer cells where that few are known. */
function wandered(calm: Float64Array, level: number, length: number): number {
  const width = Math.max(Math.min(length, Math.floor(calm.length / 4)), 1);
  const stride = Math.max(Math.floor(width / 8), 1);
  let farthest = 0;
  for (let from = 0; from + width <= calm.length; from += stride) {
    const there = calm.subarray(from, from + width).reduce((sum, one) => sum + one, 0) / width;
    farthest = Math.max(farthest, Math.abs(there - level));
  }
  return farthest;
}
