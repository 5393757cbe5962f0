/** The Web API's `reactions.*`, `pins.*` and `bookmarks.*`. */
import { visibleChannel } from "../channels.ts";
import { newId } from "../ids.ts";
import { findMessage } from "../threads.ts";
import { react, unreact } from "../reactions.ts";
import { tell } from "../message-events.ts";
import type { Channel, Message } from "../state.ts";
import { method, ok, refuse, word, type Context, type Methods, type Reply } from "./method.ts";

const reaction = { channel: word, timestamp: word, name: word };

export const marks: Methods = {
  "reactions.add": method(reaction, (args, context) =>
    onMessage(args, context, (channel, message) => {
      if (channel.isArchived) return refuse("is_archived");
      const mark = { user: context.caller.id, name: args.name };
      const refused = react(context.world, channel, message, mark);
      return refused === undefined ? ok() : refuse(refused);
    }),
  ),

  "reactions.remove": method(reaction, (args, context) =>
    onMessage(args, context, (channel, message) => {
      const mark = { user: context.caller.id, name: args.name };
      const refused = unreact(context.world, channel, message, mark);
      return refused === undefined ? ok() : refuse(refused);
    }),
  ),

  "pins.add": method({ channel: word, timestamp: word }, (args, context) =>
    onMessage(args, context, (channel, message) => {
      if (message.pinned_to !== undefined) return refuse("already_pinned");
      message.pinned_to = [channel.id];
      tell(context.world, channel, "pin_added", {
        user: context.caller.id,
        channel_id: channel.id,
        item: { type: "message", channel: channel.id, message },
      });
      context.world.feed.changed();
      return ok();
    }),
  ),

  "pins.remove": method({ channel: word, timestamp: word }, (args, context) =>
    onMessage(args, context, (_channel, message) => {
      if (message.pinned_to === undefined) return refuse("no_pin");
      delete message.pinned_to;
      context.world.feed.changed();
      return ok();
    }),
  ),

  "bookmarks.list": method({ channel_id: word }, (args, { world, caller }) => {
    const channel = visibleChannel(world, args.channel_id, caller.id);
    if (channel === undefined) return refuse("channel_not_found");
    return ok({ bookmarks: channel.bookmarks.map((each) => bookmarkShape(channel, each)) });
  }),

  "bookmarks.edit": method(
    { channel_id: word, bookmark_id: word, title: word.optional(), link: word.optional() },
    (args, { world, caller }) => {
      const channel = visibleChannel(world, args.channel_id, caller.id);
      if (channel === undefined) return refuse("channel_not_found");
      const bookmark = channel.bookmarks.find(({ id }) => id === args.bookmark_id);
      if (bookmark === undefined) return refuse("not_found");
      if (args.link !== undefined && !isWeb(args.link)) return refuse("invalid_link");
      bookmark.title = args.title ?? bookmark.title;
      bookmark.link = args.link ?? bookmark.link;
      world.feed.changed();
      return ok({ bookmark: bookmarkShape(channel, bookmark) });
    },
  ),

  "bookmarks.add": method(
    { channel_id: word, title: word, type: word, link: word.optional() },
    (args, { world, caller }) => {
      const channel = visibleChannel(world, args.channel_id, caller.id);
      if (channel === undefined) return refuse("channel_not_found");
      if (args.type !== "link") return refuse("invalid_bookmark_type");
      if (args.link === undefined || !isWeb(args.link)) return refuse("invalid_link");
      const bookmark = { id: newId("Bk"), title: args.title, link: args.link };
      channel.bookmarks.push(bookmark);
      world.feed.changed();
      return ok({ bookmark: bookmarkShape(channel, bookmark) });
    },
  ),
};

const isWeb = (link: string) => /^https?:\/\//.test(link);

function bookmarkShape(channel: Channel, bookmark: Channel["bookmarks"][number]) {
  return { ...bookmark, channel_id: channel.id, type: "link" };
}

function onMessage(
  args: { channel: string; timestamp: string },
  { world, caller }: Context,
  run: (channel: Channel, message: Message) => Reply,
): Reply {
  const channel = visibleChannel(world, args.channel, caller.id);
  if (channel === undefined) return refuse("channel_not_found");
  if (!channel.members.includes(caller.id)) return refuse("not_in_channel");
  const message = findMessage(channel, args.timestamp);
  return message === undefined ? refuse("message_not_found") : run(channel, message);
}
