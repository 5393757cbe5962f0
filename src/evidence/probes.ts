/** Who only looks on: a probe or its users, whose numbers are of the service that they reach. */

import type { CallGraph } from "./call-graph.ts";
import type { Series } from "./input.ts";
import type { MetricKind } from "../vocabulary.ts";

/** What only a running program has. */
export const internalKinds: ReadonlySet<MetricKind> = new Set([
  "cpu",
  "memory",
  "disk",
  "restarts",
]);

/**
 * By probe: the one entry of the call graph, which is what its users reach. A probe takes part in no call and has none
 * of the resources that most services of the graph report; where there is no single entry nothing is told.
 */
export function probedServices(
  { callees }: CallGraph,
  series: readonly Series[],
): ReadonlyMap<string, string> {
  const called = new Set([...callees.values()].flatMap((services) => [...services]));
  const entries = [...callees.keys()].filter((service) => !called.has(service));
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) return new Map();
  const inGraph = new Set([...callees.keys(), ...called]);
  const running = new Set(
    series.filter(({ kind }) => internalKinds.has(kind)).map(({ service }) => service),
  );
  if (running.intersection(inGraph).size * 2 <= inGraph.size) return new Map();
  const outside = new Set(series.map(({ service }) => service)).difference(inGraph);
  return new Map([...outside.difference(running)].map((probe) => [probe, entry]));
}
