/** The evidence engine: what was gathered → what shifted, where, and which change was in flight (DESIGN §5). */

import { boundedSeries, endOf, seriesMax } from "./bounds.ts";
import { callGraphOf, callsMax } from "./call-graph.ts";
import { judgedChanges, type ChangeVerdict } from "./changes.ts";
import { confidenceOf } from "./confidence.ts";
import { findingsOf } from "./findings.ts";
import { environmentOf } from "./liveness.ts";
import { flatMemoryInUse } from "./memory-in-use.ts";
import { isAskedMoreByCallers, loadsOf, type LoadSeries } from "./load.ts";
import { readLogs, type LogReading, type LogSurge } from "./logs.ts";
import { bestFirst } from "./numbers.ts";
import { changePoint, refinedOnset } from "./onset.ts";
import { recoveryOf } from "./recovery.ts";
import { cleaned, pointsMax, samplesUntil, type Samples } from "./samples.ts";
import { scopeOf } from "./scope.ts";
import { namesIn, rankedServices } from "./services.ts";
import { isShifted, shiftOf, type Shift } from "./shifts.ts";
import { evidenceWords, isQuiet, noChangeOdds, outsideOf, type Troubles } from "./troubles.ts";
import type { Diagnosis, LogTemplate, ShiftedMetric, SuspectService } from "./diagnosis.ts";
import type { EvidenceInput, Point, Series, SourcedSeries } from "./input.ts";

/** The answer lists at most this many shifted metrics. */
const metricsMax = 200;

/** Suspicion of a change at a caller that asks more of the first suspect than it is asked itself. */
const callerShareMin = 0.7;

/** What was read and found, before anything is said about it. */
interface Reading extends Troubles {
  /** Refined. */
  readonly onset: number;
  readonly end: number;
  readonly input: EvidenceInput;
  readonly series: readonly Series[];
  readonly shifts: readonly Shift[];
  /** As it is now, also where the trouble is over. */
  readonly newest: ReadonlyMap<Series, Point | null>;
}

/** Pure and bounded; what a limit kept out is in `leftOut`. */
export function diagnose(input: EvidenceInput): Diagnosis {
  const reading = readingOf(input);
  const services = rankedServices({
    names: namesIn(input),
    shifts: reading.shifts,
    graph: reading.graph,
    loads: reading.loads,
    alert: input.alert,
    logStrengths: logStrengths(reading.logs),
  });
  const verdict = verdictOf(reading, services);
  const known = {
    onset: reading.onset,
    services,
    metrics: reading.shifted.slice(0, metricsMax).map((shift) => metricOf(shift, reading)),
    scope: scopeOf(reading.shifts, input.alert),
    changes: verdict.changes,
    noChange: verdict.noChange,
    logs: reading.logs.surges.map(templateOf),
    confidence: confidenceOf(services, reading),
    examined: examinedIn(reading),
    leftOut: [...leftOutOf(reading), ...verdict.leftOut],
  };
  const read = {
    series: reading.series.length,
    lines: input.logs?.length ?? 0,
    services: new Set(reading.series.map(({ service }) => service)).size,
  };
  const outside = outsideOf(reading);
  const flat = flatBeside(reading);
  return {
    ...known,
    findings: findingsOf({ diagnosis: known, placed: verdict.placed, read, flat, outside }),
  };
}

function readingOf(input: EvidenceInput): Reading {
  const series = boundedSeries(input);
  const end = endOf(input);
  const read = series.map((one) => ({ series: one, samples: cleaned(one.points, end) }));
  const over = recoveryOf(read, input.alert, input.onset) ?? Infinity;
  const shiftsAt = (onset: number): Shift[] =>
    read.map((one) => shiftOf(one.series, samplesUntil(one.samples, over), onset));
  const given = shiftsAt(input.onset);
  const onset =
    input.hasBegun === false ? input.onset : refinedOnset(given, input.alert, input.onset);
  const shifts = onset === input.onset ? given : shiftsAt(onset);
  return {
    input,
    series,
    onset,
    end,
    shifts,
    shifted: bestFirst(shifts.filter(isShifted)),
    newest: new Map(read.map((one) => [one.series, newestOf(one.samples)])),
    logs: readLogs(input.logs ?? [], onset, end),
    alert: input.alert,
    loads: loadsOf(shifts.filter(({ series: one }) => one.kind === "requests").map(loadOf)),
    isBlind:
      read.every(({ samples }) => samples.at.length === 0) && (input.logs ?? []).length === 0,
    graph: callGraphOf(input),
  };
}

