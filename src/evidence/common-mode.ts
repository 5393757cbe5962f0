/** What moved alike at many services: a node, the traffic or a shared network, and no sign of one of them. */

import { isShifted, type Shift } from "./shifts.ts";
import type { Series } from "./input.ts";
import type { MetricKind } from "../vocabulary.ts";

/** Of fewer services than this nothing can be said to be common. */
const servicesMin = 3;
/** What a fault spreads to its callers; these move at many services because of one, and the strongest tells which. */
const spreading: ReadonlySet<MetricKind> = new Set([
  "latency",
  "errors",
  "availability",
  "saturation",
  "queue",
  "restarts",
]);

/** Of the other services that report a metric of this name, the share at which it shifted too; 0 for kinds that spread. */
export function commonShares(shifts: readonly Shift[]): (series: Series) => number {
  const known = new Map<string, Set<string>>();
  const moved = new Map<string, Set<string>>();
  for (const { series, score } of shifts) {
    if (!isOwnResource(series)) continue;
    const services = known.get(series.name) ?? new Set();
    known.set(series.name, services.add(series.service));
    if (!isShifted({ score })) continue;
    const shifted = moved.get(series.name) ?? new Set();
    moved.set(series.name, shifted.add(series.service));
  }
  return (series) => {
    const services = known.get(series.name)?.size ?? 0;
    if (!isOwnResource(series) || services < servicesMin) return 0;
    return Math.max((moved.get(series.name)?.size ?? 0) - 1, 0) / (services - 1);
  };
}

function isOwnResource({ kind, callee }: Series): boolean {
  return callee === undefined && !spreading.has(kind);
}
