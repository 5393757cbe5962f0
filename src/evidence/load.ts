/** Whose load rose: more work asked of a service is another thing than a service that asks for more. */

import { callersOf, type CallGraph } from "./call-graph.ts";
import type { Alert } from "./input.ts";

/** One series of kind `requests`: of the service itself, or what a caller measures of it. */
export interface LoadSeries {
  readonly service: string;
  readonly rose: boolean;
}

export interface Loads {
  /** At least one series of it rose. */
  readonly some: ReadonlySet<string>;
  /** Every series of it rose. */
  readonly all: ReadonlySet<string>;
  readonly known: ReadonlySet<string>;
}

export function loadsOf(series: readonly LoadSeries[]): Loads {
  const known = new Set(series.map(({ service }) => service));
  const calm = new Set(series.filter(({ rose }) => !rose).map(({ service }) => service));
  const some = new Set(series.filter(({ rose }) => rose).map(({ service }) => service));
  return { known, some, all: known.difference(calm) };
}

/**
 * More is asked of the alerting service, or of any where none alerts; not of one that merely asks more of others, nor of
 * one whose callers are not known to be asked more themselves.
 */
export function hasMoreTraffic(loads: Loads, alert: Alert | undefined, graph: CallGraph): boolean {
  if (alert?.service === undefined) return loads.all.size > 0;
  const above = callersAbove(alert.service, graph);
  const isPassedOn = above.size === 0 || [...above].some((caller) => loads.some.has(caller));
  const isCalm = [...above].some((caller) => loads.known.has(caller) && !loads.some.has(caller));
  return loads.all.has(alert.service) && isPassedOn && !isCalm;
}

/** More is asked of it, and nothing says that more is asked of those who ask. */
export function isAskedMoreByCallers(service: string, loads: Loads, graph: CallGraph): boolean {
  const above = callersAbove(service, graph);
  return loads.some.has(service) && above.size > 0 && above.isDisjointFrom(loads.some);
}

/** Whoever calls it, directly or through others. */
function callersAbove(service: string, graph: CallGraph): ReadonlySet<string> {
  return callersOf([service], graph, () => true).difference(new Set([service]));
}

/**
 * Services whose load rose though that of none of their callers did: a caller does more per request (a query in a loop,
 * retries, a cache that no longer answers), so their own trouble points to the caller.
 */
export function overloadedByCallers(graph: CallGraph, loads: Loads): ReadonlySet<string> {
  const knownCallers = new Map<string, string[]>();
  for (const [caller, callees] of graph.callees) {
    if (!loads.known.has(caller)) continue;
    for (const callee of callees) {
      const callers = knownCallers.get(callee);
      if (callers === undefined) knownCallers.set(callee, [caller]);
      else callers.push(caller);
    }
  }
  const isDriven = (service: string): boolean =>
    knownCallers.get(service)?.every((caller) => !loads.all.has(caller)) ?? false;
  return new Set([...loads.some].filter(isDriven));
}
