/** What became of steps, in somebody's words: which of them are news, and all that follows from these. */

import { nowFirst, recordedOddly } from "../message/answers.ts";
import { outcomeClauseOf } from "../message/outcome-words.ts";
import { listInForce } from "../incident/board.ts";
import type { Incident, StepOutcome } from "../incident/incident.ts";
import { inLine, ruledOutIn } from "../suggestion/ruled-out.ts";
import type { Outcome, Suggestion } from "../suggestion/suggestion.ts";
import type { MessageTs, OutcomeLabel, UserId } from "../vocabulary.ts";
import { outcomeQuestion } from "./ask-outcome.ts";
import type { Effect, NewEntry } from "./change.ts";
import type { Decision } from "./on-step.ts";
import type { World } from "./ports.ts";
import { askedPointer } from "./record-pointer.ts";
import { changedEffects } from "./changed-effects.ts";
import { ephemeral, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { aside, tryEffect } from "./show-try.ts";

export interface Word {
  readonly suggestion: Suggestion;
  readonly label: OutcomeLabel;
  readonly by: UserId;
  readonly source: Extract<
    Outcome["source"],
    "click" | "phrase" | "reaction" | "observed" | "model"
  >;
  /** When it was said, by the clock of whoever tells of it. */
  readonly at: Date;
  /** The message that says so, or that was reacted to. */
  readonly messageTs?: MessageTs;
  /** The reaction's name; taking that one back takes the word back. */
  readonly reaction?: string;
}

/** Explicit clicks count whole; what has to be read or seen counts less (DESIGN §9). */
const confidences: Readonly<Record<Word["source"], number>> = {
  click: 1,
  phrase: 0.6,
  reaction: 0.6,
  observed: 0.6,
  model: 0.3,
};

/** null where none of them is news. */
export function decideWords(world: World, shown: Shown, told: readonly Word[]): Decision {
  const words = told.filter((word) => isNews(shown.incident, word));
  const [first] = words;
  if (first === undefined) return null;
  const said = words.map((word) => entryOfWord(world, word));
  const fix = words.find(
    ({ label, suggestion }) => label === "resolved" && suggestion.role === "fix",
  );
  const asked =
    fix === undefined
      ? { entries: [], effects: [] }
      : askedPointer(world, withEntries(shown, said), fix.suggestion);
  const entries = [...said, ...asked.entries];
  const after = withEntries(shown, entries);
  const tried = words.find(({ label }) => isTry(label))?.suggestion.stepId;
  return {
    entries,
    outcomes: words.map((word) => outcomeOf(world, shown.incident, word)),
    effects: [
      ...changedEffects(world, shown, after),
      ...wordEffects(world, after, words),
      ...asked.effects,
      ...nextFirst(world, shown, after, first),
      ...oddlyRecorded(world, shown, first),
    ],
    ...(tried === undefined ? {} : { tried }),
  };
}

/** The same again is none; nor is a reaction or a phrase on what the same person has clicked, or a bare deed after its outcome. */
function isNews({ outcomes }: Incident, { suggestion, label, by, source }: Word): boolean {
  const latest = outcomes.find((each) => each.by === by && each.suggestion === suggestion.id);
  if (latest === undefined) return true;
  if (source === "click") return latest.label !== label || sourceOf(latest) !== "click";
  const isBare = label === "already_considered";
  const isWeaker = source === "model" && sourceOf(latest) !== "model";
  return latest.label !== label && sourceOf(latest) !== "click" && !isBare && !isWeaker;
}

function sourceOf({ source }: StepOutcome): Outcome["source"] {
  return source ?? "click";
}

function isTry(label: OutcomeLabel): boolean {
  return label !== "ruled_out" && label !== "not_for_us" && label !== "already_considered";
}

function entryOfWord(world: World, word: Word): NewEntry {
  const { suggestion, label, by, source, messageTs, reaction } = word;
  const { id, stepId } = suggestion;
  return {
    actor: by,
    source: source === "observed" ? "bot" : "slack",
    at: timeOf(world, word),
    ...(messageTs === undefined ? {} : { messageTs }),
    fact: {
      kind: "outcome",
      suggestion: id,
      stepId,
      label,
      by,
      note: null,
      ...(source === "click" ? {} : { source }),
      ...(reaction === undefined ? {} : { reaction }),
    },
  };
}

/** Nothing was said later than now, whatever another clock shows. */
function timeOf(world: World, { at }: Pick<Word, "at">): Date {
  const now = world.now();
  return at > now ? now : at;
}

function outcomeOf(world: World, incident: Incident, word: Word): Outcome {
  const { suggestion, label, by, source } = word;
  const at = timeOf(world, word);
  return {
    id: `out_${world.newId()}`,
    suggestionId: suggestion.id,
    incidentId: suggestion.incidentId,
    stepId: suggestion.stepId,
    label,
    confidence: confidences[source],
    source,
    actor: by,
    minutes: minutesOf(incident, suggestion.stepId, label, at),
    note: noteOf(world, incident, word),
    at,
    recordedAt: world.now(),
  };
}

/** What a reader of the ledger has to know of the row beside its values. */
function noteOf(world: World, { state }: Incident, { at }: Word): string | null {
  const notes = [
    ...(state === "resolved" ? ["said after the end"] : []),
    ...(at > world.now()
      ? [`dated ${at.toISOString()} by its sender, later than it was recorded`]
      : []),
  ];
  return notes.length === 0 ? null : notes.join("; ");
}

/** To the person alone, where the row carries a note: it counts, and not as they may think. An answer at the end is asked for. */
function oddlyRecorded(world: World, { stored, incident, name }: Shown, word: Word): Effect[] {
  const { suggestion, label, by, source } = word;
  const isAnswer =
    source === "click" && label === "resolved" && incident.asked.outcome !== undefined;
  const isAhead = word.at > world.now();
  if (
    source === "observed" ||
    source === "model" ||
    isAnswer ||
    (incident.state === "open" && !isAhead)
  )
    return [];
  const endedName = incident.state === "resolved" ? name : null;
  const body = recordedOddly({
    title: suggestion.title,
    role: suggestion.role,
    label,
    endedName,
    isAhead,
  });
  return [ephemeral(world, { channel: stored.channel, user: by }, body)];
}

/** The tries' own messages, and the one that asks what did it, as they read now. */
function wordEffects(world: World, after: Shown, words: readonly Word[]): Effect[] {
  const claimed = words.filter(({ suggestion }) =>
    after.incident.claims.some((claim) => claim.suggestion === suggestion.id),
  );
  const isShown = claimed.some(
    ({ suggestion }) => suggestion.id === after.incident.asked.outcome?.suggestion,
  );
  return [
    ...claimed.map(({ suggestion }) => tryEffect(world, after, suggestion, null)),
    ...(isShown ? [] : outcomeQuestion(world, after)),
  ];
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

/** Said once when the first in line did not help, or when a check spoke against it. */
function nextFirst(world: World, before: Shown, after: Shown, word: Word): Effect[] {
  const { suggestion: tried, label } = word;
  const isOver = label === "resolved" || label === "helped";
  const [former] = freeSteps(before);
  const [first] = freeSteps(after);
  if (isOver || first === undefined) return [];
  const wasFirst = former === undefined || former.stepId === tried.stepId;
  if (!wasFirst && former.stepId === first.stepId) return [];
  const because = wasFirst ? outcomeClauseOf(tried.role, label) : `spoke against "${former.title}"`;
  const words = nowFirst(first.title, `"${tried.title}" ${because}`);
  return [aside(world, after, { key: `first:${tried.id}:${label}`, as: "remark" }, words)];
}

/** Of the list in force, those without an outcome, first in line first; no fixes where there is nothing left to fix. */
export function freeSteps({ incident, suggestions }: Shown): readonly Suggestion[] {
  const list = listInForce(incident);
  const isOver = incident.evidence?.backSince !== undefined;
  const free = suggestions
    .filter(
      ({ id, role }) => list?.suggestions.includes(id) === true && !(isOver && role === "fix"),
    )
    .filter(({ stepId }) => !incident.outcomes.some((outcome) => outcome.stepId === stepId))
    .toSorted((a, b) => a.position - b.position);
  return inLine(free, ruledOutIn(incident.outcomes, suggestions));
}
