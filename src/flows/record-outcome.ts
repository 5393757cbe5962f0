/** A claim or an outcome by click: into the ledger at once, and what follows from it for the order. */

import { sharedStep } from "../message/asides.ts";
import { nowFirst } from "../message/answers.ts";
import { outcomeClauses } from "../message/outcome-words.ts";
import { listInForce } from "../incident/board.ts";
import type { Incident } from "../incident/incident.ts";
import type { Outcome, Suggestion } from "../suggestion/suggestion.ts";
import type { OutcomeLabel, SuggestionId, UserId } from "../vocabulary.ts";
import type { Change, Commit, NewEntry } from "./change.ts";
import type { World } from "./ports.ts";
import { about, settle } from "./settle.ts";
import { nextReadingAt } from "./read-again.ts";
import { changedEffects, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { aside, tryEffect } from "./show-try.ts";
import { refuse } from "./tell.ts";
import type { Asker } from "./tell.ts";

export interface StepClick extends Asker {
  readonly suggestion: SuggestionId;
}

/** Explicit clicks count whole (DESIGN §9). */
const clickConfidence = 1;

/** "I'm on it". */
export async function claimStep(world: World, click: StepClick): Promise<void> {
  await onStep(world, click, (shown, suggestion) => {
    const { user } = click;
    const isMine = shown.incident.claims.some(
      (claim) => claim.by === user && claim.suggestion === suggestion.id,
    );
    if (isMine) return null;
    const { id, stepId } = suggestion;
    const entries = [entryOf(world, user, { kind: "claimed", suggestion: id, stepId, by: user })];
    const after = withEntries(shown, entries);
    const line = after.board.find((each) => each.stepId === stepId);
    const shared = line === undefined ? null : sharedStep(line);
    return {
      entries,
      effects: [
        ...changedEffects(world, shown, after),
        tryEffect(world, after, suggestion, nextReadingAt(world, after)),
        ...(shared === null || after.incident.muted !== null
          ? []
          : [aside(world, after, `shared:${stepId}`, shared)]),
      ],
      tried: stepId,
    };
  });
}

/** What became of it; the same person's later word on the same step takes the place of the earlier one. */
export async function recordOutcome(
  world: World,
  click: StepClick & { readonly label: OutcomeLabel },
): Promise<void> {
  const { user, label } = click;
  const commit = await onStep(world, click, (shown, suggestion) => {
    const { id, stepId } = suggestion;
    const latest = shown.incident.outcomes.find(
      (outcome) => outcome.by === user && outcome.suggestion === id,
    );
    if (latest?.label === label) return null;
    const fact = { kind: "outcome", suggestion: id, stepId, label, by: user, note: null } as const;
    const entries = [entryOf(world, user, fact)];
    const after = withEntries(shown, entries);
    const first = nextFirst(shown, after, suggestion, label);
    return {
      entries,
      outcomes: [outcomeOf(world, shown, click, suggestion)],
      effects: [
        ...changedEffects(world, shown, after),
        ...(after.incident.claims.some((claim) => claim.suggestion === id)
          ? [tryEffect(world, after, suggestion, null)]
          : []),
        ...(first === null || after.incident.muted !== null
          ? []
          : [aside(world, after, `first:${id}:${label}`, first)]),
      ],
      ...(isTry(label) ? { tried: stepId } : {}),
    };
  });
  if (commit === "committed") world.meter.outcome(label);
}

/** `tried`: the step that has been done, by these words. */
type Decision = (Pick<Change, "entries" | "outcomes" | "effects"> & { tried?: string }) | null;

function isTry(label: OutcomeLabel): boolean {
  return label !== "ruled_out" && label !== "not_for_us" && label !== "already_considered";
}

/** Only members of the incident's channel record; a suggestion that nobody knows gets a sentence. */
async function onStep(
  world: World,
  click: StepClick,
  decide: (shown: Shown, suggestion: Suggestion) => Decision,
): Promise<Commit | "nothing"> {
  const { workspace, store } = world;
  const suggestion = await store.suggestion(workspace, click.suggestion);
  if (suggestion === null) {
    await refuse(world, click, { reason: "no-such-step" });
    return "nothing";
  }
  const stored = await store.incident(workspace, suggestion.incidentId);
  const channel = stored?.channel ?? click.channel;
  if (!(await world.chat.isMember(channel, click.user))) {
    const name = (await store.channel(workspace, channel))?.name ?? channel;
    await refuse(world, click, { reason: "not-a-member", channelName: name });
    return "nothing";
  }
  let tried: string | undefined;
  const commit = await settle(world, suggestion.incidentId, (shown): Change | null => {
    const decision = decide(shown, suggestion);
    if (decision === null) return null;
    const { tried: step, ...change } = decision;
    tried = step;
    return { workspace, handled: [click.job], about: about(shown), ...change };
  });
  if (commit === "committed" && tried !== undefined) world.stepTried(channel, tried);
  return commit;
}

function outcomeOf(
  world: World,
  { incident }: Shown,
  { user, label }: StepClick & { readonly label: OutcomeLabel },
  { id, incidentId, stepId }: Suggestion,
): Outcome {
  const now = world.now();
  return {
    id: `out_${world.newId()}`,
    suggestionId: id,
    incidentId,
    stepId,
    label,
    confidence: clickConfidence,
    source: "click",
    actor: user,
    minutes: minutesOf(incident, stepId, label, now),
    note: null,
    at: now,
    recordedAt: now,
  };
}

/**
 * Since the claim; null without one. A step that worked took until the recovery that the readings saw after the claim:
 * whoever was busy mending clicks later. Any other took until the click.
 */
function minutesOf(
  { claims, evidence }: Incident,
  stepId: string,
  label: OutcomeLabel,
  clickedAt: Date,
): number | null {
  const claim = claims.findLast((each) => each.stepId === stepId);
  if (claim === undefined) return null;
  const worked = label === "resolved" || label === "helped";
  const recoveredMs = (evidence?.backSince ?? Infinity) * 1000;
  const [fromMs, clickMs] = [claim.at.getTime(), clickedAt.getTime()];
  const isSeen = worked && recoveredMs > fromMs && recoveredMs < clickMs;
  return ((isSeen ? recoveredMs : clickMs) - fromMs) / 60_000;
}

/** Said once when a step that did not help was the first in line. */
function nextFirst(before: Shown, after: Shown, tried: Suggestion, label: OutcomeLabel) {
  if (label === "resolved" || label === "helped") return null;
  const firstBefore = freeSteps(before)[0];
  const [first] = freeSteps(after);
  const wasFirst = firstBefore === undefined || firstBefore.stepId === tried.stepId;
  if (first === undefined || !wasFirst) return null;
  return nowFirst(first.title, `"${tried.title}" ${outcomeClauses[label]}`);
}

/** Of the list in force, those without an outcome, by position; no fixes where there is nothing left to fix. */
export function freeSteps({ incident, suggestions }: Shown): Suggestion[] {
  const list = listInForce(incident);
  const isOver = incident.evidence?.backSince !== undefined;
  return suggestions
    .filter(
      ({ id, role }) => list?.suggestions.includes(id) === true && !(isOver && role === "fix"),
    )
    .filter(({ stepId }) => !incident.outcomes.some((outcome) => outcome.stepId === stepId))
    .toSorted((a, b) => a.position - b.position);
}

export function entryOf(world: World, user: UserId, fact: NewEntry["fact"]): NewEntry {
  return { actor: user, source: "slack", at: world.now(), fact };
}
