/** A mention: taken as a turn at once, answered in its thread. */

import { serviceNamedIn } from "../catalog/find-service.ts";
import { parseAsk } from "../message/ask.ts";
import type { Ask } from "../message/ask.ts";
import { whatChanged } from "../message/answers-changes.ts";
import type { MessageBody } from "../message/body.ts";
import { catchUp } from "../message/catch-up.ts";
import { helpMessage } from "../message/help.ts";
import type { ChannelId, MessageTs, UserId } from "../vocabulary.ts";
import { changesView } from "./changes-read.ts";
import { begin, isIncidentChannel } from "./begin-incident.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import { hearMessage } from "./hear-message.ts";
import { investigate } from "./investigate.ts";
import type { StoredIncident, World } from "./ports.ts";
import { outsideAnswer } from "./read-outside.ts";
import { channelNow, refreshChannel } from "./refresh-channel.ts";
import { linksOf, message, showIncident } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";

export interface Mention {
  readonly channel: ChannelId;
  readonly ts: MessageTs;
  readonly threadTs: MessageTs | null;
  readonly user: UserId;
  readonly text: string;
}

/** `app_mention` and `message` tell of the same words: whichever commits first has the turn. */
export async function onMention(
  world: World,
  { job, ...mention }: Mention & { readonly job: string },
): Promise<void> {
  const { channel, ts } = mention;
  await world.store.commit({
    workspace: world.workspace,
    handled: [job, `turn:${channel}:${ts}`],
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
  if (!isOpen || ask.kind !== "look") await refreshChannel(world, mention.channel);
  const body = await answerWithoutReading(world, mention, ask, shown);
  if (body !== null) await reply(world, job, mention, body);
  else if (shown !== null && isOpen) await investigateFor(world, job, mention, shown.stored);
  else await answerWithoutIncident(world, job, mention, shown);
  world.meter.answered(world.now().getTime() / 1000 - Number(mention.ts));
}

/** null: the question is about the trouble itself, or about an incident where there was none. */
async function answerWithoutReading(
  world: World,
  mention: Mention,
  ask: Ask,
  shown: Shown | null,
): Promise<MessageBody | null> {
  switch (ask.kind) {
    case "help":
      return helpMessage();
    case "changes":
      return changesAnswer(world, mention, shown);
    case "catch-up": {
      if (shown === null) return null;
      const { name, incident, board } = shown;
      const view = { name, incident, board, now: world.now(), nextUpdateAt: null };
      return catchUp({ ...view, links: linksOf(world, incident) });
    }
    case "thanks":
    case "look":
      return null;
  }
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
    job,
    mention,
    await outsideAnswer(world, { viewer, text: mention.text }, isIncidents ? resolved : null),
  );
}

async function changesAnswer(
  world: World,
  mention: Mention,
  shown: Shown | null,
): Promise<MessageBody> {
  const sources = await world.sourcesFor(mention.channel);
  const { catalog } = sources;
  const earlier = shown?.incident.evidence?.service ?? null;
  const isOpen = shown?.incident.state === "open";
  const service =
    serviceNamedIn(mention.text, catalog) ??
    catalog.services.find(({ name }) => name === earlier) ??
    null;
  const onset = isOpen ? shown.incident.since : null;
  const gathered = await gatherEvidence(world, {
    sources: { ...sources, metrics: [], logs: [] },
    service,
    onset: onset ?? sources.now,
    alert: {},
  });
  return whatChanged({
    ...changesView(world, gathered, { catalog, service, onset }),
    gaps: gathered.gaps.filter(({ source }) => source !== "Metrics"),
    leftOut: gathered.leftOut,
    oncall: catalog.teams.find(({ name }) => name === service?.owner)?.oncall ?? null,
    links: linksOf(world, shown?.incident ?? null),
  });
}

/** In the thread of the mention, once. */
export async function reply(
  world: World,
  job: string,
  { channel, ts, threadTs }: Pick<Mention, "channel" | "ts" | "threadTs">,
  body: MessageBody,
): Promise<void> {
  const place = { in: "thread", of: { ts: threadTs ?? ts } } as const;
  await world.store.commit({
    workspace: world.workspace,
    handled: [job],
    effects: [message(world, { channel, key: `answer:${ts}`, place }, body)],
  });
}
