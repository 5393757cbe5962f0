/** Which service the trouble most likely sits in: own shifts, what callers see of it, and its place in the call graph. */

import { reachedFrom, type CallGraph } from "./call-graph.ts";
import { overloadedByCallers, type Loads } from "./load.ts";
import { bestFirst } from "./numbers.ts";
import { isShifted, type Shift } from "./shifts.ts";
import type { SuspectService } from "./diagnosis.ts";
import type { Alert, EvidenceInput } from "./input.ts";
import type { MetricKind } from "../vocabulary.ts";

/** Kinds that spread from callee to caller; a shift of another kind at a callee explains nothing at its caller. */
const spreadingKinds: ReadonlySet<MetricKind> = new Set([
  "latency",
  "errors",
  "availability",
  "saturation",
  "queue",
  "restarts",
]);
const internalKinds: ReadonlySet<MetricKind> = new Set(["cpu", "memory", "disk", "restarts"]);
/** Latency and failure are two faces of one trouble, but a walk follows the face that alerted. */
const otherKindWeight = 0.7;
/** Where the alert names a kind, other kinds of evidence count this much beside it. */
const otherFacetWeight = 0.5;
/** What the second-best kind of evidence adds to the best. */
const supportWeight = 0.5;
const explainedByCalleeWeight = 0.6;
const unreachedWeight = 0.5;
/** A service that its callers ask more of than they are asked themselves. */
const drivenWeight = 0.5;

/** Strongest weighted shifts of one service, each 0 to 100. */
interface Strengths {
  /** In the alert's own kind, whoever measured it. */
  asAlerted: number;
  /** Latency, errors and load as the service itself reports them. */
  external: number;
  internal: number;
  /** What callers measure of it. */
  seenByCallers: number;
  /** What a walk along the call graph follows: the alert's kind before others. */
  walked: number;
  /** Surging error lines, 0 to 100. */
  logs: number;
}

export interface RankingInput {
  readonly names: readonly string[];
  readonly shifts: readonly Shift[];
  readonly graph: CallGraph;
  readonly loads: Loads;
  readonly alert: Alert | undefined;
  /** Strength of surging error lines by service, 0 to 100. */
  readonly logStrengths: ReadonlyMap<string, number>;
}

/** Every name, best first; scores are on a logarithmic scale, 0 where nothing is known. */
export function rankedServices(ranking: RankingInput): SuspectService[] {
  const strengths = strengthsByService(ranking);
  const walked = (service: string): number => strengths.get(service)?.walked ?? 0;
  const driven = overloadedByCallers(ranking.graph, ranking.loads);
  const isAnomalous = (service: string): boolean =>
    !driven.has(service) && isShifted({ score: walked(service) });
  const start = ranking.alert?.service;
  const reached = start === undefined ? null : reachedFrom(start, ranking.graph, isAnomalous);
  const placeOf = (service: string): number => {
    const callees = ranking.graph.callees.get(service) ?? new Set<string>();
    const explained = [...callees].some(isAnomalous) ? explainedByCalleeWeight : 1;
    const near = reached === null || reached.has(service) ? 1 : unreachedWeight;
    return explained * near * (driven.has(service) ? drivenWeight : 1);
  };
  return bestFirst(
    ranking.names.map((service) => ({
      service,
      score: evidenceFor(strengths.get(service), ranking.alert) * placeOf(service),
    })),
  );
}

/** Every name that the input mentions, once. */
export function namesIn(input: EvidenceInput): string[] {
  const names = new Set<string>();
  if (input.alert?.service !== undefined) names.add(input.alert.service);
  for (const { service, callee } of input.series ?? []) {
    names.add(service);
    if (callee !== undefined) names.add(callee);
  }
  for (const [caller, callee] of input.calls ?? []) names.add(caller).add(callee);
  for (const { service } of input.changes ?? []) if (service !== undefined) names.add(service);
  for (const { service } of input.logs ?? []) names.add(service);
  return [...names];
}

function evidenceFor(strengths: Strengths | undefined, alert: Alert | undefined): number {
  if (strengths === undefined) return 0;
  const { asAlerted, external, internal, seenByCallers, logs } = strengths;
  const other = alert?.kind === undefined ? 1 : otherFacetWeight;
  const facets = [external, internal, seenByCallers, logs].map(
    (strength) => other * Math.log1p(strength),
  );
  const [best = 0, second = 0, third = 0] = [...facets, Math.log1p(asAlerted)].toSorted(
    (x, y) => y - x,
  );
  return best + supportWeight * second + supportWeight ** 2 * third;
}

function strengthsByService(ranking: RankingInput): ReadonlyMap<string, Strengths> {
  const strengths = new Map<string, Strengths>();
  const of = (service: string): Strengths => {
    const known = strengths.get(service);
    if (known !== undefined) return known;
    const fresh = { asAlerted: 0, external: 0, internal: 0, seenByCallers: 0, walked: 0, logs: 0 };
    strengths.set(service, fresh);
    return fresh;
  };
  for (const { series, score } of ranking.shifts) {
    const blamed = of(series.callee ?? series.service);
    if (series.callee !== undefined) {
      blamed.seenByCallers = Math.max(blamed.seenByCallers, score);
    } else if (internalKinds.has(series.kind)) {
      blamed.internal = Math.max(blamed.internal, score);
    } else {
      blamed.external = Math.max(blamed.external, score);
    }
    if (series.kind === ranking.alert?.kind) blamed.asAlerted = Math.max(blamed.asAlerted, score);
    blamed.walked = Math.max(blamed.walked, score * walkWeight(series.kind, ranking.alert?.kind));
  }
  for (const [service, strength] of ranking.logStrengths) of(service).logs = strength;
  return strengths;
}

function walkWeight(kind: MetricKind, alertKind: MetricKind | undefined): number {
  if (kind === alertKind) return 1;
  if (!spreadingKinds.has(kind)) return 0;
  return alertKind === undefined ? 1 : otherKindWeight;
}
