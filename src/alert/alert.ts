/** An alert as its sender told it, and a delivery: what one payload says of one group. */

import type { Severity } from "../vocabulary.ts";

export const alertSources = ["alertmanager", "grafana", "pagerduty", "generic"] as const;
export type AlertSource = (typeof alertSources)[number];

/** Times are Unix seconds, so that a delivery passes through the queue as it is. */
export interface Alert {
  /** Which alert of its group it is, whatever its times. */
  readonly fingerprint: string;
  readonly status: "firing" | "resolved";
  readonly startsAt: number;
  /** Of a resolved one; null: not told. What a firing one says of its end is a guess of its sender's. */
  readonly endsAt: number | null;
  readonly title: string;
  readonly text: string | null;
  /** As told, or as the labels tell; null: neither. */
  readonly service: string | null;
  readonly environment: string | null;
  readonly severity: Severity | null;
  /** Of the labels as many as are looked at. */
  readonly labels: Readonly<Record<string, string>>;
  readonly link: string | null;
  readonly runbook: string | null;
}

export interface Delivery {
  readonly source: AlertSource;
  /** The sender's own key of the group; alerts that belong together have it in common. */
  readonly group: string;
  readonly alerts: readonly Alert[];
  /** Alerts of the group that the sender or the receiver cut off. */
  readonly leftOut: number;
}

/** One for each state of an alert: the same words are the same news, a second firing has another start. */
export function newsOf({ source, group, alerts }: Delivery): string[] {
  const news = alerts.map(({ fingerprint, status, startsAt, endsAt }) =>
    [fingerprint, status, startsAt, status === "resolved" ? endsAt : ""].join(" "),
  );
  return [source, group, ...news.toSorted()];
}
