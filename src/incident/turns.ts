/** How an incident turned, with when each turn became known: it ended, and what did it, was opened again, was called otherwise, became more or less grave. */

import type { Credit, Severity } from "../vocabulary.ts";
import { foldIncident } from "./fold.ts";
import type { TimelineEntry, TimelineFact } from "./timeline.ts";

export interface Turn {
  readonly recordedAt: Date;
  /** null: it is open from here on, or goes on in the one that it was merged into. */
  readonly endedAt: Date | null;
  /** The latest answer to what did it, where it was no single step. */
  readonly credit: Credit | null;
  readonly severity: Severity;
  readonly title: string;
}

/** Kinds that never turn an incident, among them the many and the large: what else there is has to be told. */
export const unturningKinds = [
  "evidence-read",
  "reading-failed",
  "model-read",
  "question-put",
  "question-answered",
  "deeds-read",
  "suggested",
  "log-shared",
  "claimed",
  "claimed-away",
  "outcome",
  "observed",
  "pointed",
  "asked",
  "alert-fired",
  "alert-cleared",
] as const satisfies readonly TimelineFact["kind"][];

/** One for each entry, which come by `seq`, those of `unturningKinds` left out or not; without a declaration none. */
export function turnsOf(entries: readonly TimelineEntry[]): Turn[] {
  if (entries[0]?.fact.kind !== "declared") return [];
  return entries.map(({ recordedAt }, index) => {
    const incident = foldIncident(entries.slice(0, index + 1));
    const hasEnded = incident.state === "resolved" && incident.mergedInto === null;
    const endedAt = hasEnded ? incident.resolvedAt : null;
    const { severity, title, credit } = incident;
    return { recordedAt, endedAt, credit: credit?.credit ?? null, severity, title };
  });
}
