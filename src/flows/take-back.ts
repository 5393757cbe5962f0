/** A word that is taken back: the timeline drops it, and the ledger gets a row that outweighs it and counts for nothing. */

import type { StepOutcome } from "../incident/incident.ts";
import type { Outcome, Suggestion } from "../suggestion/suggestion.ts";
import type { Credit, UserId } from "../vocabulary.ts";
import { outcomeQuestion } from "./ask-outcome.ts";
import type { NewEntry } from "./change.ts";
import { onStep } from "./on-step.ts";
import type { Decision, StepClick } from "./on-step.ts";
import { nextReadingAt } from "./plan-readings.ts";
import type { World } from "./ports.ts";
import { changedEffects } from "./changed-effects.ts";
import { withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { tryEffect } from "./show-try.ts";
import { refuse } from "./tell.ts";

/** A click that takes back whatever this person said of the step, in any list, and lets go of it. */
export async function takeBackWord(world: World, click: StepClick): Promise<void> {
  let title = "";
  const commit = await onStep(world, click, (shown, suggestion) => {
    const steps = shown.suggestions.filter(({ stepId }) => stepId === suggestion.stepId);
    const decision = takeBack(world, shown, steps, { by: click.user });
    title = decision === null ? suggestion.title : "";
    return decision;
  });
  if (commit === "nothing" && title !== "") {
    await refuse(world, click, { reason: "nothing-said", title });
  }
}

/** `reaction`: only what this very reaction said. null where nothing of it stands. */
export function takeBack(
  world: World,
  shown: Shown,
  steps: readonly Suggestion[],
  { by, reaction }: { readonly by: UserId; readonly reaction?: string },
): Decision {
  const { claims, outcomes } = shown.incident;
  const isIts = (each: {
    readonly by: UserId;
    readonly reaction?: string;
    readonly suggestion: string;
  }) =>
    each.by === by &&
    (reaction === undefined || each.reaction === reaction) &&
    steps.some(({ id }) => id === each.suggestion);
  const ofOutcomes = outcomes.filter(isIts);
  const entries = [
    ...claims.filter(isIts).map(({ suggestion }) => entryOf(world, by, "claim", suggestion)),
    ...ofOutcomes.map(({ suggestion }) => entryOf(world, by, "outcome", suggestion)),
  ];
  if (entries.length === 0) return null;
  const after = withEntries(shown, entries);
  const claimed = steps.filter(({ id }) => claims.some(({ suggestion }) => suggestion === id));
  const isAsking = claimed.some(({ id }) => id === after.incident.asked.outcome?.suggestion);
  return {
    entries,
    outcomes: ofOutcomes.map((each) => correctionOf(world, shown, each)),
    effects: [
      ...changedEffects(world, shown, after),
      ...claimed.map((step) => tryEffect(world, after, step, nextReadingAt(world, after))),
      ...(isAsking ? [] : outcomeQuestion(world, after)),
    ],
  };
}

/** Whoever answers that no step of theirs did it, takes back that one did. */
export function namedBefore(
  world: World,
  shown: Shown,
  { credit, by }: { readonly credit: Credit; readonly by: UserId },
): { readonly entries: readonly NewEntry[]; readonly outcomes: readonly Outcome[] } {
  const named =
    credit === "several"
      ? []
      : shown.incident.outcomes.filter((each) => each.by === by && each.label === "resolved");
  return {
    entries: named.map(({ suggestion }) => entryOf(world, by, "outcome", suggestion)),
    outcomes: named.map((each) => correctionOf(world, shown, each)),
  };
}

function correctionOf(world: World, shown: Shown, word: StepOutcome): Outcome {
  const { suggestion: suggestionId, stepId, label, by: actor, source = "click" } = word;
  return correction(world, shown, { suggestionId, stepId, label, source, actor });
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
