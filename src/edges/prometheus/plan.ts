/** Which readings are made of what exists of a service, the most telling first. */

import {
  familiesOf,
  kindOf,
  type MetricFamily,
  type MetricType,
} from "../../evidence/series-kinds.ts";
import { unitOf } from "../../evidence/series-kinds.ts";
import { metricKinds, type MetricKind } from "../../vocabulary.ts";
import { conventionsOf } from "./conventions.ts";
import { type Expression, type Found } from "./expression.ts";
import { levelOf, meanOf, nativeRateOf, quantileOf, rateOf, toldQuantileOf } from "./readings.ts";

export const seriesMaxService = 200;

/** Most telling kinds first, where there are more metrics than are read or than there is time for. */
const importance: readonly MetricKind[] = [
  "latency",
  "errors",
  "requests",
  "availability",
  "restarts",
  "saturation",
  "queue",
  "cpu",
  "memory",
  ...metricKinds,
];

/** At most 200 readings, the most telling kinds first; `all` is how many there were. */
export function planOf(
  founds: readonly Found[],
  types: ReadonlyMap<string, MetricType>,
): { expressions: Expression[]; all: number } {
  const expressions = founds.flatMap((found) => readingsOf(found, types)).toSorted(byImportance);
  return { expressions: expressions.slice(0, seriesMaxService), all: expressions.length };
}

export function byImportance(a: Pick<Expression, "kind">, b: Pick<Expression, "kind">): number {
  return importance.indexOf(a.kind) - importance.indexOf(b.kind);
}

function readingsOf(found: Found, types: ReadonlyMap<string, MetricType>): Expression[] {
  const { expressions, isRead } = conventionsOf(found);
  const families = familiesOf(found.names, types).filter(({ name }) => !isRead(name));
  return [...expressions, ...families.flatMap((family) => readingsOfFamily(found, family))];
}

function readingsOfFamily(found: Found, { name, type }: MetricFamily): Expression[] {
  switch (type) {
    case "counter":
      return [rateOf(found, name)];
    case "gauge":
      return [levelOf(found, name)];
    case "histogram":
      return [quantileOf(found, name, type), ...timesOf(found, { name, type })];
    case "native-histogram": {
      const isLatency = kindOf(name, type) === "latency";
      return [quantileOf(found, name, type), ...(isLatency ? [nativeRateOf(found, name)] : [])];
    }
    case "summary":
      return [toldQuantileOf(found, name), ...timesOf(found, { name, type })];
    case "sum-and-count":
      return [meanOf(found, name), ...timesOf(found, { name, type })];
  }
}

/** How often the measured thing happened: for a latency these are the requests; for pauses, their share of the time. */
function timesOf(found: Found, { name, type }: MetricFamily): Expression[] {
  const kind = kindOf(name, type);
  if (kind === "latency") return [rateOf(found, `${name}_count`, "requests")];
  const isPause = kind === "saturation" && unitOf(name) === "seconds";
  if (!isPause) return [];
  const what = name.replace(/(_duration|_pause|_collection)?_seconds$/, "");
  return [{ ...rateOf(found, `${name}_sum`, kind), name: `${what}_time_ratio` }];
}
