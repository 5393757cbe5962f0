/** What pointed people to the fix: links from checks to fixes (DESIGN §9). */

import type { IncidentId, LinkId, Pointer, SuggestionId, UserId } from "../vocabulary.ts";
import { attestedConfidence } from "../learning/facts.ts";
import { latestOf } from "./latest.ts";
import type { LedgerRow } from "./tally.ts";
import { latestVotes } from "./tally.ts";

/** One word; append-only. The latest of an actor in an incident counts. */
export interface LedTo {
  readonly id: LinkId;
  readonly incidentId: IncidentId;
  readonly fixId: SuggestionId;
  readonly pointer: Pointer;
  /** null: no check, but what `pointer` says. */
  readonly checkId: SuggestionId | null;
  readonly actor: UserId;
  readonly at: Date;
  readonly recordedAt: Date;
}

/** The rows, those of checks marked that led to a fix which, by the latest words, resolved the incident. */
export function withLinks<T extends LedgerRow>(
  rows: readonly T[],
  links: readonly LedTo[],
): (T & { readonly hasLedToFix: boolean })[] {
  const fixes = new Set(
    latestVotes(rows)
      .filter(({ label, confidence }) => label === "resolved" && confidence >= attestedConfidence)
      .map(({ suggestionId }) => suggestionId),
  );
  const latest = latestOf(links, ({ incidentId, actor }) => JSON.stringify([incidentId, actor]));
  const checks = new Set(
    latest.filter(({ fixId }) => fixes.has(fixId)).map(({ checkId }) => checkId),
  );
  return rows.map((row) => ({ ...row, hasLedToFix: checks.has(row.suggestionId) }));
}
