/** What may happen to messages: posted, edited, deleted, reacted to; each tells the app what Slack would tell it. */
import type { Block } from "./block-kit.ts";
import { newId } from "./ids.ts";
import {
  botId,
  botUserId,
  messagesMax,
  teamId,
  type Channel,
  type Message,
  type User,
} from "./state.ts";
import type { World } from "./world.ts";

export interface Draft {
  readonly by: User;
  readonly text: string;
  readonly subtype?: string;
  readonly threadTs?: string;
  readonly isBroadcast?: boolean;
  readonly blocks?: readonly Block[];
  readonly attachments?: readonly unknown[];
  readonly metadata?: Message["metadata"];
  readonly files?: Message["files"];
}

/** Adds a message to a channel that was checked before; a reply to a reply goes to its thread. */
export function post(world: World, channel: Channel, draft: Draft): Message {
  const message = draftedMessage(world, channel, draft);
  channel.messages.push(message);
  if (channel.messages.length > messagesMax) channel.messages.shift();
  if (message.thread_ts !== undefined) countReply(channel, message);
  if (draft.by.bot === undefined) world.state.seen[`${draft.by.id} ${channel.id}`] = message.ts;
  tellPosted(world, channel, message);
  world.feed.changed();
  return message;
}

/** A message in Slack's shape, not yet in any channel: what an ephemeral message is made of. */
export function draftedMessage(world: World, channel: Channel, draft: Draft): Message {
  const { by } = draft;
  const root = draft.threadTs === undefined ? undefined : rootOf(channel, draft.threadTs);
  return {
    type: "message",
    ts: world.ts(),
    text: draft.text,
    user: by.id,
    team: teamId,
    ...(by.bot === undefined
      ? { client_msg_id: newId("M") }
      : {
          bot_id: by.bot.id,
          app_id: by.bot.appId,
          bot_profile: { id: by.bot.id, app_id: by.bot.appId, name: by.realName },
        }),
    ...subtypeOf(draft),
    ...(draft.threadTs !== undefined && {
      thread_ts: root?.ts ?? draft.threadTs,
      ...(root?.user !== undefined && { parent_user_id: root.user }),
    }),
    ...(draft.blocks !== undefined && { blocks: withIds(draft.blocks) }),
    ...(draft.attachments !== undefined && { attachments: draft.attachments }),
    ...(draft.metadata !== undefined && { metadata: draft.metadata }),
    ...(draft.files !== undefined && { files: draft.files }),
  };
}

function subtypeOf(draft: Draft): { subtype?: string } {
  if (draft.subtype !== undefined) return { subtype: draft.subtype };
  if (draft.isBroadcast === true) return { subtype: "thread_broadcast" };
  return draft.files === undefined ? {} : { subtype: "file_share" };
}

export interface Edit {
  readonly by: string;
  readonly text?: string | undefined;
  readonly blocks?: readonly Block[] | undefined;
  readonly attachments?: readonly unknown[] | undefined;
  readonly metadata?: Message["metadata"] | null | undefined;
}

/** Changes a message in place; what the edit leaves out stays as it was. */
export function edit(world: World, channel: Channel, message: Message, change: Edit): void {
  const previous = { ...message };
  if (change.text !== undefined) message.text = change.text;
  if (change.blocks !== undefined) message.blocks = withIds(change.blocks);
  if (change.attachments !== undefined) message.attachments = change.attachments;
  if (change.metadata === null) delete message.metadata;
  else if (change.metadata !== undefined) message.metadata = change.metadata;
  message.edited = { user: change.by, ts: world.ts() };
  tellChanged(world, channel, message, previous);
  world.feed.changed();
}

/** Removes a message; one with replies leaves a tombstone, which Slack tells as a change. */
export function remove(world: World, channel: Channel, message: Message): void {
  const at = channel.messages.indexOf(message);
  if ((message.reply_count ?? 0) > 0) {
    const { reply_count, reply_users_count, reply_users, latest_reply } = message;
    const tombstone: Message = {
      type: "message",
      subtype: "tombstone",
      text: "This message was deleted.",
      user: "USLACKBOT",
      ts: message.ts,
      thread_ts: message.ts,
      ...(reply_count !== undefined && { reply_count }),
      ...(reply_users_count !== undefined && { reply_users_count }),
      ...(reply_users !== undefined && { reply_users }),
      ...(latest_reply !== undefined && { latest_reply }),
    };
    channel.messages[at] = tombstone;
    tellChanged(world, channel, tombstone, message);
  } else {
    channel.messages.splice(at, 1);
    uncountReply(channel, message);
    tell(world, channel, "message", {
      subtype: "message_deleted",
      hidden: true,
      deleted_ts: message.ts,
      previous_message: message,
    });
  }
  world.feed.changed();
}

