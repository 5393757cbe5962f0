/** Reads every source at once, each under its own deadline; a silent one becomes a stated gap. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import { formatCount } from "../evidence/format.ts";
import { isMeasuredOn, strayedSource } from "../catalog/measured-on.ts";
import { likelyOnset } from "../evidence/likely-onset.ts";
import type {
  Alert,
  ChangeRecord,
  EvidenceInput,
  LogLine,
  SourcedSeries,
} from "../evidence/input.ts";
import { thinned } from "../evidence/thinned.ts";
import type { Gap } from "../incident/timeline.ts";
import { bounded, type Read } from "./bounded-read.ts";
import { changesRead } from "./changes-read.ts";
import type { ChangesRead } from "./changes-read.ts";
import type { Changes, Logs, Metrics, Reading, Sources, Window, World } from "./ports.ts";
import { reconciled } from "./reconcile-changes.ts";
import { servicesToRead } from "./services-to-read.ts";
import { environmentOfIncident } from "./which-environment.ts";

/** Of metrics, before now; changes look back further by themselves. */
const lookBackMinutes = 60;
/** Of all sources' log lines, which are kept with the incident. */
const linesMax = 30_000;
const noServices = "no service is known to read";

export interface Gathered {
  /** The series in it are SourcedSeries: citations open their queries. */
  readonly input: Omit<EvidenceInput, "series"> & { readonly series: readonly SourcedSeries[] };
  /** By service: where the query behind its log lines can be opened. */
  readonly logPages: ReadonlyMap<string, string>;
  readonly gaps: readonly Gap[];
  /** Every source of metrics that was asked answered. */
  readonly isMeasured: boolean;
  readonly leftOut: readonly string[];
  /** How far the changes are the whole of what changed. */
  readonly told: ChangesRead;
  /** The sources' clock at the reading. */
  readonly readAt: Date;
}

export interface Question {
  readonly sources: Sources;
  /** null: not named; all services of the catalog are read. */
  readonly service: Service | null;
  /** When the trouble began; null: nobody has said, the evidence has to tell. */
  readonly onset: Date | null;
  readonly alert: Alert;
  /** It is the first reading of an incident; false by default. */
  readonly isWaitedFor?: boolean;
}

/** Never rejects for a source's sake; takes at most the sources' deadline and a little. */
export async function gatherEvidence(
  world: Pick<World, "deadline" | "meter" | "now">,
  question: Question,
): Promise<Gathered> {
  const { sources, service, alert } = question;
  const { services, leftOut } = servicesToRead(sources, service);
  const window = windowOf(question);
  const logPages = new Map<string, string>();
  const asked = { sources, services, window, logPages };
  const [metrics, changes, logs] = await Promise.all([
    Promise.all(sources.metrics.map((source) => readMetrics(world, source, asked))),
    Promise.all(sources.changes.map((source) => readChanges(world, source, asked))),
    Promise.all(sources.logs.map((source) => readLogs(world, source, asked))),
  ]);
  const readings = [...metrics, ...changes, ...logs];
  const series = metrics.flatMap(({ items }) => items);
  const changed = reconciled(changes.map(({ items }) => items));
  const told = changesRead(sources.changes, changes, service === null ? services : [service]);
  const lines = logs.flatMap(({ items }) => items);
  const input = {
    onset: window.onset.getTime() / 1000,
    end: sources.now.getTime() / 1000,
    alert,
    series,
    calls: callsAmong(sources.catalog),
    changes: changed,
    logs: thinned(lines, linesMax),
    ...environmentOfIncident(service, series, changed),
  };
  return {
    input: question.onset === null ? { ...input, ...foundOnset(input) } : input,
    logPages,
    gaps: [...gapsOf(sources, readings), ...strayed(services, sources), ...told.gaps],
    isMeasured: metrics.length > 0 && metrics.every(({ gap }) => gap === null),
    leftOut: [...leftOut, ...saidOnce(readings), ...linesLeftOut(lines.length)],
    told,
    readAt: sources.now,
  };
}

/** A source of several kinds may leave out the same of each. */
function saidOnce(readings: readonly Pick<Reading<unknown>, "leftOut">[]): Set<string> {
  return new Set(readings.flatMap(({ leftOut }) => leftOut));
}

function linesLeftOut(count: number): string[] {
  if (count <= linesMax) return [];
  const [over, all, max] = [count - linesMax, count, linesMax].map(formatCount);
  return [`${over} of ${all} log lines: the limit is ${max} a reading`];
}

