/** One message a try: who is on it, what the numbers did since, and the question what did it. */

import type { StepOutcome } from "../incident/incident.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { Credit, IncidentId, SuggestionId, UserId } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { actions, button, overflow, section, type Element } from "./blocks.ts";
import type { Block, MessageBody } from "./body.ts";
import { cut, escape, person } from "./escape.ts";
import { outcomeWordsOf, takeBackOption } from "./outcome-words.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";
import { outcomeElements } from "./steps-message.ts";

/** The shifted metric as it was read again. */
export interface ReadAgain {
  readonly at: Date;
  /** "p99" */
  readonly metric: string;
  /** "3.9 s" */
  readonly value: string;
}

/** A step that was in somebody's hands before it recovered. */
export interface Deed {
  readonly suggestion: SuggestionId;
  readonly title: string;
  /** null: a change told of it, and nobody. */
  readonly by: UserId | null;
  readonly at: Date;
}

export interface TryView {
  readonly incident: IncidentId;
  readonly suggestion: Pick<Suggestion, "id" | "role" | "title">;
  /** null: whoever was on it has let go. */
  readonly by: UserId | null;
  /** Oldest first. */
  readonly readings: readonly ReadAgain[];
  /** When the metrics were normal again; null while they are not. */
  readonly backSince: Date | null;
  /** The next planned reading; null after the last one. */
  readonly nextReadAt: Date | null;
  /** All that was done before the recovery. */
  readonly deeds: readonly Deed[];
  /** How often earlier alerts of this kind cleared by themselves; null where nobody knows. */
  readonly selfHealed: { readonly healed: number; readonly of: number } | null;
  /** It is this message that asks what did it, and no step has been named yet. */
  readonly isAsking: boolean;
  /** The answer, where it was no single step; it can be changed. */
  readonly credit: { readonly credit: Credit; readonly by: UserId } | null;
  /** On this suggestion. */
  readonly outcomes: readonly StepOutcome[];
}

const readingsMax = 6;
/** With three more buttons beside them. */
const deedsMax = 5;
const titleMax = 100;

export function tryMessage(view: TryView): MessageBody {
  return message(lines(view, textPen), [
    section(lines(view, blockPen([])).join("\n")),
    ...buttons(view),
  ]);
}

function lines(view: TryView, pen: Pen): readonly string[] {
  const title = escape(cut(view.suggestion.title, titleMax));
  const said = view.outcomes.filter(({ source }) => source !== "observed");
  const votes = said.map(
    (each) =>
      `${person(each.by)}: ${outcomeWordsOf(view.suggestion.role, each.label)} ${pen.clock(each.at)}.`,
  );
  const question = view.isAsking ? recoveredQuestion(view, pen) : "";
  return [
    `${view.by === null ? "Nobody" : person(view.by)} is on: ${title}.`,
    readingsLine(view, pen),
    question,
    votes.join(" "),
  ].filter((line) => line !== "");
}

/** "14:20 p99 3.9 s. 14:23 p99 0.4 s, back since 14:21." */
function readingsLine({ readings, backSince, nextReadAt }: TryView, pen: Pen): string {
  const shown = readings
    .slice(-readingsMax)
    .map(({ at, metric, value }) => `${pen.clock(at)} ${escape(metric)} ${escape(value)}`);
  const back = backSince === null ? "" : `, back since ${pen.clock(backSince)}`;
  const read = shown.length === 0 ? "" : `${shown.join(". ")}${back}.`;
  const next = nextReadAt === null ? "" : `Next reading ${pen.clock(nextReadAt)}.`;
  return [read, next].filter((words) => words !== "").join(" ");
}

function recoveredQuestion({ deeds, selfHealed, credit }: TryView, pen: Pen): string {
  const done = newestFirst(deeds).map(
    ({ title, by, at }) =>
      `${escape(cut(title, titleMax))} ${pen.clock(at)} (${by === null ? "seen among the changes" : person(by)})`,
  );
  const before = done.length === 0 ? "" : `Before that: ${done.join(", ")}.`;
  return ["What did it?", before, selfHealedWords(selfHealed), creditAnswer(credit)]
    .filter((words) => words !== "")
    .join(" ");
}

export function selfHealedWords(selfHealed: TryView["selfHealed"]): string {
  if (selfHealed === null || selfHealed.of === 0) return "";
  const cases = selfHealed.of === 1 ? "earlier case" : "earlier cases";
  return `This alert cleared by itself in ${selfHealed.healed} of ${selfHealed.of} ${cases}.`;
}

function newestFirst(deeds: readonly Deed[]): readonly Deed[] {
  return deeds.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, deedsMax);
}

function buttons(view: TryView): readonly Block[] {
  if (!view.isAsking) {
    const { suggestion } = view;
    const more = overflow(actionIds.outcome, [
      { text: takeBackOption, value: `${suggestion.id} take-back` },
    ]);
    return [actions(...outcomeElements(suggestion), more)];
  }
  return [
    actions(
      ...deedElements(newestFirst(view.deeds)),
      ...(view.deeds.length > 1 ? [creditElement(view.incident, "several")] : []),
      creditElement(view.incident, "by-itself"),
      creditElement(view.incident, "cannot-tell"),
    ),
  ];
}

/** Nothing preselected, no style. */
export function deedElements(deeds: readonly Deed[]): readonly Element[] {
  return deeds.map(({ suggestion, title }, index) =>
    button(title, `${actionIds.outcome}:deed-${index + 1}`, `${suggestion} resolved`),
  );
}

export const creditWords: Readonly<Record<Credit, string>> = {
  several: "Several",
  "something-else": "Something else",
  "by-itself": "By itself",
  "cannot-tell": "Can't tell",
};

/** "@ana: by itself." */
export function creditAnswer(credit: TryView["credit"]): string {
  return credit === null
    ? ""
    : `${person(credit.by)}: ${creditWords[credit.credit].toLowerCase()}.`;
}

export function creditElement(incident: IncidentId, credit: Credit): Element {
  return button(creditWords[credit], `${actionIds.credit}:${credit}`, `${incident} ${credit}`);
}
