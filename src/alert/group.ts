/** A group of alerts as it is known: what fires, since when, where it is answered, and how often it came. */

import type { ChannelId, IncidentId, Severity } from "../vocabulary.ts";
import type { AlertSource } from "./alert.ts";
import { isFiring, type AlertState } from "./fold.ts";
import type { Recurrence } from "./recurrence.ts";
import { gravest } from "./severity.ts";

/** Where a group is answered. */
type AlertPlace =
  | { readonly kind: "incident"; readonly incident: IncidentId }
  /** A channel of that name is being opened for it. */
  | { readonly kind: "opening"; readonly name: string }
  /** Its own message where alerts are answered, and the thread below it. */
  | { readonly kind: "thread" }
  /** In the message of another group, of which there were too many at once. */
  | { readonly kind: "with"; readonly group: string }
  /** Nobody has said where alerts are answered. */
  | { readonly kind: "nowhere" };

export interface AlertGroup {
  readonly id: string;
  readonly source: AlertSource;
  readonly alerts: readonly AlertState[];
  readonly place: AlertPlace | null;
  /** Each time that it was not the same trouble any more, Unix seconds; oldest first. */
  readonly occurrences: readonly Occurrence[];
  /** Its newest message where alerts are answered. */
  readonly told: { readonly channel: ChannelId; readonly key: string } | null;
  /** When alerts alone last opened a channel for it, Unix seconds. */
  readonly openedAt: number | null;
  /** Titles of the groups whose place it is, as many as are shown, and how many they are. */
  readonly carried: { readonly count: number; readonly titles: readonly string[] };
}

export interface Occurrence {
  readonly at: number;
  readonly incident: IncidentId | null;
  /** What was known of the times before, when it came. */
  readonly past: Recurrence | null;
}

const occurrencesMax = 20;

export function newGroup(id: string, source: AlertSource): AlertGroup {
  return {
    id,
    source,
    alerts: [],
    place: null,
    occurrences: [],
    told: null,
    openedAt: null,
    carried: { count: 0, titles: [] },
  };
}

export function firingOf({ alerts }: Pick<AlertGroup, "alerts">): readonly AlertState[] {
  return alerts.filter(isFiring);
}

/** Since when something of it fires, Unix seconds; null while nothing does. */
export function firingSince(group: Pick<AlertGroup, "alerts">): number | null {
  const starts = firingOf(group).map(({ firedAt }) => firedAt);
  return starts.length === 0 ? null : Math.min(...starts);
}

/** Since when nothing of it fires, Unix seconds; null while something does, or nothing ever ended. */
export function clearSince({ alerts }: Pick<AlertGroup, "alerts">): number | null {
  const ends = alerts.flatMap(({ clearedAt }) => clearedAt ?? []);
  return alerts.some(isFiring) || ends.length === 0 ? null : Math.max(...ends);
}

/** The alert that speaks for the group: the gravest that fires, else the newest. */
export function headOf(group: Pick<AlertGroup, "alerts">): AlertState | null {
  const firing = firingOf(group);
  const grave = gravest(firing.map(({ severity }) => severity));
  return firing.find(({ severity }) => severity === grave) ?? group.alerts[0] ?? null;
}

/** How grave what fires is. */
export function severityOfGroup(group: Pick<AlertGroup, "alerts">): Severity | null {
  return gravest(firingOf(group).map(({ severity }) => severity));
}

export function servicesOf(group: Pick<AlertGroup, "alerts">): readonly string[] {
  return [...new Set(firingOf(group).flatMap(({ service }) => service ?? []))];
}

export function withOccurrence(group: AlertGroup, occurrence: Occurrence): AlertGroup {
  return { ...group, occurrences: [...group.occurrences, occurrence].slice(-occurrencesMax) };
}

/** The latest occurrence happens in this incident. */
export function inIncident(group: AlertGroup, incident: IncidentId): AlertGroup {
  const occurrences = group.occurrences.map((each, index) =>
    index === group.occurrences.length - 1 ? { ...each, incident } : each,
  );
  return { ...group, occurrences, place: { kind: "incident", incident } };
}

/** In a message of its own, or in another group's. */
export function isInThread({ place }: Pick<AlertGroup, "place">): boolean {
  return place?.kind === "thread" || place?.kind === "with";
}
