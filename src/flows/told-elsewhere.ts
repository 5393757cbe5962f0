/** What was told of an incident elsewhere, as a fact of its timeline: leads are looked for among the people of Slack. */

import type { IncidentNews } from "../incident/news.ts";
import type { ToldLead, ToldState } from "../incident/told.ts";
import { topicNews } from "../incident/topic.ts";
import type { ChannelId } from "../vocabulary.ts";
import type { NewEntry } from "./change.ts";
import type { World } from "./ports.ts";

export async function saysOf(
  world: Pick<World, "chat">,
  news: Pick<IncidentNews, "status" | "severity" | "title" | "lead">,
): Promise<ToldState> {
  const { status, severity, title } = news;
  const lead = news.lead === null ? null : await leadNamed(world, news.lead);
  return {
    ...(status === null ? {} : { status }),
    ...(severity === null ? {} : { severity }),
    ...(title === null ? {} : { title }),
    ...(lead === null ? {} : { lead }),
  };
}

const mention = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/;
const userId = /^[UW][A-Z0-9]{6,}$/;

async function leadNamed(world: Pick<World, "chat">, told: string): Promise<ToldLead> {
  const user =
    mention.exec(told)?.[1] ??
    userId.exec(told)?.[0] ??
    (await world.chat.personNamed(told.replace(/^@/, "")));
  return user === null ? { name: told } : { user };
}

/** Where another tool runs it: so much as the channel's topic tells, nothing else being known. */
export async function toldAtFirst(world: World, channel: ChannelId): Promise<NewEntry[]> {
  if (world.ownsLifecycle) return [];
  const topic = await world.chat.topic(channel);
  const told = topic === null || topic.by === world.botUser ? null : topicNews(topic.text);
  // It begins here, whatever the topic kept of one before.
  const status = told?.status === "resolved" ? null : (told?.status ?? null);
  const fact = {
    kind: "told",
    teller: "topic",
    of: null,
    isOwner: true,
    says: await saysOf(world, { severity: null, lead: null, ...told, status, title: null }),
  } as const;
  return [{ actor: world.botUser, source: "hook", at: topic?.at ?? world.now(), fact }];
}
