/** Who calls whom, and how far trouble seen at one service can have come from behind it. */

import type { EvidenceInput } from "./input.ts";

/** Of more calls than this the rest are left out and counted. */
export const callsMax = 50_000;

export interface CallGraph {
  readonly callees: ReadonlyMap<string, ReadonlySet<string>>;
  readonly leftOut: number;
}

/** The given calls and those that a dependency's metric proves. */
export function callGraphOf(input: EvidenceInput): CallGraph {
  const callees = new Map<string, Set<string>>();
  const given = input.calls ?? [];
  const add = (caller: string, callee: string): void => {
    if (caller === callee) return;
    const known = callees.get(caller);
    if (known === undefined) callees.set(caller, new Set([callee]));
    else known.add(callee);
  };
  for (const [caller, callee] of given.slice(0, callsMax)) add(caller, callee);
  for (const { service, callee } of input.series ?? []) {
    if (callee !== undefined) add(service, callee);
  }
  return { callees, leftOut: Math.max(given.length - callsMax, 0) };
}

export type CalleesOf = (service: string) => ReadonlySet<string>;

/** A service of which nothing is measured cannot be ruled out: what it calls counts as called by its own callers. */
export function throughUnmeasured(graph: CallGraph, measured: ReadonlySet<string>): CalleesOf {
  const found = new Map<string, ReadonlySet<string>>();
  return (service) => {
    const known = found.get(service);
    if (known !== undefined) return known;
    const callees = new Set(graph.callees.get(service));
    for (const callee of callees) {
      if (measured.has(callee)) continue;
      for (const behind of graph.callees.get(callee) ?? []) callees.add(behind);
    }
    callees.delete(service);
    found.set(service, callees);
    return callees;
  };
}

/** The start and what is reached from it by stepping only onto anomalous services. */
export function reachedFrom(
  start: string,
  calleesOf: CalleesOf,
  isAnomalous: (service: string) => boolean,
): ReadonlySet<string> {
  const reached = new Set([start]);
  for (const service of reached) {
    for (const callee of calleesOf(service)) {
      if (isAnomalous(callee)) reached.add(callee);
    }
  }
  return reached;
}
