/** Which kinds of cause the checks of an incident have ruled out, and what follows for the steps and for the past. */

import type { Cause, Mechanism, OutcomeLabel, SuggestionId } from "../vocabulary.ts";
import type { EndedIncident } from "./alike.ts";
import type { OfferedStep } from "./suggestion.ts";

interface Said {
  readonly suggestion: SuggestionId;
  readonly label: OutcomeLabel;
}

interface Offered extends Pick<OfferedStep, "role" | "mechanism"> {
  readonly id: SuggestionId;
}

/** By mechanism, the check that ruled it out: where no other check of the same pointed to it. */
export function ruledOutIn<T extends Offered>(
  outcomes: readonly Said[],
  suggestions: readonly T[],
): ReadonlyMap<Mechanism, T> {
  const byId = new Map(suggestions.map((each) => [each.id, each]));
  const ruledOut = new Map<Mechanism, T>();
  const pointedTo = new Set<Mechanism>();
  for (const { suggestion, label } of outcomes) {
    const check = byId.get(suggestion);
    if (check?.role !== "check") continue;
    if (label === "ruled_out") ruledOut.set(check.mechanism, check);
    if (label === "helped") pointedTo.add(check.mechanism);
  }
  for (const mechanism of pointedTo) ruledOut.delete(mechanism);
  return ruledOut;
}

/** By position, but for the fixes of what was ruled out: these come last. What has no rank stands in no line. */
export function inLine<T extends Pick<OfferedStep, "role" | "mechanism" | "origin">>(
  steps: readonly T[],
  ruledOut: ReadonlyMap<Mechanism, unknown>,
): readonly T[] {
  const isLast = ({ role, mechanism }: T) => role === "fix" && ruledOut.has(mechanism);
  const ranked = steps.filter(({ origin }) => origin === undefined);
  return [...ranked.filter((each) => !isLast(each)), ...ranked.filter(isLast)];
}

/** Whether the past one had a cause that this one does not have. */
export function isContrary(
  { cause, fix }: Pick<EndedIncident, "cause" | "fix">,
  here: { readonly cause: Cause | null; readonly ruledOut: ReadonlyMap<Mechanism, unknown> },
): boolean {
  const known = cause === "unknown" ? null : cause;
  if (known !== null && here.cause !== null && here.cause !== "unknown")
    return known !== here.cause;
  const behind = known ?? fix?.mechanism ?? null;
  return [...here.ruledOut.keys()].some((mechanism) => mechanism === behind);
}
