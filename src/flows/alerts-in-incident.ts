/** Alerts on the timeline of an incident, and what follows there: it is read again, or asked whether it is over. */

import { clearSince, firingOf, firingSince, headOf, type AlertGroup } from "../alert/group.ts";
import { alertsClearSince, incidentAlertsMax } from "../incident/alerts.ts";
import type { Change, NewEntry, NewJob } from "./change.ts";
import { quietJob } from "./ask-quiet.ts";
import type { World } from "./ports.ts";
import { readingAtOnce } from "./read-at-once.ts";
import { about } from "./settle.ts";
import { changedEffects } from "./changed-effects.ts";
import { withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";

type Part = Pick<Change, "about" | "entries"> & Required<Pick<Change, "effects" | "jobs">>;

/** What the group's news change in an open incident; nothing where the timeline tells it already. */
export function newsIn(world: World, shown: Shown, group: AlertGroup, isCollected = false): Part {
  const collecting =
    isCollected && !shown.incident.isCollecting ? [entryAt(world, { kind: "collecting" })] : [];
  const entries = [...collecting, ...entriesOf(world, shown, group)];
  if (entries.length === 0) return { effects: [], jobs: [] };
  const after = withEntries(shown, entries);
  return {
    about: about(shown),
    entries,
    effects: changedEffects(world, shown, after),
    jobs: jobsAfter(world, after),
  };
}

function entriesOf(world: World, { incident }: Shown, group: AlertGroup): NewEntry[] {
  const known = incident.alerts.find((each) => each.group === group.id);
  const since = firingSince(group);
  if (since === null) {
    const clear = clearSince(group);
    const isTold = known === undefined || known.clearedAt !== null;
    if (isTold || clear === null) return [];
    return [entryAt(world, { kind: "alert-cleared", group: group.id }, clear)];
  }
  const isFull = known === undefined && incident.alerts.length >= incidentAlertsMax;
  // Alerts that come one by one are told as they double: a storm must not make a timeline of thousands.
  const isTold = known?.clearedAt === null && 2 * known.firing > firingOf(group).length;
  return isFull || isTold ? [] : [firedEntry(world, group)];
}

/** At the newest start of what fires, for what is told is that. */
export function firedEntry(world: World, group: AlertGroup): NewEntry {
  const firing = firingOf(group);
  const head = headOf(group);
  const alert = {
    group: group.id,
    title: head?.title ?? "",
    service: head?.service ?? null,
    firing: firing.length,
    link: head?.link ?? null,
    ...(head?.runbook === undefined ? {} : { runbook: head.runbook }),
    past: group.occurrences.at(-1)?.past ?? null,
  };
  const newest = Math.max(...firing.map(({ firedAt }) => firedAt));
  return entryAt(world, { kind: "alert-fired", alert }, newest);
}

/** `at`: Unix seconds; absent: now. */
export function entryAt(world: World, fact: NewEntry["fact"], at?: number): NewEntry {
  const when = at === undefined ? world.now() : new Date(at * 1000);
  return { actor: world.botUser, source: "alert", at: when, fact };
}

function jobsAfter(world: World, { stored, incident }: Shown): NewJob[] {
  const clear = alertsClearSince(incident.alerts);
  if (clear !== null) return [quietJob(world, stored, clear)];
  // Its first reading is on its way.
  if (incident.evidence === null) return [];
  return [readingAtOnce(world, stored)];
}
