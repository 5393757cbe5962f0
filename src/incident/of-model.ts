/** The part of the fold that a language model has a hand in: questions that were put to it, and what it read in the thread. */

import { withDeedsRead, type DeedsReadFact } from "./deeds-read.ts";
import type { Incident } from "./incident.ts";
import { withQuestion, type QuestionFact } from "./question.ts";
import type { TimelineFact } from "./timeline.ts";

export type OfModel = DeedsReadFact | QuestionFact;

const kinds = [
  "deeds-read",
  "question-put",
  "question-answered",
] as const satisfies readonly OfModel["kind"][];

export function isOfModel(fact: TimelineFact): fact is OfModel {
  return kinds.some((kind) => kind === fact.kind);
}

export function ofModel(incident: Incident, fact: OfModel, at: Date): Incident {
  switch (fact.kind) {
    case "deeds-read":
      return withDeedsRead(incident, fact);
    case "question-put":
    case "question-answered":
      return withQuestion(incident, fact, at);
  }
}
