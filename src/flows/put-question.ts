/** A question in an incident's thread that goes to the model: told at once that it is looked at. */

import type { QuestionFact } from "../incident/question.ts";
import { above } from "../message/answers-asked.ts";
import type { Ask } from "../message/ask.ts";
import { notUnderstood } from "../message/not-understood.ts";
import { lookingAt, questionsUsedUp } from "../message/question-words.ts";
import type { UserId } from "../vocabulary.ts";
import type { Change, NewEntry } from "./change.ts";
import type { World } from "./ports.ts";
import { replyEffect, type Said } from "./reply.ts";
import { about, settle } from "./settle.ts";
import type { Shown } from "./show-incident.ts";

/** Of one incident. */
const questionsMax = 20;

type Putting = Said & { readonly job: string; readonly user: UserId; readonly text: string };

/** `isOfTrouble`: its words tell of the trouble, so that without the model steps are the answer. */
export async function putQuestion(
  world: World,
  { job, channel, ts, threadTs, user, text }: Putting,
  shown: Shown,
  { isOfTrouble, ask }: { readonly isOfTrouble: boolean; readonly ask: Ask },
): Promise<void> {
  const { workspace } = world;
  const said = { channel, ts, threadTs, user, text };
  const { id: incident } = shown.stored;
  await settle(world, incident, (current): Change => {
    const { questions, evidence } = current.incident;
    const change = { workspace, handled: [job], about: about(current) };
    if (questions.length >= questionsMax) {
      const body = above(notUnderstood(wordsOf(ask)), questionsUsedUp(questionsMax));
      return { ...change, effects: [replyEffect(world, said, body)] };
    }
    const fact = { kind: "question-put", ts: said.ts, by: said.user } as const;
    const looked = `what is known of ${evidence?.service ?? current.name}`;
    return {
      ...change,
      entries: [{ ...questionEntry(world, said, fact), actor: said.user, source: "slack" }],
      effects: [replyEffect(world, said, lookingAt([looked]))],
      jobs: [
        {
          id: world.idOf(`answer-question ${said.channel} ${said.ts}`),
          job: { kind: "answer-question", incident, ...said, isOfTrouble },
        },
      ],
    };
  });
}

/** Without the mention. */
export function wordsOf(ask: Ask): string {
  return ask.kind === "look" || ask.kind === "suspect" ? ask.about : "";
}

export function questionEntry(
  world: World,
  { ts }: Pick<Said, "ts">,
  fact: QuestionFact,
): NewEntry {
  return { actor: world.botUser, source: "bot", at: world.now(), messageTs: ts, fact };
}
