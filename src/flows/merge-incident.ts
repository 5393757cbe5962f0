/** "/hindsight merge INC-12": this channel's incident ends and continues there; and the way back, where it is taken up again (DESIGN §4). */

import type { AlertGroup } from "../alert/group.ts";
import { incidentAlertsMax } from "../incident/alerts.ts";
import { foldIncident } from "../incident/fold.ts";
import { newsOfAlerts, type Named } from "../incident/merge.ts";
import { mergedHere, mergedInto } from "../message/merge-words.ts";
import type { Refusal } from "../message/refusals.ts";
import type { IncidentId } from "../vocabulary.ts";
import { alertEffects } from "./alert-place.ts";
import type { Change, Effect, NewEntry } from "./change.ts";
import { mayChange, type Deed } from "./may-change.ts";
import { entryOf } from "./on-step.ts";
import type { StoredIncident, World } from "./ports.ts";
import { readingAtOnce } from "./read-at-once.ts";
import { runElsewhere } from "./run-elsewhere.ts";
import { about, settle } from "./settle.ts";
import { changedEffects } from "./changed-effects.ts";
import { showIncident, withEntries, type Shown } from "./show-incident.ts";
import { aside } from "./show-try.ts";
import { refuse } from "./tell.ts";

/** Only an incident that is open takes others in, so that a chain has an end; this is above any that people make. */
const hopsMax = 50;
const numbered = /^(?:(?:with|into)\s+)?(?:inc-?\s*)?(\d{1,9})$/i;

export async function merge(world: World, deed: Deed, argument: string): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  await settle(world, deed.incident, async (shown): Promise<Change | null> => {
    const target = await targetOf(world, shown, argument);
    if ("stored" in target) return merged(world, deed, shown, target);
    await refuse(world, deed, target);
    return null;
  });
}

async function targetOf(world: World, shown: Shown, argument: string): Promise<Shown | Refusal> {
  const { incident, stored, name } = shown;
  const elsewhere = runElsewhere(world, incident, "merged");
  if (elsewhere !== null) return elsewhere;
  const number = numbered.exec(argument.trim())?.[1];
  if (number === undefined) return { reason: "bad-merge", text: argument };
  if (Number(number) === stored.number) return { reason: "merge-itself", name };
  if (incident.mergedInto !== null) {
    return { reason: "merged-before", name, into: incident.mergedInto.name };
  }
  if (incident.state === "resolved") return { reason: "incident-resolved", name };
  if (!(await isPublic(world, stored))) return { reason: "merge-private", name };
  const found = await world.store.incidentNumbered(world.workspace, Number(number));
  if (found === null || !(await isPublic(world, found))) {
    return { reason: "no-such-incident", name: `INC-${number}` };
  }
  return openTarget(await showIncident(world, found));
}

function openTarget(target: Shown): Shown | Refusal {
  const { incident, name } = target;
  if (incident.mergedInto !== null) {
    return { reason: "merged-before", name, into: incident.mergedInto.name };
  }
  return incident.state === "resolved" ? { reason: "merge-resolved", name } : target;
}

/** Of another channel's incident nothing is said where its channel is not everybody's (DESIGN §14). */
async function isPublic(world: World, { channel }: StoredIncident): Promise<boolean> {
  return (await world.store.channel(world.workspace, channel))?.kind === "public";
}

