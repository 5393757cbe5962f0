/** A deed and its end, said by one person in one message or in two: the word that this step resolved it (DESIGN §8). */

import type { Incident } from "../incident/incident.ts";
import type { EndSaid } from "../suggestion/end-said.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { MessageTs, OutcomeLabel, UserId } from "../vocabulary.ts";
import type { Shown } from "./show-incident.ts";
import type { Word } from "./word-on-step.ts";

/** A deed that was told of longer before is no part of the same breath. */
const breathMaxMs = 10 * 60_000;
/** Labels of what did not end it. */
const failed: ReadonlySet<OutcomeLabel> = new Set([
  "no_effect",
  "wrong",
  "ruled_out",
  "not_for_us",
]);

export interface Ending {
  readonly end: EndSaid | null;
  readonly by: UserId;
  readonly at: Date;
  readonly ts: MessageTs;
}

/** The words of a message with what its end makes of them, `fixed` being the step; null where the readings or another deed speak against it. */
export function fixedAtEnd(
  shown: Shown,
  words: readonly Word[],
  { end, by, at, ts }: Ending,
): { readonly words: readonly Word[]; readonly fixed: Suggestion } | null {
  const { incident } = shown;
  if (end === null || isKnown(incident) || isStillShifted(incident)) return null;
  const fixes = words.filter(({ suggestion }) => suggestion.role === "fix");
  const told = fixes.length > 0 ? fixes.filter(isBare).map((word) => word.suggestion) : null;
  const own = told ?? toldBefore(shown, { end, by, at });
  const [fix] = own;
  const isOne = fix !== undefined && own.every(({ stepId }) => stepId === fix.stepId);
  if (!isOne || isRivalled(shown, fix, { by, at })) return null;
  const others = words.filter(({ suggestion }) => suggestion.stepId !== fix.stepId);
  const word = { label: "resolved", by, source: "phrase", at, messageTs: ts } as const;
  return { words: [...others, { ...word, suggestion: fix }], fixed: fix };
}

function isBare({ label }: { readonly label: OutcomeLabel }): boolean {
  return label === "already_considered";
}

function isKnown({ credit, outcomes }: Incident): boolean {
  return credit !== null || outcomes.some(({ label }) => label === "resolved");
}

/** The numbers were read, and are not back. */
function isStillShifted({ evidence }: Incident): boolean {
  const isRead = evidence !== null && evidence.diagnosis.metrics.length > 0;
  return isRead && evidence.backSince === undefined;
}

/** Fixes that this person told of a few minutes before; "that did it" is of what they have in hand too. */
function toldBefore(
  { incident, suggestions }: Shown,
  { end, by, at }: Pick<Ending, "end" | "by" | "at">,
): readonly Suggestion[] {
  const told = incident.outcomes.filter((word) => isBare(word) && isInBreath(word, at));
  const inHand = end === "did it" ? incident.claims : [];
  const ids = [...told, ...inHand].filter((each) => each.by === by).map((each) => each.suggestion);
  return suggestions.filter(({ id, role }) => role === "fix" && ids.includes(id));
}

function isInBreath({ at: toldAt }: { readonly at: Date }, at: Date): boolean {
  const sinceMs = at.getTime() - toldAt.getTime();
  return sinceMs >= -breathMaxMs && sinceMs <= breathMaxMs;
}

/** Another fix is in somebody's hands or was told of, and nobody has said that it was in vain. */
function isRivalled(
  { incident, suggestions }: Shown,
  { stepId }: Suggestion,
  { by, at }: Pick<Ending, "by" | "at">,
): boolean {
  const { claims, outcomes } = incident;
  const vain = outcomes.filter(({ label }) => failed.has(label)).map((word) => word.stepId);
  const told = outcomes.filter((word) => word.by !== by || isInBreath(word, at));
  return [...claims, ...told].some(
    (deed) =>
      deed.stepId !== stepId &&
      !vain.includes(deed.stepId) &&
      suggestions.some(({ id, role }) => id === deed.suggestion && role === "fix"),
  );
}
