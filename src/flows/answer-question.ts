/** Questions that are answered without a list of steps, whether by mention or by command. */

import { serviceNamedIn } from "../catalog/find-service.ts";
import { noSuchService, placeIn, whatChanged } from "../message/answers-changes.ts";
import {
  above,
  boardAnswer,
  leadAnswer,
  servicesAnswer,
  similarAnswer,
} from "../message/answers-asked.ts";
import type { Question } from "../message/ask.ts";
import type { MessageBody } from "../message/body.ts";
import { catchUp } from "../message/catch-up.ts";
import type { ChannelId } from "../vocabulary.ts";
import { changesView } from "./changes-read.ts";
import { digestAnswer } from "./digest-of-week.ts";
import { drawSeries, type Drawn } from "./draw-series.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import { onCallBy, onCallOf } from "./on-call.ts";
import type { World } from "./ports.ts";
import { sampleAsked, sampleDigest, sampleStats } from "./sample-history.ts";
import { statsAnswer } from "./statistics.ts";
import { seenHere } from "./seen-before.ts";
import { catchUpView, linksOf, type Shown } from "./show-incident.ts";

export interface Answer {
  readonly body: MessageBody;
  /** A picture that belongs under it; null where there is none. */
  readonly drawn: Drawn | null;
}

/** Where it is asked, and the newest incident of that place. */
export interface Questioned {
  readonly channel: ChannelId;
  readonly shown: Shown | null;
}

/** null: it is about an incident, and the channel has had none. */
export async function answerQuestion(
  world: World,
  question: Question,
  { channel, shown }: Questioned,
): Promise<Answer | null> {
  switch (question.kind) {
    case "graph":
      return drawSeries(world, { channel, shown, about: question.about });
    case "changes":
      return wordsOnly(await changesAnswer(world, { channel, shown, about: question.about }));
    case "digest":
    case "stats":
      return wordsOnly(await periodAnswer(world, channel, question));
    case "services": {
      const { catalog, found, catalogTrouble: trouble = null } = await world.sourcesFor(channel);
      const onCall = await onCallBy(world, catalog.teams);
      return wordsOnly(servicesAnswer({ catalog, found: found?.gaps ?? null, trouble, onCall }));
    }
    case "catch-up":
    case "board":
    case "lead":
    case "similar":
      return shown === null ? null : wordsOnly(ofIncident(world, question.kind, shown));
  }
}

async function periodAnswer(
  world: World,
  channel: ChannelId,
  { kind, about }: Extract<Question, { kind: "digest" | "stats" }>,
): Promise<MessageBody> {
  const sample = sampleAsked(world, about);
  if (kind === "stats") {
    return sample === null
      ? statsAnswer(world, channel, about)
      : sampleStats(world, channel, sample);
  }
  return sample === null ? digestAnswer(world, channel, about) : sampleDigest(world, channel);
}

function wordsOnly(body: MessageBody): Answer {
  return { body, drawn: null };
}

function ofIncident(
  world: World,
  kind: "catch-up" | "board" | "lead" | "similar",
  shown: Shown,
): MessageBody {
  const { name, incident, board } = shown;
  switch (kind) {
    case "catch-up":
      return catchUp(catchUpView(world, shown));
    case "board":
      return boardAnswer(name, board);
    case "lead":
      return leadAnswer(name, incident);
    case "similar":
      return similarAnswer(name, seenHere(shown, world.now()), incident.evidence !== null);
  }
}

/** Of the service that is named, else of the incident's. */
async function changesAnswer(
  world: World,
  { channel, shown, about }: Questioned & { readonly about: string },
): Promise<MessageBody> {
  const sources = await world.sourcesFor(channel);
  const { catalog } = sources;
  const earlier = shown?.incident.evidence?.service ?? null;
  const isOpen = shown?.incident.state === "open";
  const named = serviceNamedIn(about, catalog);
  const service = named ?? catalog.services.find(({ name }) => name === earlier) ?? null;
  const onset = isOpen ? shown.incident.since : null;
  const team = catalog.teams.find(({ name }) => name === service?.owner);
  const gathered = await gatherEvidence(world, {
    sources: { ...sources, metrics: [], logs: [] },
    service,
    onset: onset ?? sources.now,
    alert: {},
  });
  const changed = whatChanged({
    ...changesView(world, gathered, { catalog, service, onset }),
    gaps: gathered.gaps.filter(({ source }) => source !== "Metrics"),
    leftOut: gathered.leftOut,
    oncall: await onCallOf(world, team),
    links: linksOf(world, shown?.incident ?? null),
  });
  const unknown = named === null ? placeIn(about) : null;
  return unknown === null ? changed : above(noSuchService(unknown, service?.name ?? null), changed);
}
