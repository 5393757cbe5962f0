/** A question that went to the model, as it reads in its thread: while it is looked at, answered, and where the model gave nothing. */

import type { QuestionAnswer } from "../incident/question.ts";
import { awayWords } from "../model/away.ts";
import type { MessageTs, IncidentId } from "../vocabulary.ts";
import { isIncident } from "./actions.ts";
import { actions, button, context, sections } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, plain } from "./escape.ts";
import { fellWords } from "./model-words.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

const sentenceMax = 400;
const sentencesMax = 12;
const lookedMax = 4;
const lookedCharsMax = 80;

/** "Looking at p99 of payments and changes of payments…" */
export function lookingAt(looked: readonly string[]): MessageBody {
  const line = `Looking at ${lookedWords(looked)}…`;
  return message([line], sections([line]));
}

function lookedWords(looked: readonly string[]): string {
  const all = [...new Set(looked)].slice(0, lookedMax);
  const rest = new Set(looked).size - all.length;
  const named = all.map((each) => escape(cut(plain(each), lookedCharsMax)));
  const words = rest > 0 ? [...named, `${rest} more`] : named;
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

interface Asked {
  readonly incident: IncidentId;
  /** Of the question. */
  readonly ts: MessageTs;
  readonly hosts: readonly string[];
  /** When the incident began, for the day of a time that a sentence tells. */
  readonly since: Date;
}

/** Its sentences, each with where it can be looked up, and marked as the model's wording. */
export function questionAnswered(answer: QuestionAnswer, asked: Asked): MessageBody {
  const lines = (pen: Pen) =>
    answer.sentences.slice(0, sentencesMax).map((each) => sentenceLine(each, asked, pen));
  const foot = footWords(answer);
  return message(
    [...lines(textPen), foot],
    [...sections(lines(blockPen(asked.hosts))), context(foot), ...fellButton(answer, asked)],
  );
}

function sentenceLine(
  { text, links }: QuestionAnswer["sentences"][number],
  { since }: Asked,
  pen: Pen,
): string {
  const words = pen.clocksIn(escape(cut(text, sentenceMax)), since);
  const sources = [...new Set(links)]
    .map((url, index) => [pen.link(url, `[${index + 1}]`), `[${index + 1}]`] as const)
    .flatMap(([link, bare]) => (link === bare ? [] : [link]));
  return [words, ...sources].join(" ");
}

function footWords({ looked, fell }: QuestionAnswer): string {
  const at = looked.length === 0 ? "" : `Looked at ${lookedWords(looked)}.`;
  return ["Worded by the model.", at, fellWords(fell)].filter(Boolean).join(" ");
}

const fellAction = "question:fell";

/** Of which incident and of which message's question it is asked what was left out; null: the button is another. */
export function parseFellClick(
  actionId: string,
  value: string,
): { readonly incident: IncidentId; readonly ts: MessageTs } | null {
  const [incident = "", ts = ""] = value.split(" ");
  const isIts = actionId === fellAction && isIncident(incident) && /^\d+\.\d+$/.test(ts);
  return isIts ? { incident, ts } : null;
}

function fellButton({ fell }: Pick<QuestionAnswer, "fell">, { incident, ts }: Asked) {
  if (fell.length === 0) return [];
  return [actions(button("What was left out?", fellAction, `${incident} ${ts}`))];
}

/** Below what is said without the model: why it gave nothing. */
export function withoutModel(
  answer: Pick<QuestionAnswer, "away" | "fell">,
  asked: Asked,
): MessageBody {
  const { away, fell } = answer;
  const line =
    away === undefined
      ? ["The model gave no answer that what was read bears out.", fellWords(fell)]
          .filter(Boolean)
          .join(" ")
      : `The model is away: ${awayWords(away).said}.`;
  return message([line], [...sections([line]), ...fellButton(answer, asked)]);
}

/** `max`: how many an incident has. */
export function questionsUsedUp(max: number): MessageBody {
  const line = `The ${max} questions that an incident may put to the model are used up.`;
  return message([line], sections([line]));
}