async function merged(world: World, deed: Deed, shown: Shown, target: Shown): Promise<Change> {
  const { user: by } = deed;
  const ends = [entryOf(world, by, { kind: "merged", by, into: namedOf(target) })];
  const news = newsOfAlerts(target.incident.alerts, shown.incident.alerts);
  const room = incidentAlertsMax - target.incident.alerts.length;
  const takes = [
    entryOf(world, by, { kind: "merged", by, from: namedOf(shown) }),
    ...news.slice(0, Math.max(0, room)).map((each) => alertEntry(world, each)),
  ];
  const after = withEntries(shown, ends);
  const there = withEntries(target, takes);
  return {
    workspace: world.workspace,
    handled: [deed.job],
    about: about(shown),
    entries: ends,
    also: [{ id: target.stored.id, seq: target.stored.seq, entries: takes }],
    closedAt: world.now(),
    // What it was about is counted once, in the other.
    service: null,
    symptom: null,
    effects: [
      ...changedEffects(world, shown, after),
      ...changedEffects(world, target, there),
      aside(world, after, mergedAt(after), mergedInto(by, namedOf(target))),
      aside(world, there, mergedAt(there), mergedHere(by, namedOf(shown))),
      ...(await alertMessages(world, shown, target)),
      ...(deed.reply === undefined ? [] : [deed.reply]),
    ],
    jobs: target.incident.evidence === null ? [] : [readingAtOnce(world, target.stored)],
  };
}

function mergedAt({ incident: { seq } }: Shown) {
  return { key: `merged:${seq}`, as: "answer" } as const;
}

function namedOf({ stored, name }: Shown): Named {
  return { id: stored.id, name, channel: stored.channel };
}

function alertEntry(world: World, { at, fact }: Pick<NewEntry, "at" | "fact">): NewEntry {
  return { actor: world.botUser, source: "alert", at, fact };
}

/** The messages of its alerts say where they are answered now. */
async function alertMessages(world: World, of: Shown, there: Shown): Promise<Effect[]> {
  const ids = of.incident.alerts.map(({ group }) => group);
  if (ids.length === 0) return [];
  const { groups } = await world.store.alertDesk(world.workspace, ids, world.now());
  return groups.flatMap((group: AlertGroup) =>
    alertEffects(world, group, { channel: there.stored.channel }),
  );
}

/** An incident, or where it was merged the one in which it continues. */
export async function continuedIn(world: World, id: IncidentId): Promise<StoredIncident | null> {
  let stored = await world.store.incident(world.workspace, id);
  for (let hop = 0; hop < hopsMax && stored !== null; hop += 1) {
    const into = foldIncident(stored.entries).mergedInto;
    if (into === null) return stored;
    stored = await world.store.incident(world.workspace, into.id);
  }
  return stored;
}

type Others = NonNullable<Change["also"]>;

/** A merged incident that is taken up again has its alerts back, as they are by now; those that took it in let go of them. */
export async function partFrom(
  world: World,
  shown: Shown,
): Promise<{ also: Others; effects: readonly Effect[]; entries: readonly NewEntry[] }> {
  const { incident, stored } = shown;
  if (incident.mergedInto === null) return { also: [], effects: [], entries: [] };
  const groups = incident.alerts.map(({ group }) => group);
  const fact = { kind: "parted", from: stored.id, groups } as const;
  const parted: NewEntry = { actor: world.botUser, source: "bot", at: world.now(), fact };
  const holders = await holdersOf(world, shown);
  const known = holders.at(-1)?.incident.alerts.filter(({ group }) => groups.includes(group));
  const news = newsOfAlerts(incident.alerts, known ?? []);
  return {
    also: holders.map(({ stored: { id, seq } }) => ({ id, seq, entries: [parted] })),
    effects: [
      ...holders.flatMap((each) => changedEffects(world, each, withEntries(each, [parted]))),
      ...(await alertMessages(world, shown, shown)),
    ],
    entries: news.map((each) => alertEntry(world, each)),
  };
}

/** Those that hold what it held, the one in which it continues last. */
async function holdersOf(world: World, { incident }: Shown): Promise<readonly Shown[]> {
  const holders: Shown[] = [];
  let next = incident.mergedInto;
  for (let hop = 0; hop < hopsMax && next !== null; hop += 1) {
    const stored = await world.store.incident(world.workspace, next.id);
    if (stored === null) break;
    const holder = await showIncident(world, stored);
    holders.push(holder);
    next = holder.incident.mergedInto;
  }
  return holders;
}
