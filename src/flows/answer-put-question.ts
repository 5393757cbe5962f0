/** Answers a question that was put to the model, by an edit of the message that says that it is looked at. */

import type { AnswerSentence, QuestionAnswer } from "../incident/question.ts";
import { above } from "../message/answers-asked.ts";
import { parseAsk } from "../message/ask.ts";
import type { MessageBody } from "../message/body.ts";
import { knownUrl } from "../message/escape.ts";
import { notUnderstood } from "../message/not-understood.ts";
import { lookingAt, questionAnswered, withoutModel } from "../message/question-words.ts";
import { awayWords } from "../model/away.ts";
import { itemOf, type Known } from "../model/known.ts";
import { preflightFollowUp } from "../model/preflight.ts";
import { parseFollowUpReply, parseReadDeeds, type WordedSentence } from "../model/reply.ts";
import type { Change } from "./change.ts";
import { hearModel } from "./hear-model.ts";
import { lookAndAnswer, type Looked } from "./look-and-answer.ts";
import type { QuestionJob } from "./model-ports.ts";
import type { World } from "./ports.ts";
import { questionEntry, wordsOf } from "./put-question.ts";
import { questionGround, type QuestionGround } from "./question-ground.ts";
import { readTool, toolLooksAt } from "./question-tools.ts";
import { replyEffect } from "./reply.ts";
import { about, settle } from "./settle.ts";
import { showIncident, type Shown } from "./show-incident.ts";

type Asked = Omit<QuestionJob, "kind"> & { readonly job: string };

/** Runs once: its commit carries the job. Whatever the model does, the question has an answer at the end. */
export async function answerPutQuestion(world: World, asked: Asked): Promise<void> {
  if (await world.store.wasHandled(world.workspace, [asked.job])) return;
  const stored = await world.store.incident(world.workspace, asked.incident);
  if (stored === null) return;
  const { model } = world;
  if (model === null) return conclude(world, asked, noAnswer("interrupted"));
  const shown = await showIncident(world, stored);
  const ground = await questionGround(world, shown, asked);
  const { channel } = asked;
  const clean = (text: string): string => model.clean(stored.id, text);
  const asking = {
    channel,
    sources: ground.sources,
    shown,
    changes: [...ground.changes],
    clean,
  };
  const looked = await lookAndAnswer(world, {
    job: asked.job,
    incident: stored.id,
    view: ground.view,
    clean,
    lookingAt: (wanted) => toolLooksAt(asking, wanted),
    read: (wanted) => readTool(world, asking, wanted),
    onCall: (tool, ended) => world.meter.toolCalled(tool, ended),
    onLook: (at) => tellLooking(world, asked, at),
  });
  const { answer, ...heard } = await checked(world, looked, ground, shown);
  const fell = await hearModel(world, { ...asked, ...heard, messages: ground.messages });
  await conclude(world, asked, { ...answer, fell: [...answer.fell, ...fell] });
}

/** It could not be asked, for a reason of ours. */
export function giveUpQuestion(world: World, asked: Asked): Promise<void> {
  return conclude(world, asked, noAnswer("interrupted"));
}

function noAnswer(away: NonNullable<QuestionAnswer["away"]>): QuestionAnswer {
  return { away, sentences: [], fell: [], looked: [] };
}

/** What tells of an answer must not take the place of it: another worker may have been quicker. */
async function tellLooking(world: World, asked: Asked, looked: readonly string[]): Promise<void> {
  await settle(world, asked.incident, (current): Change | null => {
    if (!isOpenQuestion(current, asked)) return null;
    const effects = [replyEffect(world, asked, lookingAt(looked))];
    return { workspace: world.workspace, handled: [], about: about(current), effects };
  });
}

function isOpenQuestion({ incident }: Shown, { ts }: Pick<Asked, "ts">): boolean {
  return incident.questions.some((each) => each.ts === ts && each.answer === null);
}

