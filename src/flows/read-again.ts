/** Reads the evidence of an open incident again on its cadence, and edits the living message. */

import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { SourcedSeries } from "../evidence/input.ts";
import { stillShifted } from "../evidence/still-shifted.ts";
import { readingAfter } from "../incident/cadence.ts";
import type { Evidence } from "../incident/incident.ts";
import { headlineMetric } from "../message/headline-metric.ts";
import { assess } from "./assess.ts";
import type { Change, NewEntry, NewJob } from "./change.ts";
import { gatherEvidence, type Gathered } from "./gather-evidence.ts";
import type { World } from "./ports.ts";
import { refreshChannel, type Sight } from "./refresh-channel.ts";
import { about as aboutShown, settle } from "./settle.ts";
import { chartEffects } from "./show-chart.ts";
import { livingEffect, showIncident, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { tryEffects } from "./show-try.ts";
import type { ChannelId, IncidentId } from "../vocabulary.ts";

/** The job of the next planned reading, `done` being the newest that was made; none once it is resolved or a day old. */
export function nextReading(world: World, { stored, incident }: Shown, done?: number): NewJob[] {
  const next =
    incident.state === "resolved" ? null : readingAfter(incident.declaredAt, world.now(), done);
  if (next === null) return [];
  const { slot, at } = next;
  return [
    {
      id: world.idOf(`read-again ${stored.id} ${slot}`),
      job: { kind: "read-again", channel: stored.channel, incident: stored.id, slot },
      startAfter: at,
    },
  ];
}

/** What follows a reading: the next one, or the entry that says that there is none and why. */
export function onward(
  world: World,
  shown: Shown,
  sight: Sight,
  done?: number,
): { readonly jobs: NewJob[]; readonly entries: NewEntry[] } {
  const jobs = sight === "open" ? nextReading(world, shown, done) : [];
  if (jobs.length > 0 || shown.incident.state === "resolved") return { jobs, entries: [] };
  const fact = {
    kind: "reading-stopped",
    because: sight === "open" ? "a-day-old" : sight,
  } as const;
  return { jobs, entries: [{ actor: world.botUser, source: "bot", at: world.now(), fact }] };
}

/** When it will be read next; null where it is not. */
export function nextReadingAt(world: World, shown: Shown): Date | null {
  if (shown.incident.readingStopped !== null) return null;
  return nextReading(world, shown)[0]?.startAfter ?? null;
}

export async function readAgain(
  world: World,
  event: {
    readonly handled: readonly string[];
    readonly channel: ChannelId;
    readonly incident: IncidentId;
    readonly slot?: number;
  },
): Promise<void> {
  const stored = await world.store.incident(world.workspace, event.incident);
  if (stored === null) return;
  const { incident } = await showIncident(world, stored);
  if (incident.state === "resolved" || incident.evidence === null) return;
  const sight = await refreshChannel(world, event.channel);
  if (sight !== "open") {
    await settle(world, event.incident, (current) => stopped(world, current, event, sight));
    return;
  }
  const about = incident.evidence.service;
  const sources = await world.sourcesFor(event.channel);
  const service = sources.catalog.services.find(({ name }) => name === about) ?? null;
  const alert = service === null ? {} : { service: service.name };
  const gathered = await gatherEvidence(world, { sources, service, onset: incident.since, alert });
  await settle(world, event.incident, (current) => {
    const { evidence, severity, state } = current.incident;
    if (state === "resolved" || evidence === null) return null;
    const at = gathered.readAt;
    const fresh = assess(gathered.input, sources.catalog, { named: service, severity, at });
    const newest = updated(evidence, fresh.diagnosis, gathered.input.series);
    return reread(world, { current, event, gathered }, { ...newest, gaps: gathered.gaps });
  });
}

interface Handled {
  readonly handled: readonly string[];
  readonly slot?: number;
}

function reread(
  world: World,
  { current, event, gathered }: { current: Shown; event: Handled; gathered: Gathered },
  { at: _at, ...evidence }: Evidence,
): Change {
  const fact = { kind: "evidence-read", ...evidence } as const;
  const { jobs, entries } = onward(world, current, "open", event.slot);
  const read: NewEntry = { actor: world.botUser, source: "bot", at: world.now(), fact };
  const change = shownChange(world, current, { ...event, jobs, entries: [read, ...entries] });
  const charts = chartEffects(world, withEntries(current, [read]), gathered);
  return { ...change, effects: [...(change.effects ?? []), ...charts] };
}

/** Nobody could read it: neither the sources nor the chat are asked again until somebody does. */
function stopped(world: World, current: Shown, event: Handled, sight: Sight): Change | null {
  if (current.incident.state === "resolved") return null;
  return shownChange(world, current, { ...event, ...onward(world, current, sight) });
}

/** What the entries show: the living message and those of the open tries. */
function shownChange(
  world: World,
  current: Shown,
  { handled, jobs, entries }: Handled & { jobs: NewJob[]; entries: NewEntry[] },
): Change {
  const shown = withEntries(current, entries);
  const next = jobs[0]?.startAfter ?? null;
  return {
    workspace: world.workspace,
    handled,
    about: aboutShown(current),
    entries,
    effects: [livingEffect(world, shown), ...tryEffects(world, shown, next)],
    jobs,
  };
}

/** What shifted stays named with its newest value, so that a recovery is seen; nothing is said twice. */
export function updated(
  { backSince: _before, ...known }: Evidence,
  fresh: Diagnosis,
  series: readonly SourcedSeries[],
): Evidence {
  if (known.diagnosis.metrics.length === 0) return { ...known, diagnosis: fresh };
  const readings = stillShifted(known.diagnosis, series);
  const metrics = known.diagnosis.metrics.map((metric, index) => ({
    ...metric,
    latest: readings[index]?.latest ?? metric.latest,
  }));
  const evidence = { ...known, diagnosis: { ...known.diagnosis, metrics } };
  const headline = headlineMetric(evidence);
  const since = readings[metrics.findIndex((metric) => metric === headline)]?.since;
  return since === null || since === undefined ? evidence : { ...evidence, backSince: since };
}
