/** Another tool told of an incident in a channel that the bot is not in: whoever can invite it hears so. */

import type { IncidentNews } from "../incident/news.ts";
import { unseenIncident } from "../message/unseen-incident.ts";
import { alertChannel, arriving } from "./alert-place.ts";
import type { Change, ChannelRow, Effect } from "./change.ts";
import type { World } from "./ports.ts";
import { message } from "./show-incident.ts";
import { saysOf } from "./told-elsewhere.ts";

/**
 * The lead by direct message, with the channel's name, for it is theirs; and where alerts are answered without it, for
 * a channel that the bot cannot see may be private. Once a day for each channel, however often it is told.
 */
export async function tellOfUnseen(
  world: World,
  news: IncidentNews,
  { isUnseen = false }: { readonly isUnseen?: boolean },
): Promise<Pick<Change, "channel" | "effects">> {
  const { channel } = news;
  if (!isUnseen || channel === null || news.status === "resolved") return {};
  const day = world.now().toISOString().slice(0, 10);
  const key = `unseen:${world.idOf(`channel ${channel}`)}:${day}`;
  const toLead = await leadEffects(world, news, { channel, key });
  const where = await alertChannel(world);
  if (where === null) return { effects: toLead };
  const { effects, ...arrival } = await arriving(world, where);
  return { ...arrival, effects: [...effects, toAll(world, news, { where, key }), ...toLead] };
}

function toAll(
  world: World,
  { id }: IncidentNews,
  { where, key }: { readonly where: ChannelRow; readonly key: string },
): Effect {
  const body = unseenIncident({ id, channel: null });
  return message(world, { channel: where.id, key, place: { in: "channel" }, as: "alert" }, body);
}

async function leadEffects(
  world: World,
  news: IncidentNews,
  { channel, key }: { readonly channel: string; readonly key: string },
): Promise<Effect[]> {
  const { lead } = await saysOf(world, news);
  const to =
    lead === undefined || !("user" in lead) ? null : await world.chat.directMessage(lead.user);
  if (to === null) return [];
  const body = unseenIncident({ id: news.id, channel });
  return [message(world, { channel: to, key, place: { in: "channel" }, as: "answer" }, body)];
}
