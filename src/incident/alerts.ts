/** The groups of alerts that belong to an incident: which fire, and since when none does. */

import type { IncidentAlert } from "./incident.ts";
import type { FiredAlert } from "../alert/fired-alert.ts";

/** Those beyond are answered there, and not told one by one. */
export const incidentAlertsMax = 200;

/** It fires since it was first told, or since it came back. */
export function withFired(
  all: readonly IncidentAlert[],
  fired: FiredAlert,
  at: Date,
): readonly IncidentAlert[] {
  const known = all.find(({ group }) => group === fired.group);
  const firedAt = known === undefined || known.clearedAt !== null ? at : known.firedAt;
  const alert = { ...fired, firedAt, clearedAt: null };
  if (known === undefined) return [...all, alert];
  return all.map((each) => (each === known ? alert : each));
}

export function withCleared(
  all: readonly IncidentAlert[],
  group: string,
  at: Date,
): readonly IncidentAlert[] {
  return all.map((each) => (each.group === group ? { ...each, clearedAt: at } : each));
}

/** Since when no alert fires; null while one does, or where there is none. */
export function alertsClearSince(all: readonly IncidentAlert[]): Date | null {
  const ends = all.map(({ clearedAt }) => clearedAt).filter((end) => end !== null);
  if (ends.length === 0 || ends.length < all.length) return null;
  return new Date(Math.max(...ends.map((end) => end.getTime())));
}