function verdictOf(reading: Reading, services: readonly SuspectService[]): ChangeVerdict {
  const changes = reading.input.changes ?? [];
  return judgedChanges({
    changes,
    onset: reading.onset,
    environment: environmentOf(reading.input),
    suspicion: suspicionIn(reading, services),
    words: evidenceWords(reading),
    noChangeOdds: noChangeOdds(reading, changes.length),
  });
}

function loadOf(shift: Shift): LoadSeries {
  const { service, callee } = shift.series;
  return { service: callee ?? service, rose: isShifted(shift) && shift.direction === "up" };
}

function newestOf({ at, value }: Samples): Point | null {
  const [time, last] = [at.at(-1), value.at(-1)];
  return time === undefined || last === undefined ? null : [time, last];
}

function metricOf(
  { series, samples, ...shift }: Shift,
  { onset, newest }: Pick<Reading, "onset" | "newest">,
): ShiftedMetric {
  const { service, name, kind } = series;
  const unit = unitOf(series);
  return {
    service,
    name,
    callee: series.callee ?? null,
    kind,
    ...(unit === undefined ? {} : { unit }),
    labels: series.labels ?? null,
    score: shift.score,
    direction: shift.direction,
    at: changePoint(series, samples, onset),
    before: shift.before,
    after: shift.after,
    latest: newest.get(series) ?? [onset, shift.after],
  };
}

function flatBeside({ shifted, shifts, ...reading }: Reading): (ShiftedMetric | null)[] {
  return shifted.slice(0, metricsMax).map((shift) => {
    const flat = flatMemoryInUse(shift, shifts);
    return flat === null ? null : metricOf(flat, reading);
  });
}

function unitOf(series: Series | SourcedSeries): string | undefined {
  return "source" in series ? series.source.unit : undefined;
}

function templateOf({ score: _score, isError: _isError, ...template }: LogSurge): LogTemplate {
  return template;
}

/** Surging error lines as a strength beside the shifts': half of their surprise, at most 50. */
function logStrengths({ surges }: LogReading): ReadonlyMap<string, number> {
  const strengths = new Map<string, number>();
  for (const { service, score, isError } of surges) {
    if (!isError) continue;
    strengths.set(service, Math.max(strengths.get(service) ?? 0, Math.min(score, 100) / 2));
  }
  return strengths;
}

/** Scores as shares of the first's; where nothing could be read the alerting service is the only suspect. */
function suspicionIn(
  reading: Reading,
  services: readonly SuspectService[],
): ReadonlyMap<string, number> {
  const alerting = reading.alert?.service;
  if (reading.isBlind) return new Map(alerting === undefined ? [] : [[alerting, 1]]);
  const max = services[0]?.score ?? 0;
  if (isQuiet(reading) || max === 0) return new Map();
  const shares = new Map(services.map(({ service, score }) => [service, score / max]));
  const first = services[0]?.service ?? "";
  if (isAskedMoreByCallers(first, reading.loads, reading.graph)) {
    for (const caller of shiftedCallersOf(first, reading)) {
      shares.set(caller, Math.max(shares.get(caller) ?? 0, callerShareMin));
    }
  }
  return shares;
}

/** Who calls the first suspect and moved itself. */
function shiftedCallersOf(first: string, { graph, shifted }: Reading): string[] {
  const moved = new Set(shifted.map(({ series }) => series.service));
  return [...moved].filter((service) => graph.callees.get(service)?.has(first) === true);
}

function examinedIn({ series, shifted, logs }: Reading): string[] {
  const moved = new Set([
    ...shifted.map((shift) => shift.series.callee ?? shift.series.service),
    ...logs.surges.map(({ service }) => service),
  ]);
  const examined = new Set(series.map(({ service, callee }) => callee ?? service));
  return [...examined].filter((service) => !moved.has(service));
}

function leftOutOf({ input, series, shifted, graph, logs }: Reading): string[] {
  const unread = (input.series?.length ?? 0) - series.length;
  const long = series.filter(({ points }) => points.length > pointsMax).length;
  const unlisted = shifted.length - metricsMax;
  return [
    ...(unread > 0 ? [`${unread} series: the limit is ${seriesMax}`] : []),
    ...(long > 0 ? [`the oldest points of ${long} series: the limit is ${pointsMax}`] : []),
    ...(unlisted > 0 ? [`${unlisted} shifted metrics: the limit is ${metricsMax}`] : []),
    ...(graph.leftOut > 0 ? [`${graph.leftOut} calls: the limit is ${callsMax}`] : []),
    ...logs.leftOut,
  ];
}
