/** Reads what a model wants to know before it answers a question: each tool bounded in time and in what it gives, none changes anything. */

import type { Service } from "../catalog/catalog.ts";
import { serviceNamedIn } from "../catalog/find-service.ts";
import { isMeasuredOn } from "../catalog/measured-on.ts";
import type { ChangeRecord } from "../evidence/input.ts";
import { environmentOf } from "../evidence/liveness.ts";
import type { Gap } from "../incident/timeline.ts";
import { nearestNames, seriesNamedIn } from "../message/find-series.ts";
import { lookedAt } from "../model/looked.ts";
import * as items from "../model/read-items.ts";
import { note, type ReadItem } from "../model/read-items.ts";
import type { Wanted } from "../model/tools.ts";
import type { ChannelId } from "../vocabulary.ts";
import { bounded } from "./bounded-read.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import { lookBackHours } from "./look-back.ts";
import type { Reading, Sources, Window, World } from "./ports.ts";
import { pastIncidents, readFile, readRunbook } from "./question-texts.ts";
import type { Shown } from "./show-incident.ts";

const servicesNamedMax = 12;

export interface ToolRead {
  /** "p99 of payments": what was looked at, for people; in no word the model's. */
  readonly looked: string;
  readonly items: readonly ReadItem[];
}

export interface Asking {
  readonly channel: ChannelId;
  readonly sources: Sources;
  readonly shown: Shown;
  /** That were gathered: of the incident, and from here on those that are listed for the question. */
  readonly changes: ChangeRecord[];
  /** Strikes out secrets, before what was read is cut. */
  readonly clean: (text: string) => string;
}

/** What is about to be looked at, for people. */
export function toolLooksAt({ sources }: Pick<Asking, "sources">, wanted: Wanted): string {
  return lookedAt(wanted.name, serviceOf(sources, wanted)?.name ?? null);
}

function serviceOf({ catalog }: Sources, wanted: Wanted): Service | null {
  return wanted.name === "past_incidents" ? null : serviceNamedIn(wanted.of.service, catalog);
}

/** Never rejects for a source's sake: what could not be read is a note that says so. */
export async function readTool(world: World, asking: Asking, wanted: Wanted): Promise<ToolRead> {
  if (wanted.name === "past_incidents") return pastIncidents(world, asking, wanted.of.about);
  const service = serviceOf(asking.sources, wanted);
  if (service === null) return noSuchService(asking, wanted);
  switch (wanted.name) {
    case "read_metric":
      return readMetric(world, asking, service, wanted.of);
    case "read_logs":
      return readLogs(world, asking, service, wanted.of);
    case "list_changes":
      return listChanges(world, asking, service);
    case "read_file":
      return readFile(world, asking, service, wanted.of);
    case "read_runbook":
      return readRunbook(world, asking, service);
  }
}

function noSuchService({ sources }: Asking, { name }: Wanted): ToolRead {
  const names = sources.catalog.services.map((each) => each.name).slice(0, servicesNamedMax);
  const none = note(`no such service is known here; known are ${names.join(", ")}`);
  return { looked: lookedAt(name, null), items: [none] };
}

/** The last minutes by the sources' clock. */
function windowOf({ sources }: Asking, minutes: number): Window {
  const from = new Date(sources.now.getTime() - minutes * 60_000);
  return { from, onset: from, to: sources.now };
}

async function readMetric(
  world: World,
  asking: Asking,
  service: Service,
  { metric, minutes }: { readonly metric: string; readonly minutes: number },
): Promise<ToolRead> {
  const { sources, shown } = asking;
  const window = windowOf(asking, minutes);
  const keys = sources.metrics.flatMap(({ key }) => key ?? []);
  const its = sources.metrics.filter(({ key }) => isMeasuredOn(service, key, keys));
  const readings = await Promise.all(
    its.map((source) =>
      bounded(world, source, (signal) => source.series([service], window, signal)),
    ),
  );
  const series = readings.flatMap(({ items: read }) => read);
  const named = `${metric} of ${service.name}`;
  const found = seriesNamedIn(named, series);
  if (found === null) {
    const near = nearestNames(named, series);
    const instead =
      near.length === 0 ? "nothing of it is measured" : `there are ${near.join(", ")}`;
    const none = note(`no such metric of ${service.name} was read; ${instead}`);
    const looked = lookedAt("read_metric", service.name);
    return { looked, items: [none, ...unread(service, readings)] };
  }
  const [from, to] = [window.from, window.to].map((at) => at.getTime() / 1_000);
  const onset = shown.incident.since.getTime() / 1_000;
  const span = { from: from ?? 0, to: to ?? 0 };
  const isWithin = onset > span.from && onset < span.to;
  const read = items.metricRead(found, { ...span, onset: isWithin ? onset : null });
  return { looked: items.seriesPlace(found), items: [read, ...unread(service, readings)] };
}

async function readLogs(
  world: World,
  asking: Asking,
  service: Service,
  { words, minutes }: { readonly words: string; readonly minutes: number },
): Promise<ToolRead> {
  const { sources, clean } = asking;
  const window = windowOf(asking, minutes);
  const pages: string[] = [];
  const readings = await Promise.all(
    sources.logs.map((source) =>
      bounded(world, source, async (signal) => {
        const reading = await source.lines([service], window, signal);
        pages.push(...reading.pages.values());
        return reading;
      }),
    ),
  );
  const lines = readings.flatMap(({ items: read }) => read);
  const looked = lookedAt("read_logs", service.name);
  if (sources.logs.length === 0)
    return { looked, items: [note(`no logs of ${service.name} can be read`)] };
  const from = window.from.getTime() / 1_000;
  const read = items.logsRead(service.name, lines, { words, from, url: pages[0], clean });
  return { looked, items: [...read, ...unread(service, readings)] };
}

async function listChanges(world: World, asking: Asking, service: Service): Promise<ToolRead> {
  const { sources, shown, changes } = asking;
  const gathered = await gatherEvidence(world, {
    sources: { ...sources, metrics: [], logs: [] },
    service,
    onset: shown.incident.since,
    alert: {},
  });
  const { input, gaps } = gathered;
  changes.push(...(input.changes ?? []));
  const told = { hours: lookBackHours, environment: environmentOf(input) };
  const read = items.changesRead(service.name, input.changes ?? [], told);
  const silent = gaps.filter(({ source }) => source !== "Metrics").map((gap) => ({ gap }));
  const looked = lookedAt("list_changes", service.name);
  return { looked, items: [...read, ...unread(service, silent)] };
}

function unread(
  service: Service,
  readings: readonly Pick<Reading<unknown> & { readonly gap: Gap | null }, "gap">[],
): ReadItem[] {
  return readings.flatMap(({ gap }) =>
    gap === null
      ? []
      : [note(`${gap.source} could not be read for ${service.name}: ${gap.reason}`)],
  );
}
