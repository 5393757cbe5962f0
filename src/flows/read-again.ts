/** Reads the evidence of an open incident again on its cadence, and edits the living message. */

import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { SourcedSeries } from "../evidence/input.ts";
import { stillShifted } from "../evidence/still-shifted.ts";
import type { Evidence } from "../incident/incident.ts";
import { assess } from "./assess.ts";
import type { Change, NewEntry, NewJob } from "./change.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import type { World } from "./ports.ts";
import { about as aboutShown, settle } from "./settle.ts";
import { livingEffect, showIncident, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
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
    const diagnosis = updated(evidence.diagnosis, fresh.diagnosis, gathered.input.series);
    return reread(world, current, event.handled, { ...evidence, gaps: gathered.gaps, diagnosis });
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
  return {
    workspace: world.workspace,
    handled,
    about: aboutShown(current),
    entries,
    effects: [livingEffect(world, shown)],
    jobs: nextReading(world, shown),
  };
}

/** What shifted stays named with its newest value, so that a recovery is seen; nothing is said twice. */
function updated(known: Diagnosis, fresh: Diagnosis, series: readonly SourcedSeries[]): Diagnosis {
  if (known.metrics.length === 0) return fresh;
  const readings = stillShifted(known, series);
  return {
    ...known,
    metrics: known.metrics.map((metric, index) => ({
      ...metric,
      latest: readings[index]?.latest ?? metric.latest,
    })),
  };
}
