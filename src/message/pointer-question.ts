/** "What pointed you there?": the checks that gave an answer, the deploy line, or something else. */

import type { Suggestion } from "../suggestion/suggestion.ts";
import type { Pointer, UserId } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { actions, button, section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, person } from "./escape.ts";
import { message } from "./pen.ts";

/** With three more buttons beside them. */
const checksMax = 8;
const titleMax = 100;

export interface PointedWords {
  readonly by: UserId;
  readonly pointer: Pointer;
  /** Of the check, where it was one. */
  readonly title: string | null;
}

/** Nothing preselected; the buttons stay, so that an answer can be corrected. */
export function pointerQuestion(view: {
  readonly fix: Pick<Suggestion, "id" | "title">;
  /** Who said that it did it. */
  readonly by: UserId;
  readonly checks: readonly Pick<Suggestion, "id" | "title">[];
  readonly answers: readonly PointedWords[];
}): MessageBody {
  const { fix, by, checks, answers } = view;
  const line = [
    `"${titled(fix.title)}" fixed it, according to ${person(by)}. What pointed you there?`,
    ...answers.map((each) => `${person(each.by)}: ${answerWords(each)}.`),
  ].join(" ");
  const choices = [
    ...checks.slice(-checksMax).map(({ id, title }) => ({ text: title, value: `${fix.id} ${id}` })),
    { text: "The deploy line", value: `${fix.id} deploy-line` },
    { text: "Something else", value: `${fix.id} something-else` },
    { text: "Skip", value: `${fix.id} skip` },
  ];
  return message(
    [line],
    [
      section(line),
      actions(
        ...choices.map(({ text, value }, index) =>
          button(text, `${actionIds.pointer}:${index + 1}`, value),
        ),
      ),
    ],
  );
}

function answerWords({ pointer, title }: PointedWords): string {
  switch (pointer) {
    case "check":
      return title === null ? "a check" : titled(title);
    case "deploy-line":
      return "the deploy line";
    case "something-else":
      return "something else";
    case "skip":
      return "skipped";
  }
}

function titled(title: string): string {
  return escape(cut(title, titleMax));
}
