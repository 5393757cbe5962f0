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

/** The start and what is reached from it by stepping only onto such services. */
export function reachedFrom(
  start: string,
  { callees }: CallGraph,
  isStep: (service: string) => boolean,
): ReadonlySet<string> {
  const reached = new Set([start]);
  for (const service of reached) {
    for (const callee of callees.get(service) ?? []) if (isStep(callee)) reached.add(callee);
  }
  return reached;
}

/** Whoever calls one of these, directly or through others that can be passed. */
export function callersOf(
  services: Iterable<string>,
  graph: CallGraph,
  isPassed: (service: string) => boolean,
): ReadonlySet<string> {
  const direct = new Map<string, string[]>();
  for (const [caller, callees] of graph.callees) {
    for (const callee of callees) {
      const known = direct.get(callee);
      if (known === undefined) direct.set(callee, [caller]);
      else known.push(caller);
    }
  }
  const found = new Set([...services].flatMap((service) => direct.get(service) ?? []));
  for (const caller of found) {
    if (isPassed(caller)) for (const next of direct.get(caller) ?? []) found.add(next);
  }
  return found;
}
