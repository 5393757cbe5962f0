/** What counts failures or restarts often begins to exist with the first of them; until then there were none. */

import type { Point, SourcedSeries } from "../../evidence/input.ts";
import type { MetricKind } from "../../vocabulary.ts";

const countedFromNone: readonly MetricKind[] = ["errors", "restarts"];

/**
 * 0 where such a series has no value and another of who tells it has one. A share of nothing stays unknown: without requests
 * it cannot be told how many of them fail.
 */
export function withZeros(series: readonly SourcedSeries[]): SourcedSeries[] {
  const times = new Map<string, Set<number>>();
  for (const one of series) {
    const known = times.get(tellerOf(one)) ?? new Set();
    times.set(tellerOf(one), known);
    for (const [at, value] of one.points) if (Number.isFinite(value)) known.add(at);
  }
  return series.map((one) =>
    countedFromNone.includes(one.kind) && one.source.unit !== "ratio" && one.points.length > 0
      ? { ...one, points: filled(one.points, times.get(tellerOf(one)) ?? new Set()) }
      : one,
  );
}

/** The service itself; the cluster tells of all of them. */
function tellerOf({ name, service }: SourcedSeries): string {
  return name.startsWith("kube_") ? "kube_" : service;
}

function filled(points: readonly Point[], times: ReadonlySet<number>): Point[] {
  const missing = times.difference(new Set(points.map(([at]) => at)));
  return [...points, ...[...missing].map((at): Point => [at, 0])].toSorted(([a], [b]) => a - b);
}
