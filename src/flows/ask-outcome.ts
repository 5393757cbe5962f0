/** "What did it?": put once an incident, in the message of a try when the numbers are back, else when it is quiet or at the end. */

import { resolvedQuestion } from "../message/end.ts";
import type { Over } from "../message/end.ts";
import type { Incident } from "../incident/incident.ts";
import type { SuggestionId } from "../vocabulary.ts";
import type { Effect, NewEntry } from "./change.ts";
import { nextReadingAt } from "./plan-readings.ts";
import type { World } from "./ports.ts";
import type { Shown } from "./show-incident.ts";
import { aside, deedsOf, tryEffect } from "./show-try.ts";

/** That the newest try from before the recovery asks from now on; none where it was asked or said before. */
export function askedOutcome(world: World, shown: Shown): readonly NewEntry[] {
  const { incident } = shown;
  const backAt = incident.evidence?.backSince;
  if (backAt === undefined || incident.state === "resolved" || isKnown(incident)) return [];
  const isFix = (id: SuggestionId) =>
    shown.suggestions.some((each) => each.id === id && each.role === "fix");
  const newest = incident.claims
    .filter(({ suggestion, at }) => isFix(suggestion) && at.getTime() <= backAt * 1000)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .at(-1);
  return newest === undefined ? [] : asking(world, shown, newest.suggestion);
}

/** At the end, where no try has asked and nobody has said it. */
export function askedAtEnd(world: World, shown: Shown): readonly NewEntry[] {
  return isKnown(shown.incident) ? [] : asking(world, shown);
}

/** Once the numbers are back and the channel is quiet, where nobody has taken or said anything that asked it before. */
export function askedWhenQuiet(world: World, shown: Shown): readonly NewEntry[] {
  const { evidence, muted } = shown.incident;
  return evidence?.backSince === undefined || muted !== null ? [] : askedAtEnd(world, shown);
}

/** The message that asks, as it reads now; none where nobody was asked. */
export function outcomeQuestion(world: World, shown: Shown): Effect[] {
  const { incident, stored, name, selfHealed } = shown;
  const { outcome: asked } = incident.asked;
  if (asked === undefined) return [];
  const of = shown.suggestions.find(({ id }) => id === asked.suggestion);
  if (of !== undefined) return [tryEffect(world, shown, of, nextReadingAt(world, shown))];
  const over = overSince(incident);
  if (over === null) return [];
  const steps = incident.outcomes
    .filter(({ label }) => label === "resolved")
    .flatMap(({ by, suggestion }) =>
      shown.suggestions.filter(({ id }) => id === suggestion).map(({ title }) => ({ by, title })),
    );
  const body = resolvedQuestion({
    incident: stored.id,
    name,
    over,
    deeds: deedsOf(shown),
    selfHealed,
    answered: { steps, credit: incident.credit },
    unlisted: unlistedFixes(world, shown),
  });
  return [aside(world, shown, { key: "end", as: "end" }, body)];
}

/** By title. */
function unlistedFixes({ steps }: World, { suggestions }: Shown) {
  return steps
    .filter(({ id, role }) => role === "fix" && !suggestions.some(({ stepId }) => stepId === id))
    .map(({ id: stepId, plainTitle: title }) => ({ stepId, title }))
    .toSorted((a, b) => (a.title < b.title ? -1 : 1));
}

/** null where it is open, and the numbers are not back, or no more. */
function overSince(incident: Incident): Over | null {
  if (incident.state === "resolved") {
    return { lastedMs: incident.resolvedAt.getTime() - incident.since.getTime() };
  }
  const backSince = incident.evidence?.backSince;
  return backSince === undefined ? null : { backSince: new Date(backSince * 1000) };
}

function isKnown({ asked, credit, outcomes }: Incident): boolean {
  const isSaid = credit !== null || outcomes.some(({ label }) => label === "resolved");
  return isSaid || asked.outcome !== undefined;
}

function asking(world: World, { stored }: Shown, suggestion?: SuggestionId): readonly NewEntry[] {
  const of = suggestion === undefined ? {} : { suggestion };
  const fact = { kind: "asked", question: "outcome", channel: stored.channel, ...of } as const;
  return [{ actor: world.botUser, source: "bot", at: world.now(), fact }];
}
