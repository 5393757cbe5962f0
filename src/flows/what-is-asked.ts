/** What an investigation is about: which service, since when, what was said and done already. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import { serviceNamedIn } from "../catalog/find-service.ts";
import type { Alert } from "../evidence/input.ts";
import type { Incident } from "../incident/incident.ts";
import type { Gap, LeftOutStep } from "../incident/timeline.ts";
import { deedsStanding } from "../suggestion/claim-evidence.ts";
import type { ChannelId, MessageTs } from "../vocabulary.ts";
import { bounded } from "./bounded-read.ts";
import type { ChatMessage } from "./chat.ts";
import { othersNamed } from "./hear-claims.ts";
import type { World } from "./ports.ts";

/** So much of what was said before an incident is about it. */
export const historyMs = 24 * 3_600_000;
/** The sources are asked after it, with five seconds of their own; both together have to be over within ten. */
const chatTimeoutMs = 3_000;

export interface Asked {
  readonly channel: ChannelId;
  /** The question that it answers, where there is one. */
  readonly asked: { readonly text: string; readonly threadTs: MessageTs } | null;
}

export interface Said {
  readonly messages: readonly ChatMessage[];
  readonly gaps: readonly Gap[];
}

/**
 * The channel's newest, those of the thread that the question was asked in, and what is kept of the channel since
 * `begun`, when its incident began, and before; the chat is a source that may be silent too.
 */
export async function recentMessages(
  world: World,
  { channel, asked }: Asked,
  begun: Date,
): Promise<Said> {
  const read = (name: string, thread: MessageTs | null) =>
    bounded(
      world,
      { name },
      async () => ({ items: await world.chat.recentMessages(channel, thread), leftOut: [] }),
      chatTimeoutMs,
    );
  const readings = await Promise.all([
    read("the channel's messages", null),
    ...(asked === null ? [] : [read("the thread's messages", asked.threadTs)]),
  ]);
  const live = readings.flatMap(({ items }) => items);
  const messages = await withKept(world, { channel, begun }, live);
  return { messages, gaps: readings.flatMap(({ gap }) => gap ?? []) };
}

/** What was read just now stands in place of what is kept of the same message. Newest last. */
export async function withKept(
  world: World,
  { channel, begun }: { readonly channel: ChannelId; readonly begun: Date },
  live: readonly ChatMessage[],
): Promise<readonly ChatMessage[]> {
  const since = new Date(begun.getTime() - historyMs);
  const kept = await world.store.messagesOf(world.workspace, { channel, since });
  const byTs = new Map([...kept, ...live].map((each) => [each.ts, each]));
  return [...byTs.values()].toSorted((a, b) => Number(a.ts) - Number(b.ts));
}

/** The question's own words first, then its alerts, then the channel's name and title, then what was said there. */
export function serviceSpokenOf(
  catalog: Catalog,
  asked: string,
  incident: Incident,
  messages: readonly ChatMessage[],
): Service | null {
  const earlier = catalog.services.find(({ name }) => name === incident.evidence?.service);
  return (
    serviceNamedIn(asked, catalog) ??
    serviceOfAlerts(incident, catalog) ??
    serviceNamedIn(incident.channelName, catalog) ??
    serviceNamedIn(incident.title, catalog) ??
    earlier ??
    serviceNamedIn(messages.map(({ text }) => text).join("\n"), catalog)
  );
}

/** The one that its first alert is about; none where it takes in alerts of whatever services. */
function serviceOfAlerts(
  { alerts, isCollecting }: Incident,
  { services }: Catalog,
): Service | null {
  const about = isCollecting ? null : (alerts[0]?.service ?? null);
  return services.find(({ name }) => name === about) ?? null;
}

/** Once it was found it stays: later readings must not move with the clock. */
export function onsetOf({ evidence, since }: Incident): Date | null {
  return evidence === null || evidence.diagnosis.metrics.length === 0 ? null : since;
}

export function alertOf(
  named: Service | null,
  incident: Incident,
  asked: string,
  messages: readonly ChatMessage[],
): Alert {
  const alerts = messages.filter(({ isBot }) => isBot).map(({ text }) => text);
  const text = [asked, incident.title, incident.channelName, ...alerts].join("\n").slice(0, 4_000);
  return { text, ...(named === null ? {} : { service: named.name }) };
}

/** A step that was done here: said in the channel by people, read there by a model, or recorded. */
export interface DoneStep {
  readonly stepId: string;
  readonly said: LeftOutStep["said"][number];
}

/** Oldest first; each person once a step. A bare claim against the evidence does nothing. */
export function stepsDone(
  world: Pick<World, "steps">,
  catalog: Catalog,
  incident: Incident,
  messages: readonly ChatMessage[],
): DoneStep[] {
  const { evidence } = incident;
  const services = catalog.services.map(({ name }) => name);
  const others = othersNamed(catalog, incident);
  const here = { service: evidence?.service ?? null, services, others };
  const said = messages
    .filter(({ isBot }) => !isBot)
    .flatMap(({ text, ts, user }) =>
      deedsStanding(text, world.steps, here, evidence).map(({ stepId, label }): DoneStep => ({
        stepId,
        said: { by: user, at: Number(ts), label },
      })),
    );
  const recorded = incident.outcomes.map(({ stepId, by, at, label, source }): DoneStep => ({
    stepId,
    said: {
      by,
      at: at.getTime() / 1_000,
      label,
      ...(source === "observed" ? { isObserved: true } : {}),
      ...(source === "model" ? { isRead: true } : {}),
    },
  }));
  const read = incident.deedsRead
    .filter(({ isRecorded }) => isRecorded !== true)
    .map(({ stepId, label, by, ts }): DoneStep => ({
      stepId,
      said: { by, at: Number(ts), label, isRead: true },
    }));
  const known = new Map(
    [...read, ...said, ...recorded].map((each) => [`${each.stepId} ${each.said.by}`, each]),
  );
  return [...known.values()].toSorted((a, b) => a.said.at - b.said.at);
}
