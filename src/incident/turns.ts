/** How an incident turned, with when each turn became known: it ended, was opened again, was called otherwise, became more or less grave. */

import type { Severity } from "../vocabulary.ts";
import { foldIncident } from "./fold.ts";
import type { TimelineEntry, TimelineFact } from "./timeline.ts";

export interface Turn {
  readonly recordedAt: Date;
  /** null: it is open from here on. */
  readonly endedAt: Date | null;
  readonly severity: Severity;
  readonly title: string;
}

/** Nothing else in a timeline turns it. */
export const turningKinds = [
  "declared",
  "severity-set",
  "status-set",
  "told",
  "collecting",
  "resolved",
  "reopened",
] as const satisfies readonly TimelineFact["kind"][];

/** One for each entry of these kinds, which come by `seq`; without a declaration none. */
export function turnsOf(entries: readonly TimelineEntry[]): Turn[] {
  if (entries[0]?.fact.kind !== "declared") return [];
  return entries.map(({ recordedAt }, index) => {
    const incident = foldIncident(entries.slice(0, index + 1));
    const endedAt = incident.state === "resolved" ? incident.resolvedAt : null;
    const { severity, title } = incident;
    return { recordedAt, endedAt, severity, title };
  });
}