export type ReactionRefusal = "already_reacted" | "no_reaction";

export function react(
  world: World,
  channel: Channel,
  message: Message,
  reaction: { user: string; name: string },
): ReactionRefusal | undefined {
  message.reactions ??= [];
  const existing = message.reactions.find((each) => each.name === reaction.name);
  if (existing?.users.includes(reaction.user) === true) return "already_reacted";
  if (existing === undefined)
    message.reactions.push({ name: reaction.name, users: [reaction.user], count: 1 });
  else {
    existing.users.push(reaction.user);
    existing.count += 1;
  }
  tellReaction(world, channel, message, { ...reaction, type: "reaction_added" });
  return undefined;
}

export function unreact(
  world: World,
  channel: Channel,
  message: Message,
  reaction: { user: string; name: string },
): ReactionRefusal | undefined {
  const existing = message.reactions?.find((each) => each.name === reaction.name);
  if (existing?.users.includes(reaction.user) !== true) return "no_reaction";
  existing.users = existing.users.filter((user) => user !== reaction.user);
  existing.count -= 1;
  message.reactions = message.reactions?.filter((each) => each.count > 0) ?? [];
  tellReaction(world, channel, message, { ...reaction, type: "reaction_removed" });
  return undefined;
}

function tellReaction(
  world: World,
  channel: Channel,
  message: Message,
  { type, user, name }: { type: string; user: string; name: string },
): void {
  if (channel.members.includes(botUserId))
    world.emit({
      type,
      user,
      reaction: name,
      item: { type: "message", channel: channel.id, ts: message.ts },
      item_user: message.user,
      event_ts: world.ts(),
    });
  world.feed.changed();
}

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

function tellPosted(world: World, channel: Channel, message: Message): void {
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

function tellChanged(world: World, channel: Channel, message: Message, previous: Message): void {
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

export const findMessage = (channel: Channel, ts: string) =>
  channel.messages.find((message) => message.ts === ts);

export const isReply = (message: Message) =>
  message.thread_ts !== undefined && message.thread_ts !== message.ts;

function rootOf(channel: Channel, ts: string): Message | undefined {
  const message = findMessage(channel, ts);
  if (message === undefined || !isReply(message)) return message;
  return findMessage(channel, message.thread_ts ?? ts);
}

function countReply(channel: Channel, reply: Message): void {
  const root = channel.messages.find((message) => message.ts === reply.thread_ts);
  if (root === undefined || root === reply) return;
  const users = new Set([...(root.reply_users ?? []), reply.user ?? ""]);
  Object.assign(root, { thread_ts: root.ts });
  root.reply_count = (root.reply_count ?? 0) + 1;
  root.reply_users = [...users];
  root.reply_users_count = users.size;
  root.latest_reply = reply.ts;
}

function uncountReply(channel: Channel, reply: Message): void {
  if (!isReply(reply)) return;
  const root = channel.messages.find((message) => message.ts === reply.thread_ts);
  if (root?.reply_count !== undefined) root.reply_count -= 1;
}

/** Gives every block and every interactive element the id that its author left out, as Slack does. */
export function withIds<B extends Block>(blocks: readonly B[]): B[] {
  const identified = <T extends object>(element: T): T =>
    "type" in element && !["image", "mrkdwn", "plain_text"].includes(String(element.type))
      ? { action_id: newId("").slice(0, 5), ...element }
      : element;
  return blocks.map((block) => {
    const copy = { block_id: newId("").slice(0, 5), ...block };
    if ("accessory" in copy && copy.accessory !== undefined)
      copy.accessory = identified(copy.accessory);
    if (copy.type === "actions") copy.elements = copy.elements.map(identified);
    if (copy.type === "input") copy.element = identified(copy.element);
    return copy;
  });
}
