/** Reads the evidence of an open incident again on its cadence, and edits the living message. */

import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { SourcedSeries } from "../evidence/input.ts";
import { stillShifted } from "../evidence/still-shifted.ts";
import type { Evidence } from "../incident/incident.ts";
import { headlineMetric } from "../message/headline-metric.ts";
import { assess } from "./assess.ts";
import type { Change, NewEntry, NewJob } from "./change.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import type { World } from "./ports.ts";
import { about as aboutShown, settle } from "./settle.ts";
import { livingEffect, showIncident, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { tryEffects } from "./show-try.ts";
import type { ChannelId, IncidentId } from "../vocabulary.ts";

const minuteMs = 60_000;
/** Every two minutes for half an hour, then every ten (DESIGN §4). */
const quickReadingsMs = 30 * minuteMs;
const quickPaceMs = 2 * minuteMs;
const slowPaceMs = 10 * minuteMs;
/** An incident that nobody resolves is not read for ever. */
const readingsEndMs = 24 * 60 * minuteMs;

/** The job of the next planned reading; none once it is resolved or a day old. */
export function nextReading(world: World, { stored, incident }: Shown): NewJob[] {
  const age = world.now().getTime() - incident.declaredAt.getTime();
  if (incident.state === "resolved" || age > readingsEndMs) return [];
  const due = world.now().getTime() + (age < quickReadingsMs ? quickPaceMs : slowPaceMs);
  // One reading a slot, however many investigations plan one.
  const slot = Math.floor(due / quickPaceMs);
  return [
    {
      id: world.idOf(`read-again ${stored.id} ${slot}`),
      job: { kind: "read-again", channel: stored.channel, incident: stored.id },
      startAfter: new Date(due),
    },
  ];
}

export async function readAgain(
  world: World,
  event: {
    readonly handled: readonly string[];
    readonly channel: ChannelId;
    readonly incident: IncidentId;
  },
): Promise<void> {
  const stored = await world.store.incident(world.workspace, event.incident);
  if (stored === null) return;
  const { incident } = await showIncident(world, stored);
  if (incident.state === "resolved" || incident.evidence === null) return;
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
    return reread(world, current, event.handled, { ...newest, gaps: gathered.gaps });
  });
}

function reread(
  world: World,
  current: Shown,
  handled: readonly string[],
  { at: _at, ...evidence }: Evidence,
): Change {
  const fact = { kind: "evidence-read", ...evidence } as const;
  const entries: NewEntry[] = [{ actor: world.botUser, source: "bot", at: world.now(), fact }];
  const shown = withEntries(current, entries);
  const jobs = nextReading(world, shown);
  return {
    workspace: world.workspace,
    handled,
    about: aboutShown(current),
    entries,
    effects: [livingEffect(world, shown), ...tryEffects(world, shown, jobs[0]?.startAfter ?? null)],
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
