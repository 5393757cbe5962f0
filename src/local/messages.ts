/** What may happen to messages: posted, edited, deleted; each tells the app what Slack would tell it. */
import type { Block } from "./block-kit.ts";
import { withIds } from "./block-ids.ts";
import { newId } from "./ids.ts";
import { tell, tellChanged, tellPosted } from "./message-events.ts";
import { messagesMax, teamId, type Channel, type Message, type User } from "./state.ts";
import { countReply, rootOf, uncountReply } from "./threads.ts";
import type { World } from "./world.ts";

export interface Draft {
  readonly by: User;
  readonly text: string;
  readonly subtype?: string;
  readonly topic?: string;
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
    ...(draft.topic !== undefined && { topic: draft.topic }),
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
