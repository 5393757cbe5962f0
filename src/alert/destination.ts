/** Where a group of alerts that fires is answered, from what is known alone (DESIGN §4). */

import type { Catalog } from "../catalog/catalog.ts";
import type { IncidentId, Severity } from "../vocabulary.ts";
import {
  clearSince,
  firingOf,
  isInThread,
  servicesOf,
  severityOfGroup,
  type AlertGroup,
} from "./group.ts";

/** An incident takes the alerts of neighbours in for so long after it began. */
const attachS = 10 * 60;
/** Channels that alerts open by themselves. */
const openPaceS = 60;
const openHourS = 3_600;
const openInHourMax = 3;
/** Messages where alerts are answered: beyond these the newest of them tells of the rest. */
const threadPaceS = 10 * 60;
const threadsInPaceMax = 5;

export type Destination =
  /** Where it is answered already; `isBack`: it had cleared and is back too soon to be another trouble. */
  | { readonly kind: "same"; readonly isBack: boolean }
  | { readonly kind: "attach"; readonly incident: IncidentId }
  /** What would open one channel too many goes to the newest that is there, or just being opened. */
  | { readonly kind: "collect"; readonly into: ChannelOpening["into"] }
  | { readonly kind: "open" }
  | { readonly kind: "thread" }
  | { readonly kind: "with"; readonly group: string }
  | { readonly kind: "nowhere" };

/** A channel that alerts opened, or are opening, within the last hour. */
export interface ChannelOpening {
  /** Unix seconds. */
  readonly at: number;
  readonly into:
    | { readonly kind: "incident"; readonly incident: IncidentId }
    | { readonly kind: "opening"; readonly name: string };
}

/** An open incident of a channel that everybody may see. */
export interface OpenPlace {
  readonly id: IncidentId;
  readonly service: string | null;
  readonly openedAt: number;
}

export interface Known {
  readonly now: number;
  /** When this news came in, Unix seconds; in a storm it waits for its turn. */
  readonly toldAt: number;
  /** As it was before, and as it is with what was told now. */
  readonly before: AlertGroup | null;
  readonly after: AlertGroup;
  /** When the incident that it was answered in ended; null: it is open, or its place is none. */
  readonly endedAt: number | null;
  readonly open: readonly OpenPlace[];
  readonly openings: readonly ChannelOpening[];
  /** Groups that got a message of their own, newest first. */
  readonly threads: readonly { readonly group: string; readonly at: number }[];
  readonly catalog: Catalog;
  /** The least grave severity that opens a channel; null: none does. */
  readonly declares: Severity | null;
  /** After it cleared, the same group is the same trouble for so long. */
  readonly cooldownS: number;
  readonly hasAlertChannel: boolean;
}

export function destinationOf(known: Known): Destination {
  const same = sameOf(known);
  if (same !== null && !isGraver(known)) return same;
  const neighbour = same === null ? neighbourOf(known) : null;
  if (neighbour !== null) return { kind: "attach", incident: neighbour };
  const channel = isGrave(known, known.after) ? channelOf(known) : null;
  const there = channel ?? same;
  if (there !== null) return there;
  return known.hasAlertChannel ? threadOf(known) : { kind: "nowhere" };
}

type Stay = Extract<Destination, { kind: "same" }>;

/** null: it is another trouble than before, or was answered nowhere. */
function sameOf(known: Known): Stay | null {
  const { before, after } = known;
  if (before === null || before.place === null || before.place.kind === "nowhere") return null;
  const calm = calmSince(known, before);
  const isFresh = calm !== null && newestStart(after) - calm > known.cooldownS;
  return isFresh ? null : { kind: "same", isBack: calm !== null };
}

/** The settings allow a channel for it. */
function isGrave({ declares }: Known, group: AlertGroup): boolean {
  const severity = severityOfGroup(group);
  return declares !== null && severity !== null && severity <= declares;
}

/** It fires in a thread, and has become grave enough for a channel. */
function isGraver(known: Known): boolean {
  const { before, after } = known;
  if (before === null || !isInThread(before) || firingOf(before).length === 0) return false;
  return isGrave(known, after) && !isGrave(known, before);
}

/** null: it would be one too many, and those that are there have ended. */
function channelOf(known: Known): Destination | null {
  const recent = openingsOf(known);
  if (mayOpen(recent, known.toldAt)) return { kind: "open" };
  const newest = recent.find(({ into }) => isThere(known, into));
  return newest === undefined ? null : { kind: "collect", into: newest.into };
}

function newestStart(group: AlertGroup): number {
  return Math.max(...firingOf(group).map(({ firedAt }) => firedAt));
}

/** Since when its former trouble is over; null while it goes on, as it does while its incident is open. */
function calmSince({ endedAt }: Known, before: AlertGroup): number | null {
  const clear = clearSince(before);
  if (isInThread(before)) return clear;
  return endedAt === null ? null : Math.max(clear ?? endedAt, endedAt);
}

/** The newest open incident of the same service, or of one that calls it or is called by it. */
function neighbourOf({ after, open, now, catalog }: Known): IncidentId | null {
  const services = new Set(servicesOf(after));
  const near = new Set(
    catalog.services.flatMap(({ name, dependsOn }) => [
      ...(services.has(name) ? dependsOn : []),
      ...(dependsOn.some((callee) => services.has(callee)) ? [name] : []),
    ]),
  );
  const [newest] = open
    .filter(({ openedAt }) => now - openedAt < attachS)
    .filter(({ service }) => service !== null && (services.has(service) || near.has(service)))
    .toSorted((a, b) => b.openedAt - a.openedAt);
  return newest?.id ?? null;
}

function openingsOf({ openings, now }: Known): readonly ChannelOpening[] {
  return openings.filter(({ at }) => now - at < openHourS).toSorted((a, b) => b.at - a.at);
}

/** By when it was told: a storm of a minute may take longer to decide, and is one all the same. */
function mayOpen([newest, ...rest]: readonly ChannelOpening[], toldAt: number): boolean {
  if (newest === undefined) return true;
  return toldAt - newest.at >= openPaceS && rest.length + 1 < openInHourMax;
}

function isThere({ open }: Known, into: ChannelOpening["into"]): boolean {
  return into.kind === "opening" || open.some(({ id }) => id === into.incident);
}

function threadOf({ threads, now }: Known): Destination {
  const recent = threads.filter(({ at }) => now - at < threadPaceS);
  const [newest] = recent;
  return newest === undefined || recent.length < threadsInPaceMax
    ? { kind: "thread" }
    : { kind: "with", group: newest.group };
}
