/** The Web API's `conversations.*` that read: info, list, history, replies, members. */
import { canSee, visibleChannel } from "../channels.ts";
import { findMessage } from "../threads.ts";
import type { Message } from "../state.ts";
import { flag, method, ok, page, paging, refuse, word, words, type Methods } from "./method.ts";
import { channelShape, isInHistory, messageShape } from "./shapes.ts";

const spanArgs = {
  ...paging,
  latest: word.optional(),
  oldest: word.optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
};

export const conversations: Methods = {
  "conversations.info": method(
    { channel: word, include_num_members: flag.optional() },
    (args, { world, caller }) => {
      const channel = visibleChannel(world, args.channel, caller.id);
      if (channel === undefined) return refuse("channel_not_found");
      return ok({ channel: channelShape(channel, caller) });
    },
  ),

  "conversations.list": method(
    { ...paging, types: words.optional(), exclude_archived: flag.optional() },
    (args, { world, caller }) => {
      const listed = world.state.channels
        .filter((channel) => canSee(channel, caller.id))
        .filter((channel) => typeNames(args.types).has(channel.kind))
        .filter((channel) => args.exclude_archived !== true || !channel.isArchived);
      const part = page(listed, args);
      if (part === undefined) return refuse("invalid_cursor");
      const channels = part.items.map((channel) => channelShape(channel, caller));
      return ok({ channels, response_metadata: { next_cursor: part.next } });
    },
  ),

  "users.conversations": method(
    {
      ...paging,
      types: words.optional(),
      exclude_archived: flag.optional(),
      user: word.optional(),
    },
    (args, { world, caller }) => {
      const listed = world.state.channels
        .filter((channel) => canSee(channel, caller.id))
        .filter((channel) => channel.members.includes(args.user ?? caller.id))
        .filter((channel) => typeNames(args.types).has(channel.kind))
        .filter((channel) => args.exclude_archived !== true || !channel.isArchived);
      const part = page(listed, args);
      if (part === undefined) return refuse("invalid_cursor");
      const channels = part.items.map((channel) => channelShape(channel, caller));
      return ok({ channels, response_metadata: { next_cursor: part.next } });
    },
  ),

  "conversations.history": method({ channel: word, ...spanArgs }, (args, { world, caller }) => {
    const channel = visibleChannel(world, args.channel, caller.id);
    if (channel === undefined) return refuse("channel_not_found");
    if (!channel.members.includes(caller.id)) return refuse("not_in_channel");
    const newestFirst = channel.messages
      .filter((message) => isInHistory(message) && isWithin(message, args))
      .toReversed();
    const part = page(newestFirst, args);
    if (part === undefined) return refuse("invalid_cursor");
    return ok({
      messages: part.items.map((each) => messageShape(each, args.include_all_metadata === true)),
      has_more: part.next !== "",
      pin_count: channel.messages.filter((each) => each.pinned_to !== undefined).length,
      ...(part.next !== "" && { response_metadata: { next_cursor: part.next } }),
    });
  }),

  "conversations.replies": method(
    { channel: word, ts: word, ...spanArgs },
    (args, { world, caller }) => {
      const channel = visibleChannel(world, args.channel, caller.id);
      if (channel === undefined) return refuse("channel_not_found");
      if (!channel.members.includes(caller.id)) return refuse("not_in_channel");
      const asked = findMessage(channel, args.ts);
      if (asked === undefined) return refuse("thread_not_found");
      const rootTs = asked.thread_ts ?? asked.ts;
      const thread = channel.messages.filter(
        (each) => each.ts === rootTs || (each.thread_ts === rootTs && isWithin(each, args)),
      );
      const part = page(thread, args);
      if (part === undefined) return refuse("invalid_cursor");
      return ok({
        messages: part.items.map((each) => messageShape(each, args.include_all_metadata === true)),
        has_more: part.next !== "",
        ...(part.next !== "" && { response_metadata: { next_cursor: part.next } }),
      });
    },
  ),

  "conversations.members": method({ channel: word, ...paging }, (args, { world, caller }) => {
    const channel = visibleChannel(world, args.channel, caller.id);
    if (channel === undefined) return refuse("channel_not_found");
    const part = page(channel.members, args);
    if (part === undefined) return refuse("invalid_cursor");
    return ok({ members: part.items, response_metadata: { next_cursor: part.next } });
  }),
};

/** Whether a message lies between `oldest` and `latest`; the ends count only when asked for. */
function isWithin(
  { ts }: Message,
  span: {
    latest?: string | undefined;
    oldest?: string | undefined;
    inclusive?: boolean | undefined;
  },
): boolean {
  const { latest, oldest, inclusive } = span;
  const beforeLatest =
    latest === undefined || Number(ts) < Number(latest) || (inclusive === true && ts === latest);
  const afterOldest =
    oldest === undefined || Number(ts) > Number(oldest) || (inclusive === true && ts === oldest);
  return beforeLatest && afterOldest;
}

function typeNames(types: readonly string[] | undefined): ReadonlySet<string> {
  const kinds: Record<string, string> = {
    public_channel: "channel",
    private_channel: "group",
    im: "im",
  };
  return new Set((types ?? ["public_channel"]).map((type) => kinds[type.trim()] ?? type));
}
