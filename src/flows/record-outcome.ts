/** A claim or an outcome by click: into the ledger at once, and what follows from it for the order. */

import { sharedStep } from "../message/asides.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { OutcomeLabel, UserId } from "../vocabulary.ts";
import { onStep } from "./on-step.ts";
import type { Decision, StepClick } from "./on-step.ts";
import { nextReadingAt, verifying } from "./plan-readings.ts";
import type { World } from "./ports.ts";
import { changedEffects } from "./changed-effects.ts";
import { withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { aside, tryEffect } from "./show-try.ts";
import { refuse } from "./tell.ts";
import { decideWords } from "./word-on-step.ts";

/** "I'm on it". */
export async function claimStep(world: World, click: StepClick): Promise<void> {
  const { user: by } = click;
  let title = "";
  const commit = await onStep(world, click, (shown, suggestion) => {
    const decision = decideClaim(world, shown, suggestion, { by, at: world.now() });
    title = decision === null ? suggestion.title : "";
    return decision;
  });
  if (commit === "nothing" && title !== "") {
    await refuse(world, click, { reason: "claimed-before", title });
  }
}

/** What became of it; the same person's later word on the same step takes the place of the earlier one. */
export async function recordOutcome(
  world: World,
  click: StepClick & { readonly label: OutcomeLabel },
): Promise<void> {
  const { user: by, label } = click;
  const saidBefore: Suggestion[] = [];
  const commit = await onStep(world, click, (shown, suggestion) => {
    const word = { suggestion, label, by, source: "click", at: world.now() } as const;
    const decision = decideWords(world, shown, [word]);
    saidBefore.splice(0, Infinity, ...(decision === null ? [suggestion] : []));
    return decision;
  });
  if (commit === "committed") world.meter.outcome(label);
  const [step] = saidBefore;
  if (commit === "nothing" && step !== undefined) {
    const { title, role } = step;
    await refuse(world, click, { reason: "said-before", title, role, label });
  }
}

/** `reaction`: the name of the one that says so; taking it back takes the claim back. */
export interface ClaimWord {
  readonly by: UserId;
  readonly at: Date;
  readonly reaction?: string;
}

/** null: it is in this person's hands already. */
export function decideClaim(
  world: World,
  shown: Shown,
  suggestion: Suggestion,
  { by, at, reaction }: ClaimWord,
): Decision {
  const { id, stepId } = suggestion;
  const isTheirs = shown.incident.claims.some(
    (claim) => claim.by === by && claim.suggestion === id,
  );
  if (isTheirs) return null;
  const how = reaction === undefined ? {} : { reaction };
  const fact = { kind: "claimed", suggestion: id, stepId, by, ...how } as const;
  const entries = [{ actor: by, source: "slack", at, fact } as const];
  const after = withEntries(shown, entries);
  const line = after.board.find((each) => each.stepId === stepId);
  const shared = line === undefined ? null : sharedStep(line);
  return {
    entries,
    effects: [
      ...changedEffects(world, shown, after),
      tryEffect(world, after, suggestion, nextReadingAt(world, after)),
      ...(shared === null
        ? []
        : [aside(world, after, { key: `shared:${stepId}`, as: "remark" }, shared)]),
    ],
    jobs: verifying(world, shown, suggestion),
    tried: stepId,
  };
}
