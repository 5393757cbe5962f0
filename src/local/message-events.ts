/** What the app is told about messages, if its bot is in their channel. */
import { botId, botUserId, type Channel, type Message } from "./state.ts";
import type { World } from "./world.ts";

/** Tells the app an event of this channel, if the app's bot is a member. */
export function tell(
  world: World,
  channel: Channel,
  type: string,
  fields: Record<string, unknown>,
): void {
  if (!channel.members.includes(botUserId)) return;
  const ts = world.ts();
  world.emit({
    type,
    channel: channel.id,
    channel_type: channel.kind,
    ts,
    event_ts: ts,
    ...fields,
  });
}

export function tellPosted(world: World, channel: Channel, message: Message): void {
  const fields = { ...message, event_ts: message.ts };
  tell(world, channel, "message", fields);
  if (message.subtype !== undefined && message.subtype !== "file_share") return;
  if (channel.kind !== "im" && message.bot_id !== botId && mentionsBot(message))
    tell(world, channel, "app_mention", { ...fields, type: "app_mention" });
  for (const file of message.files ?? [])
    tell(world, channel, "file_shared", {
      file_id: file.id,
      user_id: message.user,
      channel_id: channel.id,
      file: { id: file.id },
    });
}

export function tellChanged(
  world: World,
  channel: Channel,
  message: Message,
  previous: Message,
): void {
  tell(world, channel, "message", {
    subtype: "message_changed",
    hidden: true,
    message: structuredClone(message),
    previous_message: structuredClone(previous),
  });
}

const mentionsBot = (message: Message) =>
  message.text.includes(`<@${botUserId}>`) ||
  JSON.stringify(message.blocks ?? []).includes(`<@${botUserId}>`);
