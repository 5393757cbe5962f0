/** Which service the trouble most likely sits in: own shifts, what callers see of it, and its place in the call graph. */

import { callersOf, reachedFrom, type CallGraph } from "./call-graph.ts";
import { commonShares } from "./common-mode.ts";

import { overloadedByCallers, type Loads } from "./load.ts";
import { bestFirst } from "./numbers.ts";
import { isShifted, type Shift } from "./shifts.ts";
import { internalKinds, probedServices } from "./probes.ts";
import type { SuspectService } from "./diagnosis.ts";
import type { Alert, EvidenceInput, Series } from "./input.ts";
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
const failing: ReadonlySet<MetricKind> = new Set(["errors", "availability"]);
/** Latency and failure are two faces of one trouble, but a walk follows the face that alerted. */
const otherKindWeight = 0.7;
/** Where the alert names a kind, other kinds of evidence count this much beside it. */
const otherFacetWeight = 0.5;
/** What the second-best kind of evidence adds to the best. */
const supportWeight = 0.5;
const explainedByCalleeWeight = 0.6;
const unreachedWeight = 0.5;
const cancelledWeight = 0.3;
/** A saturated caller waits longer for one that answers as ever: it is the caller that is late to listen. */
const deniedWeight = 0.1;
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
  const driven = overloadedByCallers(ranking.graph, ranking.loads);
  const isAnomalous = (service: string): boolean => {
    const { walked = 0, logs = 0 } = strengths.get(service) ?? {};
    return !driven.has(service) && (logs > 0 || isShifted({ score: walked }));
  };
  // A service of which nothing is measured cannot be ruled out: both walks go through it.
  const measured = measuredIn(ranking);
  const isUnmeasured = (service: string): boolean => !measured.has(service);
  const isStep = (service: string): boolean => isUnmeasured(service) || isAnomalous(service);
  const anomalous = ranking.names.filter(isAnomalous);
  const callers = callersOf(anomalous, ranking.graph, isUnmeasured);
  const start = ranking.alert?.service;
  const reached = start === undefined ? null : reachedFrom(start, ranking.graph, isStep);
  const placeOf = (service: string): Place => {
    const explained = callers.has(service) ? explainedByCalleeWeight : 1;
    const near = reached === null || reached.has(service) ? 1 : unreachedWeight;
    const own = near * (driven.has(service) ? drivenWeight : 1);
    return { own, spreading: own * explained };
  };
  return bestFirst(
    ranking.names.map((service) => ({
      service,
      score: evidenceFor(strengths.get(service), placeOf(service), ranking.alert),
    })),
  );
}

function measuredIn({ shifts, logStrengths }: RankingInput): ReadonlySet<string> {
  return new Set([
    ...shifts.map(({ series }) => series.callee ?? series.service),
    ...logStrengths.keys(),
  ]);
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

/** Weights by where a service stands: of what is its own, and of what may have spread to it from a callee. */
interface Place {
  readonly own: number;
  readonly spreading: number;
}

function evidenceFor(
  strengths: Strengths | undefined,
  place: Place,
  alert: Alert | undefined,
): number {
  if (strengths === undefined) return 0;
  const { asAlerted, external, internal, seenByCallers, logs } = strengths;
  const other = alert?.kind === undefined ? 1 : otherFacetWeight;
  const alerted = internalKinds.has(alert?.kind ?? "other") ? place.own : place.spreading;
  const [best = 0, second = 0, third = 0] = [
    alerted * Math.log1p(asAlerted),
    other * place.own * Math.log1p(internal),
    other * place.spreading * Math.log1p(external),
    other * place.spreading * Math.log1p(seenByCallers),
    other * place.spreading * Math.log1p(logs),
  ].toSorted((x, y) => y - x);
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
  const commonShareOf = commonShares(ranking.shifts);
  const probed = probedServices(
    ranking.graph,
    ranking.shifts.map(({ series }) => series),
  );
  const isDenied = deniedCalls(ranking.shifts);
  for (const { series, score: measured } of ranking.shifts) {
    const believed = isDenied(series) ? deniedWeight : 1;
    const blame = isCallersDoing(series) ? cancelledWeight : believed;
    const score = measured * (1 - commonShareOf(series)) * blame;
    const callee = series.callee ?? probed.get(series.service);
    const blamed = of(callee ?? series.service);
    if (callee !== undefined) {
      blamed.seenByCallers = Math.max(blamed.seenByCallers, score);
    } else if (internalKinds.has(series.kind)) {
      blamed.internal = Math.max(blamed.internal, score);
    } else {
      blamed.external = Math.max(blamed.external, score);
    }
    const isAlerted = isSameFace(series.kind, ranking.alert?.kind);
    if (isAlerted) blamed.asAlerted = Math.max(blamed.asAlerted, score);
    const followed = isCallersDoing(series) ? 0 : walkWeight(series.kind, ranking.alert?.kind);
    blamed.walked = Math.max(blamed.walked, score * followed);
  }
  for (const [service, strength] of ranking.logStrengths) of(service).logs = strength;
  return strengths;
}

/**
 * Latency that a saturated caller measures of a callee which measured its own and saw none of it; and, of a caller that
 * one callee denies so, of every other callee that does not confirm it.
 */
function deniedCalls(shifts: readonly Shift[]): (series: Series) => boolean {
  const shiftedOf = (kind: MetricKind): Shift[] =>
    shifts.filter((shift) => shift.series.kind === kind && isShifted(shift));
  const late = ownersOf(shiftedOf("latency"));
  const saturated = ownersOf(shiftedOf("saturation"));
  const prompt = ownersOf(shifts.filter(({ series }) => series.kind === "latency")).difference(
    late,
  );
  const denied = new Set(
    shiftedOf("latency")
      .filter(({ series }) => saturated.has(series.service) && prompt.has(series.callee ?? ""))
      .map(({ series }) => series.service),
  );
  return ({ kind, service, callee }) =>
    kind === "latency" && callee !== undefined && denied.has(service) && !late.has(callee);
}

/** Services that measured one of these themselves. */
function ownersOf(shifts: readonly Shift[]): Set<string> {
  return new Set(shifts.flatMap(({ series }) => (series.callee ? [] : [series.service])));
}

/** A request that the server calls cancelled was given up by its client: a deadline there, not a failure here. */
function isCallersDoing({ name }: Series): boolean {
  return /cancel/i.test(name);
}

/** Errors and availability are one face, told from two sides. */
function isSameFace(kind: MetricKind, alerted: MetricKind | undefined): boolean {
  return kind === alerted || (failing.has(kind) && alerted !== undefined && failing.has(alerted));
}

function walkWeight(kind: MetricKind, alertKind: MetricKind | undefined): number {
  if (isSameFace(kind, alertKind)) return 1;
  if (!spreadingKinds.has(kind)) return 0;
  return alertKind === undefined ? 1 : otherKindWeight;
}
