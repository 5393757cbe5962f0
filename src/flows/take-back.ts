/** A word that is taken back: the timeline drops it, and the ledger gets a row that outweighs it and counts for nothing. */

import type { Outcome, Suggestion } from "../suggestion/suggestion.ts";
import type { UserId } from "../vocabulary.ts";
import type { NewEntry } from "./change.ts";
import type { Decision } from "./on-step.ts";
import { nextReadingAt } from "./plan-readings.ts";
import type { World } from "./ports.ts";
import { changedEffects, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { tryEffect } from "./show-try.ts";

/** Only what this very reaction said; null where nothing of it stands. */
export function takeBack(
  world: World,
  shown: Shown,
  steps: readonly Suggestion[],
  { by, reaction }: { readonly by: UserId; readonly reaction: string },
): Decision {
  const { claims, outcomes } = shown.incident;
  const isIts = (each: {
    readonly by: UserId;
    readonly reaction?: string;
    readonly suggestion: string;
  }) =>
    each.by === by && each.reaction === reaction && steps.some(({ id }) => id === each.suggestion);
  const ofOutcomes = outcomes.filter(isIts);
  const entries = [
    ...claims.filter(isIts).map(({ suggestion }) => entryOf(world, by, "claim", suggestion)),
    ...ofOutcomes.map(({ suggestion }) => entryOf(world, by, "outcome", suggestion)),
  ];
  if (entries.length === 0) return null;
  const after = withEntries(shown, entries);
  const claimed = steps.filter(({ id }) => claims.some(({ suggestion }) => suggestion === id));
  return {
    entries,
    outcomes: ofOutcomes.map(({ suggestion, stepId, label }) =>
      correction(world, shown, {
        suggestionId: suggestion,
        stepId,
        label,
        source: "reaction",
        actor: by,
      }),
    ),
    effects: [
      ...changedEffects(world, shown, after),
      ...claimed.map((step) => tryEffect(world, after, step, nextReadingAt(world, after))),
    ],
  };
}

function entryOf(
  world: World,
  by: UserId,
  what: "claim" | "outcome",
  suggestion: Suggestion["id"],
): NewEntry {
  const fact = { kind: "withdrawn", what, suggestion, by } as const;
  return { actor: by, source: "slack", at: world.now(), fact };
}

/** Of what was said: a row that outweighs it and counts for nothing. */
export function correction(
  world: World,
  { stored }: Shown,
  row: Pick<Outcome, "suggestionId" | "stepId" | "label" | "source" | "actor">,
): Outcome {
  const at = world.now();
  return {
    ...row,
    id: `out_${world.newId()}`,
    incidentId: stored.id,
    confidence: 0,
    minutes: null,
    note: "taken back",
    at,
    recordedAt: at,
  };
}
