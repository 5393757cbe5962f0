/** When it began, where nobody has said: the time at which what people notice of the service moved most. */

import { strongestSplit } from "./onset.ts";
import { cleaned } from "./samples.ts";
import { isShifted, shiftOf } from "./shifts.ts";
import type { EvidenceInput, Series } from "./input.ts";
import type { MetricKind } from "../vocabulary.ts";

/** Whoever asks does so within this of the onset. */
const noticedSecondsMax = 2_700;
const seriesMax = 200;
/** The strongest few decide. */
const votersMax = 7;

/** What people notice first; the others are asked where these say nothing. */
const noticed: ReadonlySet<MetricKind> = new Set([
  "latency",
  "errors",
  "availability",
  "saturation",
  "queue",
]);

/** Unix seconds; `input.onset` where nothing moved. Looks at most 45 minutes back from there. */
export function likelyOnset(input: EvidenceInput): number {
  const end = input.end ?? input.onset;
  const whole = (input.series ?? []).filter(({ labels }) => labels === undefined);
  const own = whole.filter(({ service }) => service === input.alert?.service);
  const candidates = own.length > 0 ? own : whole;
  const first = vote(
    candidates.filter(({ kind }) => noticed.has(kind)),
    input.onset,
    end,
  );
  return first ?? vote(candidates, input.onset, end) ?? input.onset;
}

/** The median of the strongest series' splits, each weighing the same; null where none shifted. */
function vote(series: readonly Series[], hint: number, end: number): number | null {
  const splits = series
    .slice(0, seriesMax)
    .flatMap((one) => {
      const samples = cleaned(
        one.points.filter(([at]) => at >= hint - noticedSecondsMax),
        end,
      );
      const split = strongestSplit(samples);
      if (split === null) return [];
      const { score } = shiftOf(one, samples, split);
      return isShifted({ score }) ? [{ split, score }] : [];
    })
    .toSorted((a, b) => b.score - a.score || a.split - b.split)
    .slice(0, votersMax)
    .map(({ split }) => split)
    .toSorted((a, b) => a - b);
  return splits[Math.floor((splits.length - 1) / 2)] ?? null;
}