function windowOf({ sources, onset, isWaitedFor = false }: Question): Window {
  const begun = onset ?? sources.now;
  const first = Math.min(begun.getTime(), sources.now.getTime());
  const from = new Date(first - lookBackMinutes * 60_000);
  return { from, onset: begun, to: sources.now, ...(isWaitedFor ? { isWaitedFor } : {}) };
}

/** Nobody has said when it began: the evidence tells, or it has not. */
function foundOnset(input: EvidenceInput): Pick<EvidenceInput, "onset" | "hasBegun"> {
  const onset = likelyOnset(input);
  return onset === null ? { onset: input.onset, hasBegun: false } : { onset };
}

interface Asked {
  readonly sources: Sources;
  readonly services: readonly Service[];
  readonly window: Window;
}

function readMetrics(
  world: Pick<World, "deadline" | "meter" | "now">,
  source: Metrics,
  { sources, services, window }: Asked,
): Promise<Read<SourcedSeries>> {
  const its = services.filter((service) => isMeasuredOn(service, source.key, keysOf(sources)));
  if (services.length === 0) return unread(source, sources);
  if (its.length === 0) return Promise.resolve({ items: [], leftOut: [], gap: null });
  return bounded(world, source, (signal) => source.series(its, window, signal));
}

function readChanges(
  world: Pick<World, "deadline" | "meter" | "now">,
  source: Changes,
  { sources, services, window }: Asked,
): Promise<Read<ChangeRecord>> {
  if (services.length === 0) return unread(source, sources);
  return bounded(world, source, (signal) => source.recent(services, window, signal));
}

/** Adds to `logPages` what it read. */
function readLogs(
  world: Pick<World, "deadline" | "meter" | "now">,
  source: Logs,
  asked: Asked & { readonly logPages: Map<string, string> },
): Promise<Read<LogLine>> {
  const { sources, services, window, logPages } = asked;
  if (services.length === 0) return unread(source, sources);
  return bounded(world, source, async (signal) => {
    const reading = await source.lines(services, window, signal);
    for (const [name, page] of reading.pages) logPages.set(name, page);
    return reading;
  });
}

/** Without a catalog the names come from the servers themselves; why one gave none is a gap of its own, and then nothing is missing. */
function unread<T>(
  { name }: Pick<Metrics | Changes | Logs, "name">,
  { found }: Sources,
): Promise<Read<T>> {
  const isMissing = (found?.gaps ?? []).length === 0;
  const gap = { source: name, reason: noServices };
  return Promise.resolve({
    items: [],
    leftOut: [],
    gap: isMissing ? { ...gap, missing: "services" } : gap,
  });
}

/** Once each: of a server that could not be asked for names, and of a source of several kinds, with its first words. */
function gapsOf(sources: Sources, readings: readonly { readonly gap: Gap | null }[]): Gap[] {
  const found = sources.found?.gaps ?? [];
  const read = readings.flatMap(({ gap }) => gap ?? []);
  const said = Map.groupBy([...found, ...read], ({ source }) => source);
  return [...missingSources(sources), ...[...said.values()].flatMap(([first]) => first ?? [])];
}

/** Of the servers that have one: a source that serves all has none. */
function keysOf({ metrics }: Sources): string[] {
  return metrics.flatMap(({ key }) => key ?? []);
}

function strayed(services: readonly Service[], sources: Sources): Gap[] {
  return services.flatMap((service): Gap[] => {
    const source = strayedSource(service, keysOf(sources));
    if (source === undefined) return [];
    return [{ source: `metrics of ${service.name}`, reason: `no server is called ${source}` }];
  });
}

function missingSources({ metrics, changes }: Sources): Gap[] {
  const noMetrics: Gap = {
    source: "Metrics",
    reason: "no server is configured",
    missing: "metrics",
  };
  const noChanges: Gap = {
    source: "Changes",
    reason: "no source is configured",
    missing: "changes",
  };
  return [
    ...(metrics.length === 0 ? [noMetrics] : []),
    ...(changes.length === 0 ? [noChanges] : []),
  ];
}

function callsAmong({ services }: Catalog): (readonly [string, string])[] {
  return services.flatMap(({ name, dependsOn }) =>
    dependsOn.map((callee) => [name, callee] as const),
  );
}
