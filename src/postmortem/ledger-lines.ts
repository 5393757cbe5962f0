/** What helped, what misled and what led nowhere, as people said it of the steps, with the place that each step was offered at. */

import { outcomeClauses } from "../message/outcome-words.ts";
import { minutesWords } from "../message/time.ts";
import type { StepOutcome } from "../incident/incident.ts";
import type { TimelineEntry, TimelineFact } from "../incident/timeline.ts";
import { unlisted } from "../suggestion/unlisted.ts";
import type { Sentence } from "./document.ts";
import { person, stepTitle, told, wholeTimeline, wordsOf, type PostmortemView } from "./view.ts";

export function helpedSentences(view: PostmortemView): readonly Sentence[] {
  const said = view.incident.outcomes.flatMap((outcome): Sentence[] =>
    outcome.label === "resolved" || outcome.label === "helped" ? [saidOf(view, outcome)] : [],
  );
  const all = [...said, ...pointedSentences(view), ...creditSentences(view)];
  return orNothing(view, all, "Nobody has said of a step that it helped.");
}

/** Steps that made it worse or stood first and changed nothing, and where something else than the first step fixed it. */
export function misledSentences(view: PostmortemView): readonly Sentence[] {
  const said = view.incident.outcomes
    .filter((outcome) => isMisleading(view, outcome))
    .map((outcome) => saidOf(view, outcome));
  return orNothing(view, [...said, ...placeSentences(view)], "Nothing is on record that misled.");
}

export function deadEndSentences(view: PostmortemView): readonly Sentence[] {
  const said = view.incident.outcomes
    .filter((outcome) => isDeadEnd(outcome) && !isMisleading(view, outcome))
    .map((outcome) => saidOf(view, outcome));
  return orNothing(view, said, "Nobody has said of a step that it led nowhere.");
}

function isMisleading(view: PostmortemView, { label, suggestion }: StepOutcome): boolean {
  if (label === "wrong") return true;
  return label === "no_effect" && suggestionOf(view, suggestion)?.position === 1;
}

function isDeadEnd({ label }: StepOutcome): boolean {
  return label === "no_effect" || label === "ruled_out" || label === "not_for_us";
}

/** "“Roll back checkout” fixed it, according to Ana, in 6 min. Hindsight had offered it at place 1." */
function saidOf(view: PostmortemView, outcome: StepOutcome): Sentence {
  const { suggestion, label, by } = outcome;
  const of = suggestionOf(view, suggestion);
  const clause =
    label === "helped" && of?.role === "check" ? "pointed somewhere" : outcomeClauses[label];
  const row = view.outcomes.findLast(
    (each) => each.suggestionId === suggestion && each.actor === by,
  );
  const minutes = row?.minutes ?? null;
  const after = minutes === null ? "" : `, in ${minutesWords(minutes)}`;
  const who =
    outcome.source === "observed"
      ? "as seen among the changes"
      : `according to ${person(view, by)}`;
  const entry = entryOf(view, (fact) => {
    return fact.kind === "outcome" && fact.suggestion === suggestion && fact.by === by;
  });
  const because =
    outcome.note === null || entry === null ? "" : `: ${wordsOf(view, entry, outcome.note)}`;
  const place =
    of === undefined
      ? ""
      : of.list === unlisted
        ? " No list of Hindsight's had it."
        : ` Hindsight had offered it at place ${of.position}${of.list === 1 ? "" : ` of list ${of.list}`}.`;
  const text = `${stepTitle(view, suggestion)} ${clause}, ${who}${after}${because}.${place}`;
  return entry === null ? { text, sources: [wholeTimeline(view)] } : told(view, entry, text);
}

function suggestionOf(view: PostmortemView, id: string) {
  return view.suggestions.find((each) => each.id === id);
}

/** The newest that says so. */
function entryOf(
  { entries }: PostmortemView,
  isIt: (fact: TimelineFact) => boolean,
): TimelineEntry | null {
  return entries.findLast(({ fact }) => isIt(fact)) ?? null;
}

function pointedSentences(view: PostmortemView): readonly Sentence[] {
  return view.incident.pointed.flatMap(({ fix, pointer, check, by }): Sentence[] => {
    const entry = entryOf(view, (fact) => fact.kind === "pointed" && fact.by === by);
    if (entry === null || pointer === "skip") return [];
    const what =
      check !== null
        ? stepTitle(view, check)
        : pointer === "deploy-line"
          ? "The line about the change"
          : "Something else than the steps";
    const text = `${what} pointed to ${stepTitle(view, fix)}, according to ${person(view, by)}.`;
    return [told(view, entry, text)];
  });
}

const creditWords = {
  several: "Several steps together ended it",
  "something-else": "Something else than the steps that were offered ended it",
  "by-itself": "It ended by itself",
  "cannot-tell": "What ended it cannot be told",
} as const;

function creditSentences(view: PostmortemView): readonly Sentence[] {
  const { credit } = view.incident;
  if (credit === null) return [];
  const entry = entryOf(view, (fact) => fact.kind === "credited");
  const text = `${creditWords[credit.credit]}, according to ${person(view, credit.by)}.`;
  return [entry === null ? { text, sources: [wholeTimeline(view)] } : told(view, entry, text)];
}

/** Where a fix stood in the first list that held it, if that was not at the top. */
function placeSentences(view: PostmortemView): readonly Sentence[] {
  const fixed = view.incident.outcomes.filter(({ label }) => label === "resolved");
  const steps = [...new Set(fixed.map(({ stepId }) => stepId))];
  return steps.flatMap((stepId): Sentence[] => {
    const earliest = view.suggestions
      .filter((each) => each.stepId === stepId && each.list !== unlisted)
      .toSorted((a, b) => a.list - b.list)[0];
    const first = view.suggestions.find(
      ({ list, position }) => list === earliest?.list && position === 1,
    );
    const entry = entryOf(view, (fact) => {
      return fact.kind === "suggested" && fact.list === earliest?.list;
    });
    if (earliest === undefined || first === undefined || entry === null) return [];
    if (earliest.position === 1) return [];
    const text = `Hindsight offered ${stepTitle(view, first.id)} first; ${stepTitle(view, earliest.id)}, which fixed it, stood at place ${earliest.position}.`;
    return [told(view, entry, text)];
  });
}

function orNothing(
  view: PostmortemView,
  sentences: readonly Sentence[],
  nothing: string,
): readonly Sentence[] {
  return sentences.length > 0 ? sentences : [{ text: nothing, sources: [wholeTimeline(view)] }];
}
