/** A workspace's ledger with when each fact became known, so that it can be told as it was at any time. */

import type { Cause, IncidentId, Symptom } from "../vocabulary.ts";
import type { Turn } from "../incident/turns.ts";
import type { Ledger, PastIncident } from "./learned.ts";
import type { Suggestion } from "./suggestion.ts";
import type { LedgerRow } from "./tally.ts";

export interface KeptLedger {
  /** Of public channels, in any order, those that are still open too. */
  readonly incidents: readonly KeptIncident[];
  /** What was said of steps in these. */
  readonly rows: readonly LedgerRow[];
  /** How many ended in other channels, which neither teach nor count. */
  readonly elsewhere: { readonly private: number; readonly external: number };
}

export interface KeptIncident {
  readonly id: IncidentId;
  readonly number: number;
  /** As the last reading had it. */
  readonly service: string | null;
  readonly symptom: Symptom | null;
  readonly openedAt: Date;
  /** Oldest first, as the causes are. */
  readonly turns: readonly Turn[];
  readonly causes: readonly { readonly cause: Cause; readonly recordedAt: Date }[];
  /** Every step of every list, by list and position. */
  readonly offered: readonly KeptStep[];
}

export type KeptStep = Pick<
  Suggestion,
  | "id"
  | "list"
  | "position"
  | "stepId"
  | "role"
  | "p"
  | "minutes"
  | "propensity"
  | "symptom"
  | "service"
  | "flags"
  | "foretold"
  | "greedy"
  | "considered"
  | "shownAt"
>;

/** What was recorded before that moment, of other incidents: nothing that became known at it or later. */
export function ledgerBefore(time: Date, ledger: KeptLedger, except: IncidentId): Ledger {
  const others = ledger.incidents.filter(({ id }) => id !== except);
  return {
    incidents: others.flatMap((incident) => endedBefore(time, incident)),
    rows: ledger.rows.filter((row) => row.incidentId !== except && row.recordedAt < time),
  };
}

function endedBefore(time: Date, incident: KeptIncident): PastIncident[] {
  const { id, openedAt, turns, offered, causes } = incident;
  const turn = turns.findLast(({ recordedAt }) => recordedAt < time);
  if (turn === undefined || turn.endedAt === null) return [];
  const { title, endedAt: closedAt, credit } = turn;
  const [first] = offered;
  const lastKnown = offered.findLast(({ shownAt }) => shownAt < time);
  const { service, symptom } = lastKnown ?? incident;
  const cause = causes.findLast(({ recordedAt }) => recordedAt < time)?.cause ?? null;
  const flags = first !== undefined && first.shownAt < time ? first.flags : [];
  return [{ id, title, service, symptom, flags, openedAt, closedAt, cause, credit }];
}
