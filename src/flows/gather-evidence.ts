/** Reads every source at once, each under its own deadline; a silent one becomes a stated gap. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import { likelyOnset } from "../evidence/likely-onset.ts";
import type { Alert, ChangeRecord, EvidenceInput, SourcedSeries } from "../evidence/input.ts";
import type { Gap } from "../incident/timeline.ts";
import { changesRead } from "./changes-read.ts";
import type { ChangesRead } from "./changes-read.ts";
import type { Changes, Metrics, Reading, Sources, Window, World } from "./ports.ts";
import { servicesToRead } from "./services-to-read.ts";

const sourceTimeoutMs = 5_000;
/** Of metrics, before now; changes look back further by themselves. */
const lookBackMinutes = 60;
/** Without a catalog the names come from the servers themselves; why one gave none is a gap of its own. */
const noServices = "no service is known to read";

export interface Gathered {
  /** The series in it are SourcedSeries: citations open their queries. */
  readonly input: Omit<EvidenceInput, "series"> & { readonly series: readonly SourcedSeries[] };
  readonly gaps: readonly Gap[];
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
}

/** Never rejects for a source's sake; takes at most the sources' deadline and a little. */
export async function gatherEvidence(
  world: Pick<World, "deadline" | "meter" | "now">,
  question: Question,
): Promise<Gathered> {
  const { sources, service, alert } = question;
  const { services, leftOut } = servicesToRead(sources, service);
  const onset = question.onset ?? sources.now;
  const from = new Date(
    Math.min(onset.getTime(), sources.now.getTime()) - lookBackMinutes * 60_000,
  );
  const window: Window = { from, onset, to: sources.now };
  const [metrics, changes] = await Promise.all([
    Promise.all(sources.metrics.map((source) => readMetrics(world, source, services, window))),
    Promise.all(
      sources.changes.map((source) =>
        services.length === 0
          ? unread<ChangeRecord>(source)
          : bounded(world, source, (signal) => source.recent(services, window, signal)),
      ),
    ),
  ]);
  const readings = [...metrics, ...changes];
  const told = changesRead(sources.changes, changes, service === null ? services : [service]);
  const input = {
    onset: onset.getTime() / 1000,
    end: sources.now.getTime() / 1000,
    alert,
    series: metrics.flatMap(({ items }) => items),
    calls: callsAmong(sources.catalog),
    changes: withoutRepeats(changes.flatMap(({ items }) => items)),
    ...(service?.environments[0] === undefined ? {} : { environment: service.environments[0] }),
  };
  return {
    input: question.onset === null ? { ...input, onset: likelyOnset(input) } : input,
    gaps: [...gapsOf(sources, readings), ...told.gaps],
    leftOut: [...leftOut, ...readings.flatMap((reading) => reading.leftOut)],
    told,
    readAt: sources.now,
  };
}

interface Read<T> extends Reading<T> {
  readonly gap: Gap | null;
}

function readMetrics(
  world: Pick<World, "deadline" | "meter" | "now">,
  source: Metrics,
  services: readonly Service[],
  window: Window,
): Promise<Read<SourcedSeries>> {
  const its = services.filter(({ metrics }) => (metrics?.source ?? source.key) === source.key);
  if (services.length === 0) return unread(source);
  if (its.length === 0) return Promise.resolve({ items: [], leftOut: [], gap: null });
  return bounded(world, source, (signal) => source.series(its, window, signal));
}

function unread<T>({ name }: Pick<Metrics | Changes, "name">): Promise<Read<T>> {
  return Promise.resolve({ items: [], leftOut: [], gap: { source: name, reason: noServices } });
}

/** Bounded twice: by the signal, and by the clock where a source does not heed it. */
async function bounded<T>(
  world: Pick<World, "deadline" | "meter" | "now">,
  source: Pick<Metrics | Changes, "name">,
  read: (signal: AbortSignal) => Promise<Reading<T>>,
): Promise<Read<T>> {
  const started = world.now().getTime();
  const signal = world.deadline(sourceTimeoutMs);
  const said = (isOk: boolean): void =>
    world.meter.sourceRead(source.name, (world.now().getTime() - started) / 1000, isOk);
  try {
    const reading = await Promise.race([read(signal), whenAborted(signal)]);
    said(true);
    return { ...reading, gap: null };
  } catch (error) {
    said(false);
    const reason = signal.aborted ? `no answer in ${sourceTimeoutMs / 1000} s` : sentenceOf(error);
    return { items: [], leftOut: [], gap: { source: source.name, reason } };
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new Error("no answer in time"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
}

function sentenceOf(error: unknown): string {
  return error instanceof Error && error.message !== "" ? error.message : "it failed";
}

/** A server that could not be asked for names is named once, with its own words. */
function gapsOf(sources: Sources, readings: readonly { readonly gap: Gap | null }[]): Gap[] {
  const found = sources.found?.gaps ?? [];
  const others = readings
    .flatMap(({ gap }) => gap ?? [])
    .filter(({ source }) => !found.some((gap) => gap.source === source));
  return [...missingSources(sources), ...found, ...others];
}

function missingSources({ metrics, changes }: Sources): Gap[] {
  return [
    ...(metrics.length === 0 ? [{ source: "Metrics", reason: "no server is configured" }] : []),
    ...(changes.length === 0 ? [{ source: "Changes", reason: "no source is configured" }] : []),
  ];
}

function callsAmong({ services }: Catalog): (readonly [string, string])[] {
  return services.flatMap(({ name, dependsOn }) =>
    dependsOn.map((callee) => [name, callee] as const),
  );
}

/** Two sources may tell of the same change; the one that knows more of it stays. */
function withoutRepeats(changes: readonly ChangeRecord[]): ChangeRecord[] {
  const byId = new Map<string, ChangeRecord>();
  for (const change of changes) {
    const known = byId.get(`${change.kind}:${change.id}`);
    if (known === undefined || (known.diff ?? "").length < (change.diff ?? "").length) {
      byId.set(`${change.kind}:${change.id}`, change);
    }
  }
  return [...byId.values()];
}
