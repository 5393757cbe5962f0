/** Whether what shifted is back: the same metrics, read again. */

import { cleaned } from "./samples.ts";
import type { Diagnosis, ShiftedMetric } from "./diagnosis.ts";
import type { Point, Series } from "./input.ts";
import type { MetricKind } from "../vocabulary.ts";

/** A value is back when it has made up at least this share of the way to where it was. */
const recoveredShare = 0.75;
/**
 * What grows many-fold must have made up that share in multiples too: 0.4 s that became 4 s is not back at 1 s, which
 * is most of the seconds but hardly more than half of the multiple.
 */
const manyFold: ReadonlySet<MetricKind> = new Set(["latency", "queue"]);
/** So many newest values in a row must be back: one may be luck. */
const recoveredPointsMin = 2;

/** How one shifted metric is now. */
export interface Reread {
  readonly metric: ShiftedMetric;
  /** Median before the onset. */
  readonly before: number;
  /** Newest finite value with its time; null where the metric was not read again. */
  readonly latest: Point | null;
  readonly recovered: boolean;
  /** Time of the first value of the unbroken run that is back; null where it is not. */
  readonly since: number | null;
}

/** One for each shifted metric, in the diagnosis's order. "Back since 14:21" is `since`. */
export function stillShifted(diagnosis: Diagnosis, fresh: readonly Series[]): Reread[] {
  const byKey = Map.groupBy(fresh, keyOf);
  return diagnosis.metrics.map((metric) => {
    const points = (byKey.get(keyOf(metric)) ?? []).flatMap((series) => series.points);
    return reread(metric, points, diagnosis.onset);
  });
}

function reread(metric: ShiftedMetric, points: readonly Point[], onset: number): Reread {
  const samples = cleaned(points, Infinity);
  const last = samples.at.length - 1;
  const latestAt = samples.at[last];
  const latestValue = samples.value[last];
  const none = { metric, before: metric.before, recovered: false, since: null };
  if (latestAt === undefined || latestValue === undefined) return { ...none, latest: null };
  let first = last + 1;
  while (
    first > 0 &&
    isSinceOnset(samples.at[first - 1], onset) &&
    isBackAt(metric, samples.value[first - 1])
  ) {
    first -= 1;
  }
  const recovered = last + 1 - first >= recoveredPointsMin;
  return {
    ...none,
    latest: [latestAt, latestValue],
    recovered,
    since: recovered ? (samples.at[first] ?? null) : null,
  };
}

function isSinceOnset(at: number | undefined, onset: number): boolean {
  return at !== undefined && at >= onset;
}

/** Overshooting the old level counts as back. */
export function isBackAt(
  { before, after, kind }: Pick<ShiftedMetric, "before" | "after" | "kind">,
  value: number | undefined,
): boolean {
  if (value === undefined || before === after) return false;
  if ((after - value) / (after - before) < recoveredShare) return false;
  const isMultiple = kind !== undefined && manyFold.has(kind) && before > 0 && after > before;
  return !isMultiple || value <= before * (after / before) ** (1 - recoveredShare);
}

function keyOf(metric: {
  readonly service: string;
  readonly name: string;
  readonly callee?: string | null;
  readonly labels?: Readonly<Record<string, string>> | null;
}): string {
  const labels = Object.entries(metric.labels ?? {}).toSorted(([x], [y]) => (x < y ? -1 : 1));
  return JSON.stringify([metric.service, metric.name, metric.callee ?? null, labels]);
}
