/** The Web API's `chat.*`: post, update, delete, whisper, link. */
import { z } from "zod";
import { checkBlocks, type Block } from "../block-kit.ts";
import { findUser, openDirect, visibleChannel } from "../channels.ts";
import { limits } from "../elements.ts";
import { draftedMessage, edit, post, remove, type Draft } from "../messages.ts";
import { findMessage } from "../threads.ts";
import type { Channel, Message } from "../state.ts";
import { whisper, type World } from "../world.ts";
import type { Caller } from "./caller.ts";
import {
  flag,
  json,
  method,
  ok,
  refuse,
  word,
  type Context,
  type Methods,
  type Reply,
} from "./method.ts";

const content = {
  text: word.optional(),
  blocks: json.optional(),
  attachments: json.optional(),
};
const metadata = z.object({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
});

export const chat: Methods = {
  "chat.postMessage": method(
    {
      channel: z.string(),
      ...content,
      metadata: json.optional(),
      thread_ts: word.optional(),
      reply_broadcast: flag.optional(),
    },
    (args, { world, caller }) => {
      const place = placeFor(world, args.channel, caller);
      if ("error" in place) return refuse(place.error);
      const read = readContent(args);
      if ("refusal" in read) return read.refusal;
      const meta = metadata.safeParse(args.metadata);
      if (args.metadata !== undefined && !meta.success) return refuse("invalid_metadata_format");
      if (args.thread_ts !== undefined && findMessage(place.channel, args.thread_ts) === undefined)
        return refuse("cannot_reply_to_message");
      const message = post(world, place.channel, {
        by: caller,
        ...read.content,
        ...(meta.success && { metadata: meta.data }),
        ...(args.thread_ts !== undefined && { threadTs: args.thread_ts }),
        ...(args.reply_broadcast === true && { isBroadcast: true }),
      });
      return ok({ channel: place.channel.id, ts: message.ts, message });
    },
  ),

  // As Slack documents it: a new text without blocks takes the old blocks away; blocks alone leave the text.
  "chat.update": method(
    { channel: z.string(), ts: word, ...content, metadata: json.optional() },
    (args, context) => {
      const found = ownMessage(args, context);
      if ("refusal" in found) return found.refusal;
      const { channel, message } = found;
      if (channel.isArchived) return refuse("is_archived");
      const read = readContent(args);
      if ("refusal" in read) return read.refusal;
      const meta = z.union([metadata, z.strictObject({})]).safeParse(args.metadata);
      if (args.metadata !== undefined && !meta.success) return refuse("invalid_metadata_format");
      edit(context.world, channel, message, {
        by: context.caller.id,
        ...read.content,
        ...(args.text === undefined ? { text: undefined } : { blocks: read.content.blocks ?? [] }),
        metadata: metadataChange(meta.data),
      });
      return ok({ channel: channel.id, ts: message.ts, text: message.text, message });
    },
  ),

  "chat.delete": method({ channel: z.string(), ts: word }, (args, context) => {
    const found = ownMessage(args, context, "cant_delete_message");
    if ("refusal" in found) return found.refusal;
    remove(context.world, found.channel, found.message);
    return ok({ channel: found.channel.id, ts: args.ts });
  }),

  "chat.postEphemeral": method(
    { channel: z.string(), user: z.string(), ...content, thread_ts: word.optional() },
    (args, { world, caller }) => {
      const place = placeFor(world, args.channel, caller);
      if ("error" in place) return refuse(place.error);
      const read = readContent(args);
      if ("refusal" in read) return read.refusal;
      if (!place.channel.members.includes(args.user)) return refuse("user_not_in_channel");
      const message = draftedMessage(world, place.channel, {
        by: caller,
        ...read.content,
        ...(args.thread_ts !== undefined && { threadTs: args.thread_ts }),
      });
      whisper(world, place.channel.id, args.user, message);
      return ok({ message_ts: message.ts });
    },
  ),

  "chat.getPermalink": method(
    { channel: z.string(), message_ts: word },
    (args, { world, caller }) => {
      const channel = visibleChannel(world, args.channel, caller.id);
      if (channel === undefined) return refuse("channel_not_found");
      const message = findMessage(channel, args.message_ts);
      if (message === undefined) return refuse("message_not_found");
      return ok({ channel: channel.id, permalink: permalink(world, channel, message) });
    },
  ),
};

function permalink(world: World, channel: Channel, message: Message): string {
  const link = `${world.options.publicUrl}/archives/${channel.id}/p${message.ts.replace(".", "")}`;
  const { thread_ts: threadTs } = message;
  return threadTs === undefined || threadTs === message.ts
    ? link
    : `${link}?thread_ts=${threadTs}&cid=${channel.id}`;
}

/** Where a bot may post: a channel it is in, or the direct conversation with a person named by id. */
function placeFor(
  world: World,
  id: string,
  caller: Caller,
): { channel: Channel } | { error: string } {
  const person = findUser(world, id);
  const channel =
    person === undefined
      ? visibleChannel(world, id, caller.id)
      : openDirect(world, person.id, caller.id);
  if (channel === undefined) return { error: "channel_not_found" };
  if (channel.isArchived) return { error: "is_archived" };
  return channel.members.includes(caller.id) ? { channel } : { error: "not_in_channel" };
}

type Content = Pick<Draft, "text" | "attachments"> & { readonly blocks?: readonly Block[] };

function readContent(args: {
  text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown;
}): { content: Content } | { refusal: Reply } {
  const { text, attachments } = args;
  if ((text ?? "").length > limits.messageText) return { refusal: refuse("msg_too_long") };
  const checked = args.blocks === undefined ? undefined : checkBlocks(args.blocks);
  if (checked !== undefined && "problems" in checked)
    return { refusal: refuse("invalid_blocks", checked.problems) };
  if (attachments !== undefined && !Array.isArray(attachments))
    return { refusal: refuse("invalid_attachments") };
  if ((attachments?.length ?? 0) > limits.attachments)
    return { refusal: refuse("too_many_attachments") };
  if ((text ?? "") === "" && isEmpty(checked?.value) && isEmpty(attachments))
    return { refusal: refuse("no_text") };
  return {
    content: {
      text: text ?? "",
      ...(checked !== undefined && { blocks: checked.value }),
      ...(attachments !== undefined && { attachments }),
    },
  };
}

function ownMessage(
  args: { channel: string; ts: string },
  { world, caller }: Context,
  refusal = "cant_update_message",
): { channel: Channel; message: Message } | { refusal: Reply } {
  const channel = visibleChannel(world, args.channel, caller.id);
  if (channel === undefined) return { refusal: refuse("channel_not_found") };
  const message = findMessage(channel, args.ts);
  if (message === undefined) return { refusal: refuse("message_not_found") };
  return message.bot_id === caller.bot.id ? { channel, message } : { refusal: refuse(refusal) };
}

/** An empty object takes the metadata away; an absent one leaves it. */
function metadataChange(given: z.output<typeof metadata> | object | undefined) {
  if (given === undefined) return undefined;
  const meta = metadata.safeParse(given);
  return meta.success ? meta.data : null;
}

const isEmpty = (list: readonly unknown[] | undefined) => list === undefined || list.length === 0;
