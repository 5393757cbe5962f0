/** A question that was put to the model in an incident, and what it was answered. */

import type { AwayBecause } from "../model/away.ts";
import type { Fallen } from "../model/fallen.ts";
import type { MessageTs, UserId } from "../vocabulary.ts";
import type { Incident } from "./incident.ts";

export interface AnswerSentence {
  readonly text: string;
  readonly cites: readonly string[];
  /** Where what it cites can be opened, as far as it can. */
  readonly links: readonly string[];
}

export interface QuestionAnswer {
  /** Why there is none of the model's; absent: it answered. */
  readonly away?: AwayBecause;
  readonly sentences: readonly AnswerSentence[];
  /** What it said and is not shown. */
  readonly fell: readonly Fallen[];
  /** What was looked at for it, in words. */
  readonly looked: readonly string[];
}

/** `ts`: the message that asks; its words stay in the chat, and go where it is deleted. */
export type QuestionFact =
  | { readonly kind: "question-put"; readonly ts: MessageTs; readonly by: UserId }
  | ({ readonly kind: "question-answered"; readonly ts: MessageTs } & QuestionAnswer);

export interface PutQuestion {
  readonly ts: MessageTs;
  readonly by: UserId;
  readonly at: Date;
  /** null: it is being looked at. */
  readonly answer: QuestionAnswer | null;
}

export function withQuestion(incident: Incident, fact: QuestionFact, at: Date): Incident {
  if (fact.kind === "question-put") {
    const put = { ts: fact.ts, by: fact.by, at, answer: null };
    return { ...incident, questions: [...incident.questions, put] };
  }
  const { kind: _kind, ts, ...answer } = fact;
  const questions = incident.questions.map((each) => (each.ts === ts ? { ...each, answer } : each));
  return { ...incident, questions };
}
