/** What an incident keeps of a group of alerts. */

import type { Recurrence } from "./recurrence.ts";

/** A group of alerts as it fired in an incident. */
export interface FiredAlert {
  readonly group: string;
  readonly title: string;
  readonly service: string | null;
  /** Alerts of the group that fire. */
  readonly firing: number;
  readonly link: string | null;
  /** Absent: its sender names none. */
  readonly runbook?: string;
  /** null: it is the first time in a while. */
  readonly past: Recurrence | null;
}