/** What may be shown of what it said, and the deeds that it read. */
async function checked(
  world: World,
  { said, reads, looked }: Looked,
  ground: QuestionGround,
  shown: Shown,
) {
  if ("away" in said) return { answer: { ...noAnswer(said.away), looked }, deeds: [] };
  const parsed = parseFollowUpReply(said.text);
  if ("problem" in parsed) {
    const { said: words, mend } = awayWords("senseless");
    world.trouble(`the model is away: ${words} (the reply ${parsed.problem}); ${mend}`);
    return { answer: { ...noAnswer("senseless"), looked }, deeds: [] };
  }
  const known = ground.knownWith(reads);
  const { kept, fell } = await preflightFollowUp(parsed.reply, known);
  const deeds = parseReadDeeds(said.text);
  const sentences = await Promise.all(
    kept.map((each) => withLinks(world, each, { known, reads, shown })),
  );
  const all = [...parsed.fell, ...fell, ...deeds.fell];
  return { answer: { sentences, fell: all, looked }, deeds: deeds.deeds };
}

/** Where what it cites can be opened: a source's page, a change, what was read for it, a message. */
async function withLinks(
  world: World,
  { text, cites }: WordedSentence,
  { known, reads, shown }: Backing,
): Promise<AnswerSentence> {
  const { incident, stored } = shown;
  const pages = incident.evidence?.links ?? {};
  const links = await Promise.all(
    cites.map(async (cite) => {
      const [, ts] = /^message:(.+)$/.exec(cite) ?? [];
      if (ts !== undefined) return world.chat.permalink(stored.channel, ts).catch(() => null);
      const url = reads.find(({ id }) => id === cite)?.url;
      return knownUrl(url ?? pages[itemOf(cite, known)?.id ?? cite], world.linkHosts);
    }),
  );
  return { text, cites, links: links.filter((link) => link !== null) };
}

interface Backing {
  readonly known: Known;
  readonly reads: Looked["reads"];
  readonly shown: Shown;
}

/** The deterministic answer stands where the model gave none, and one sentence says why. */
async function conclude(world: World, asked: Asked, answer: QuestionAnswer): Promise<void> {
  const { workspace } = world;
  const isAnswered = answer.sentences.length > 0;
  const commit = await settle(world, asked.incident, (current): Change | null => {
    if (!isOpenQuestion(current, asked)) return null;
    const fact = { kind: "question-answered", ts: asked.ts, ...answer } as const;
    const view = { ...asked, hosts: hostsOf(answer), since: current.incident.since };
    const body = isAnswered ? questionAnswered(answer, view) : instead(asked, answer, view);
    const isListed = !isAnswered && asked.isOfTrouble && current.incident.state === "open";
    return {
      workspace,
      handled: [asked.job],
      about: about(current),
      entries: [questionEntry(world, asked, fact)],
      effects: [replyEffect(world, asked, body)],
      jobs: isListed ? [listJob(world, asked)] : [],
    };
  });
  if (commit === "committed") world.meter.questionAnswered(endOf(answer));
}

/** Each link was checked as it was kept. */
function hostsOf({ sentences }: QuestionAnswer): readonly string[] {
  return sentences.flatMap(({ links }) => links.map((link) => new URL(link).host));
}

function endOf({ away, sentences }: QuestionAnswer): "answered" | "nothing-kept" | "away" {
  if (away !== undefined) return "away";
  return sentences.length > 0 ? "answered" : "nothing-kept";
}

function instead(
  { text, isOfTrouble }: Asked,
  answer: QuestionAnswer,
  view: Parameters<typeof withoutModel>[1],
): MessageBody {
  const without = withoutModel(answer, view);
  return isOfTrouble ? without : above(notUnderstood(wordsOf(parseAsk(text))), without);
}

function listJob(world: World, { channel, incident, ts, threadTs, text }: Asked) {
  const asked = { text, threadTs: threadTs ?? ts };
  const job = { kind: "investigate", channel, incident, asked } as const;
  return { id: world.idOf(`investigate for ${channel} ${ts}`), job };
}
