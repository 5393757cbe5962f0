/** The channel's topic, which tools that run incidents keep: read in companion mode, from anybody but us. */

import { topicNews } from "../incident/topic.ts";
import type { ChannelId, MessageTs, UserId } from "../vocabulary.ts";
import { hearNews } from "./hear-news.ts";
import type { World } from "./ports.ts";

export interface TopicEvent {
  readonly job: string;
  readonly channel: ChannelId;
  readonly ts: MessageTs;
  readonly user: UserId;
  readonly topic: string;
}

export async function hearTopic(world: World, event: TopicEvent): Promise<void> {
  const { job, channel, ts, user, topic } = event;
  if (world.ownsLifecycle || user === world.botUser) return;
  const told = topicNews(topic);
  const known = await world.store.latestIncidentIn(world.workspace, channel);
  if (told === null || known === null) return;
  const news = { teller: "topic", id: ts, at: Number(ts), of: null, channel, title: null } as const;
  await hearNews(world, { job, news: { ...news, ...told } });
}
