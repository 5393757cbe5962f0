/** What deliveries say of a group's alerts, put together; their order and their repeats do not count. */

import type { Severity } from "../vocabulary.ts";
import type { Alert } from "./alert.ts";

/** Beyond these the alerts that fired longest ago are forgotten. */
export const alertsMax = 1_000;

/** Unix seconds. */
export interface AlertState {
  readonly fingerprint: string;
  /** The newest start that was told. */
  readonly firedAt: number;
  /** The newest end that was told; null: none yet. */
  readonly clearedAt: number | null;
  /** Of the episode that `firedAt` begins. */
  readonly title: string;
  readonly service: string | null;
  readonly severity: Severity | null;
  readonly link: string | null;
  /** Absent: its sender names none. */
  readonly runbook?: string;
}

/**
 * An alert fires where it started after its newest end. So "resolved" closes its episode though it comes before the
 * "firing" of it, and a later start is a new episode. Starts and ends from the future count as now.
 */
export function foldAlerts(
  known: readonly AlertState[],
  told: readonly Alert[],
  now: number,
): readonly AlertState[] {
  const states = new Map(known.map((state) => [state.fingerprint, state]));
  for (const alert of told) {
    const before = states.get(alert.fingerprint);
    states.set(alert.fingerprint, joined(before, stateOf(alert, now)));
  }
  const all = [...states.values()].toSorted(
    (a, b) => b.firedAt - a.firedAt || (a.fingerprint < b.fingerprint ? -1 : 1),
  );
  return all.slice(0, alertsMax);
}

export function isFiring({ firedAt, clearedAt }: AlertState): boolean {
  return clearedAt === null || firedAt > clearedAt;
}

function stateOf(alert: Alert, now: number): AlertState {
  const { fingerprint, status, startsAt, endsAt, title, service, severity, link, runbook } = alert;
  const clearedAt = status === "resolved" ? Math.min(endsAt ?? now, now) : null;
  const firedAt = Math.min(startsAt, clearedAt ?? now);
  const oneLine = title.replace(/\s+/g, " ").trim();
  const state = { fingerprint, firedAt, clearedAt, title: oneLine, service, severity, link };
  return runbook === null ? state : { ...state, runbook };
}

function joined(before: AlertState | undefined, told: AlertState): AlertState {
  if (before === undefined) return told;
  const clearedAt =
    before.clearedAt === null || told.clearedAt === null
      ? (before.clearedAt ?? told.clearedAt)
      : Math.max(before.clearedAt, told.clearedAt);
  return { ...(told.firedAt > before.firedAt ? told : before), clearedAt };
}
