/** "Deploy feed: checkout went back to 9c1d2e0. That is step 1. Who drove it?": what the changes show and nobody told of. */

import type { Observed } from "../incident/incident.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import { actionIds } from "./actions.ts";
import { actions, button, section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, person } from "./escape.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

const wordsMax = 150;
const titleMax = 100;
const feeds: Readonly<Partial<Record<Suggestion["mechanism"], string>>> = {
  deploy: "Deploy feed",
  flag: "Flags",
};

/** Nothing preselected; the buttons stay, so that an answer can be changed. */
export function observedQuestion(
  observed: Observed,
  step: Pick<Suggestion, "id" | "position" | "title" | "mechanism">,
): MessageBody {
  const line = (pen: Pen) => words(observed, step, pen);
  return message(
    [line(textPen)],
    [
      section(line(blockPen([]))),
      actions(
        button("Me", `${actionIds.driven}:me`, `${step.id} me`),
        button("Not this", `${actionIds.driven}:not-this`, `${step.id} not-this`),
      ),
    ],
  );
}

function words(
  { words: what, at, answers }: Observed,
  { position, title, mechanism }: Pick<Suggestion, "position" | "title" | "mechanism">,
  pen: Pen,
): string {
  const said = answers.map(({ answer, by }) =>
    answer === "me" ? `${person(by)} drove it.` : `Not this, according to ${person(by)}.`,
  );
  return [
    `${feeds[mechanism] ?? "Configuration"}: ${escape(cut(what, wordsMax))} at ${pen.clock(at)}.`,
    `That is step ${position}: ${escape(cut(title, titleMax))}. Who drove it?`,
    ...said,
  ].join(" ");
}
