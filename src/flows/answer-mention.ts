/** A mention: taken as a turn at once, answered in its thread. */

import { serviceNamedIn } from "../catalog/find-service.ts";
import { parseAsk } from "../message/ask.ts";
import { nothingShifted, outsideIncident, sourcesSilent } from "../message/answers.ts";
import { whatChanged } from "../message/answers-changes.ts";
import type { MessageBody } from "../message/body.ts";
import { catchUp } from "../message/catch-up.ts";
import { helpMessage } from "../message/help.ts";
import { cut } from "../message/escape.ts";
import type { ChannelId, MessageTs, UserId } from "../vocabulary.ts";
import { assess, propose } from "./assess.ts";
import { begin, isIncidentChannel } from "./begin-incident.ts";
import { citationLinks } from "./citation-links.ts";
import { gatherEvidence, servicesToRead } from "./gather-evidence.ts";
import { investigate } from "./investigate.ts";
import { lookBackHours } from "./look-back.ts";
import type { World } from "./ports.ts";
import { recoveryIn } from "./read-again.ts";
import { refreshChannel } from "./refresh-channel.ts";
import { linksOf, message, showIncident } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";

export interface Mention {
  readonly channel: ChannelId;
  readonly ts: MessageTs;
  readonly threadTs: MessageTs | null;
  readonly user: UserId;
  readonly text: string;
}

const titleMax = 150;
const lookBackMinutes = 60;
const usualSeverity = 3;

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
  const ask = parseAsk(mention.text);
  if (ask.kind === "help") {
    await reply(world, job, mention, helpMessage());
    return;
  }
  const open = await store.openIncidentIn(workspace, mention.channel);
  // An investigation does so itself.
  if (open === null || ask.kind !== "look") await refreshChannel(world, mention.channel);
  const shown = open === null ? null : await showIncident(world, open);
  if (ask.kind === "changes") {
    await reply(world, job, mention, await changesAnswer(world, mention, shown));
  } else if (shown !== null && ask.kind === "catch-up") {
    const { name, incident, board } = shown;
    const view = { name, incident, board, now: world.now(), nextUpdateAt: null };
    await reply(world, job, mention, catchUp({ ...view, links: linksOf(world, incident) }));
  } else if (shown !== null) {
    const asked = { text: mention.text, threadTs: mention.threadTs ?? mention.ts };
    const { channel } = mention;
    await investigate(world, { handled: [job], channel, incident: shown.stored.id, asked });
  } else await answerWithoutIncident(world, job, mention);
  world.meter.answered(world.now().getTime() / 1000 - Number(mention.ts));
}

async function answerWithoutIncident(world: World, job: string, mention: Mention): Promise<void> {
  const channel = await world.chat.channel(mention.channel);
  if (channel !== null && isIncidentChannel(world, channel)) {
    const asked = { text: mention.text, threadTs: mention.threadTs ?? mention.ts };
    if (await begin(world, { handled: [job], channel, by: mention.user, title: null, asked }))
      return;
    // The channel's own event was quicker: its incident is the one that is asked about.
    const open = await world.store.openIncidentIn(world.workspace, mention.channel);
    if (open !== null) {
      await investigate(world, { handled: [job], channel: channel.id, incident: open.id, asked });
      return;
    }
  }
  await reply(world, job, mention, await outsideAnswer(world, mention));
}

/** Reads what is there and says it; no suggestion is recorded where there is no incident. */
async function outsideAnswer(world: World, mention: Mention): Promise<MessageBody> {
  const sources = await world.sourcesFor(mention.channel);
  const { text } = mention;
  const named = serviceNamedIn(text, sources.catalog);
  const alert = { text, ...(named === null ? {} : { service: named.name }) };
  const gathered = await gatherEvidence(world, { sources, service: named, onset: null, alert });
  const { input, gaps, readAt } = gathered;
  if (input.series.length === 0 && (input.changes ?? []).length === 0 && gaps.length > 0) {
    return sourcesSilent({ gaps, rest: null });
  }
  const about = { named, severity: usualSeverity, at: readAt } as const;
  const { diagnosis, service, symptom, situation } = assess(input, sources.catalog, about);
  if (diagnosis.metrics.length === 0 && named !== null) {
    const past = await world.store.pastOutcomes(world.workspace, null);
    const { offered } = propose(world.steps, situation, past, []);
    return nothingShifted({
      service: named.name,
      dependencies: servicesToRead(sources.catalog, named).length - 1,
      since: new Date(readAt.getTime() - lookBackMinutes * 60_000),
      changeHours: (input.changes ?? []).length === 0 ? lookBackHours : null,
      gaps,
      checks: offered.filter(({ role }) => role === "check"),
    });
  }
  const links = citationLinks(world, diagnosis, input, "");
  const { backSince } = recoveryIn({ service, symptom, diagnosis }, input.series);
  return outsideIncident({
    service,
    diagnosis,
    gaps,
    backSince: backSince === undefined ? null : new Date(backSince * 1000),
    title: cut(askedTitle(text), titleMax),
    links: { hosts: world.linkHosts, page: null, cite: (cite) => links[cite] ?? null },
  });
}

async function changesAnswer(
  world: World,
  mention: Mention,
  shown: Shown | null,
): Promise<MessageBody> {
  const sources = await world.sourcesFor(mention.channel);
  const { catalog } = sources;
  const earlier = shown?.incident.evidence?.service ?? null;
  const service =
    serviceNamedIn(mention.text, catalog) ??
    catalog.services.find(({ name }) => name === earlier) ??
    null;
  const onset = shown?.incident.since ?? null;
  const { input, gaps } = await gatherEvidence(world, {
    sources: { ...sources, metrics: [] },
    service,
    onset: onset ?? sources.now,
    alert: {},
  });
  const changes = input.changes ?? [];
  const its =
    service === null
      ? changes
      : changes.filter((change) => change.service === undefined || change.service === service.name);
  return whatChanged({
    service: service?.name ?? "all services",
    hours: lookBackHours,
    onset,
    changes: its,
    sources: sources.changes.map(({ name }) => name),
    gaps: gaps.filter(({ source }) => source !== "Metrics"),
    oncall: catalog.teams.find(({ name }) => name === service?.owner)?.oncall ?? null,
    links: linksOf(world, shown?.incident ?? null),
  });
}

function askedTitle(text: string): string {
  const ask = parseAsk(text);
  return "about" in ask && ask.about !== "" ? ask.about : "Something is wrong";
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
