/** A mention: taken as a turn at once, answered in its thread. */

import { parseAsk } from "../message/ask.ts";
import type { Ask, Question } from "../message/ask.ts";
import { helpMessage } from "../message/help.ts";
import { notUnderstood } from "../message/not-understood.ts";
import { isOwnQuestion } from "../message/own-question.ts";
import { refusal } from "../message/refusals.ts";
import type { ChannelId, MessageTs, UserId } from "../vocabulary.ts";
import { actAsAsked } from "./act-as-asked.ts";
import { isUnderstood } from "./is-understood.ts";
import { answerQuestion } from "./answer-question.ts";
import { begin, isIncidentChannel } from "./begin-incident.ts";
import { pictureEffect } from "./draw-series.ts";
import { hearClaims } from "./hear-claims.ts";
import { hearMessage } from "./hear-message.ts";
import { investigate } from "./investigate.ts";
import { noIncidentIn } from "./no-incident.ts";
import type { StoredIncident, World } from "./ports.ts";
import { putQuestion } from "./put-question.ts";
import { outsideAnswer } from "./read-outside.ts";
import { channelNow, refreshChannel } from "./refresh-channel.ts";
import { answerKey, reply, type Said } from "./reply.ts";
import { showIncident, type Shown } from "./show-incident.ts";

export interface Mention extends Said {
  readonly user: UserId;
  readonly text: string;
}

/** Whoever claims it answers; nobody else does. */
export const turnOf = (channel: ChannelId, ts: MessageTs): string => `turn:${channel}:${ts}`;

/** `app_mention` and `message` tell of the same words: whichever commits first has the turn. */
export async function onMention(
  world: World,
  { job, ...mention }: Mention & { readonly job: string },
): Promise<void> {
  const { channel, ts } = mention;
  await world.store.commit({
    workspace: world.workspace,
    handled: [job, turnOf(channel, ts)],
    jobs: [
      { id: world.idOf(`mention ${channel} ${ts}`), job: { kind: "answer-mention", ...mention } },
    ],
  });
}

/** Runs once: the answer's commit carries the job. */
export async function answerMention(
  world: World,
  { job, ...mention }: Mention & { readonly job: string },
): Promise<void> {
  const { workspace, store } = world;
  if (await store.wasHandled(workspace, [job])) return;
  await hearClaims(world, { ...mention, job: `${job} said` });
  await hearMessage(world, { ...mention, job: `${job} said` });
  const ask = parseAsk(mention.text);
  if (ask.kind === "thanks") {
    await store.commit({ workspace, handled: [job] });
    return;
  }
  const latest = await store.latestIncidentIn(workspace, mention.channel);
  const shown = latest === null ? null : await showIncident(world, latest);
  const isOpen = shown?.incident.state === "open";
  // An investigation does so itself.
  if (!isOpen || !isOfTrouble(ask)) await refreshChannel(world, mention.channel);
  const isDone =
    (await actAsAsked(world, { ...mention, job }, ask, shown)) ||
    (await answeredAtOnce(world, { ...mention, job }, ask, shown)) ||
    (await answeredBesideList(world, { ...mention, job }, ask, shown));
  if (!isDone) {
    if (shown !== null && isOpen) await investigateFor(world, job, mention, shown.stored);
    else await answerWithoutIncident(world, job, mention, shown);
  }
  world.meter.answered(world.now().getTime() / 1000 - Number(mention.ts));
}

function isOfTrouble(ask: Ask): ask is Extract<Ask, { kind: "look" | "suspect" }> {
  return ask.kind === "look" || ask.kind === "suspect";
}

/**
 * Where a list stands, words that mean nothing here are no reason for another, and neither is a question of its own: the
 * model answers these where there is one. Where no list stands, the list is the answer.
 */
async function answeredBesideList(
  world: World,
  mention: Mention & { readonly job: string },
  ask: Ask,
  shown: Shown | null,
): Promise<boolean> {
  if (!isOfTrouble(ask) || shown?.incident.state !== "open") return false;
  if (shown.incident.lists.length === 0) return false;
  const { catalog } = await world.sourcesFor(mention.channel);
  const isClear = isUnderstood(world, { ask, text: mention.text }, catalog, shown.incident);
  const isOwn = isOwnQuestion(ask.about);
  if (world.model !== null && (!isClear || isOwn)) {
    await putQuestion(world, mention, shown, { isOfTrouble: isClear, ask });
    return true;
  }
  if (isClear) return false;
  await reply(world, mention, notUnderstood(ask.about));
  return true;
}

/** False: the question is about the trouble itself, or about an incident where there was none. */
async function answeredAtOnce(
  world: World,
  mention: Mention & { readonly job: string },
  ask: Ask,
  shown: Shown | null,
): Promise<boolean> {
  switch (ask.kind) {
    case "help":
      await reply(world, mention, helpMessage(world.model !== null));
      return true;
    case "catch-up":
    case "board":
    case "lead":
    case "similar":
    case "services":
    case "changes":
    case "graph":
    case "digest":
    case "stats":
      return answered(world, mention, ask, shown);
    case "thanks":
    case "mute":
    case "resume":
    case "resolve":
    case "reopen":
    case "take-lead":
    case "give-lead":
    case "status":
    case "update":
    case "severity":
    case "merge":
    case "suspect":
    case "look":
      return false;
  }
}

async function answered(
  world: World,
  mention: Mention & { readonly job: string },
  question: Question,
  shown: Shown | null,
): Promise<boolean> {
  const { channel, ts, threadTs } = mention;
  const answer = await answerQuestion(world, question, { channel, shown });
  if (answer === null && question.kind === "catch-up") return false;
  const { body, drawn } = answer ?? {
    body: refusal(await noIncidentIn(world, channel)),
    drawn: null,
  };
  const under = answerKey(mention);
  const to = { channel, key: `graph:${channel}:${ts}`, under, threadTs: threadTs ?? ts };
  await reply(world, mention, body, drawn === null ? [] : [pictureEffect(world, to, drawn)]);
  return true;
}

function investigateFor(
  world: World,
  job: string,
  { channel, text, ts, threadTs }: Mention,
  { id }: StoredIncident,
): Promise<void> {
  const asked = { text, threadTs: threadTs ?? ts };
  return investigate(world, { handled: [job], channel, incident: id, asked });
}

/** An incident's channel begins its first by a mention; after that another one is declared by somebody. */
async function answerWithoutIncident(
  world: World,
  job: string,
  mention: Mention,
  resolved: Shown | null,
): Promise<void> {
  const channel = await channelNow(world, mention.channel);
  const isIncidents = channel !== null && isIncidentChannel(world, channel);
  const viewer = channel ?? { id: mention.channel, kind: "external" };
  if (isIncidents && resolved === null) {
    const asked = { text: mention.text, threadTs: mention.threadTs ?? mention.ts };
    if (await begin(world, { handled: [job], channel, by: mention.user, title: null, asked }))
      return;
    // The channel's own event was quicker: its incident is the one that is asked about.
    const open = await world.store.openIncidentIn(world.workspace, mention.channel);
    if (open !== null) return investigateFor(world, job, mention, open);
  }
  await reply(
    world,
    { ...mention, job },
    await outsideAnswer(world, { viewer, text: mention.text }, isIncidents ? resolved : null),
  );
}
