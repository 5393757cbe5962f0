/** What a question is answered from: the incident's evidence, its steps, what was said, and what its answer is held against. */

import type { ChangeRecord } from "../evidence/input.ts";
import type { Evidence } from "../incident/incident.ts";
import type { BoardLine } from "../incident/board.ts";
import type { PutQuestion } from "../incident/question.ts";
import { markupAsWords } from "../message/markup.ts";
import { outcomeClauseOf } from "../message/outcome-words.ts";
import { seenWords } from "../message/seen-before.ts";
import type { KnownText } from "../model/items.ts";
import { knownOf, type Known } from "../model/known.ts";
import type { QuestionView } from "../model/question.ts";
import type { MessageTs, UserId } from "../vocabulary.ts";
import type { ChatMessage } from "./chat.ts";
import type { Sources, World } from "./ports.ts";
import { seenHere } from "./seen-before.ts";
import type { Shown } from "./show-incident.ts";
import { recentMessages } from "./what-is-asked.ts";

const messagesMax = 30;
const earlierMax = 4;

export interface QuestionGround {
  readonly sources: Sources;
  readonly view: QuestionView;
  /** Of the incident, that were gathered. */
  readonly changes: readonly ChangeRecord[];
  /** People's, newest last, the question left out. */
  readonly messages: readonly ChatMessage[];
  /** With what was read for the question. */
  knownWith(reads: readonly KnownText[]): Known;
}

export interface Put {
  readonly ts: MessageTs;
  readonly threadTs: MessageTs | null;
  readonly text: string;
}

/** Everything is of this incident, or may be shown in its channel. */
export async function questionGround(
  world: World,
  shown: Shown,
  put: Put,
): Promise<QuestionGround> {
  const { stored, incident } = shown;
  const { channel } = stored;
  const { evidence } = incident;
  const asked = { text: put.text, threadTs: put.threadTs ?? put.ts };
  const [input, sources, { messages: all }] = await Promise.all([
    evidence === null ? null : world.store.evidence(world.workspace, evidence.snapshot),
    world.sourcesFor(channel),
    recentMessages(world, { channel, asked }, incident.declaredAt),
  ]);
  const messages = all
    .filter(
      ({ isBot, ts, text, user }) =>
        !isBot && user !== world.botUser && ts !== put.ts && text.trim() !== "",
    )
    .slice(-messagesMax);
  const words = ({ ts, text }: ChatMessage): KnownText => ({
    id: messageId(ts),
    text: saidText(text, world.botUser),
  });
  const texts = [...pastTexts(world, shown), ...shown.board.map(stepText), ...messages.map(words)];
  const knownWith = (reads: readonly KnownText[]): Known =>
    knownOf({
      diagnosis: evidence?.diagnosis ?? nothingRead(incident.since),
      input: input ?? { onset: incident.since.getTime() / 1_000 },
      services: sources.catalog.services.map(({ name }) => name),
      texts: [...texts, ...reads],
      hosts: world.linkHosts,
      urls: Object.values(evidence?.links ?? {}),
    });
  const view = viewOf(world, shown, { put, known: knownWith([]), messages, all, sources });
  return { sources, view, changes: input?.changes ?? [], messages, knownWith };
}

function nothingRead(since: Date): Evidence["diagnosis"] {
  return {
    onset: since.getTime() / 1_000,
    services: [],
    metrics: [],
    scope: null,
    changes: [],
    noChange: 1,
    logs: [],
    confidence: "none",
    findings: [],
    examined: [],
  };
}

/** Those of other channels alone that may be shown in this one. */
function pastTexts(world: World, shown: Shown): KnownText[] {
  return seenHere(shown, world.now()).map((seen) => ({
    id: `incident:${seen.name}`,
    text: seenWords(seen),
  }));
}

function stepText({ stepId, role, title, state, claimedAway }: BoardLine): KnownText {
  const id = `step:${stepId}`;
  switch (state.state) {
    case "free":
      return {
        id,
        text: `${title}: ${claimedAway === undefined ? "free" : "ruled out, no check recorded"}`,
      };
    case "claimed":
      return { id, text: `${title}: in hand` };
    case "out":
    case "good":
      return { id, text: `${title} ${outcomeClauseOf(role, state.label)} at ${clockOf(state.at)}` };
  }
}

function clockOf(at: Date): string {
  return at.toISOString().slice(11, 16);
}

/** What a model is told of a message by. */
export const messageId = (ts: MessageTs): string => `message:${ts}`;

/** Without our own mention; whom another means is nobody's business here. */
function saidText(text: string, botUser: UserId): string {
  const others = text.replaceAll(`<@${botUser}>`, " ").replaceAll(/<@[^>]*>/g, "somebody");
  return markupAsWords(others);
}

/** The timestamp of a message by the id that a model was told; null: it is none of these. */
export function messageOf(id: string, messages: readonly ChatMessage[]): ChatMessage | null {
  return messages.find(({ ts }) => messageId(ts) === id || ts === id) ?? null;
}

interface Told {
  readonly put: Put;
  readonly known: Known;
  readonly messages: readonly ChatMessage[];
  readonly all: readonly ChatMessage[];
  readonly sources: Sources;
}

function viewOf(world: World, shown: Shown, told: Told): QuestionView {
  const { put, known, messages, sources } = told;
  const { incident, board } = shown;
  const { evidence } = incident;
  return {
    incident: {
      title: incident.title,
      severity: `SEV${incident.severity}`,
      ...(evidence === null ? {} : { symptom: evidence.symptom, read: clockOf(evidence.at) }),
      ...(evidence?.service == null ? {} : { service: evidence.service }),
      since: clockOf(incident.since),
    },
    services: sources.catalog.services.map(({ name }) => name),
    evidence: [...known.items.values()]
      .filter(({ kind, id }) => kind !== "text" || id.startsWith("incident:"))
      .map(({ id, text }) => ({ id, text })),
    steps: board.map(stepText),
    playbook: world.steps
      .map(({ id }) => id)
      .filter((id) => !board.some(({ stepId }) => stepId === id)),
    gaps: evidence?.gaps.map(({ source, reason }) => `${source}: ${reason}`) ?? [],
    earlier: earlierIn(world, incident.questions, told),
    said: saidIn(world, messages),
    question: saidText(put.text, world.botUser),
  };
}

/** Those whose question still stands in the chat. */
function earlierIn(
  { botUser }: World,
  questions: readonly PutQuestion[],
  { all }: Told,
): QuestionView["earlier"] {
  return questions.slice(-earlierMax).flatMap(({ ts, answer }) => {
    const asked = all.find((message) => message.ts === ts);
    if (answer === null || answer.sentences.length === 0 || asked === undefined) return [];
    const words = answer.sentences.map(({ text }) => text).join(" ");
    return [{ question: saidText(asked.text, botUser), answer: words }];
  });
}

function saidIn({ botUser }: World, messages: readonly ChatMessage[]): QuestionView["said"] {
  const people = [...new Set(messages.map(({ user }) => user))];
  return messages.map(({ ts, user, text }) => ({
    id: messageId(ts),
    text: saidText(text, botUser),
    by: `${clockOf(new Date(Number(ts) * 1_000))} person ${people.indexOf(user) + 1}`,
  }));
}
