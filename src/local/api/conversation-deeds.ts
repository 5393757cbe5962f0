/** The Web API's `conversations.*` that change: create, join, invite, leave, rename, archive, topic, open. */
import {
  archiveChannel,
  createChannel,
  findUser,
  isRefused,
  joinChannel,
  leaveChannel,
  openDirect,
  renameChannel,
  setTopic,
  unarchiveChannel,
  visibleChannel,
  type Refused,
} from "../channels.ts";
import type { Channel } from "../state.ts";
import {
  flag,
  method,
  ok,
  refuse,
  word,
  words,
  type Context,
  type Methods,
  type Reply,
} from "./method.ts";
import { channelShape } from "./shapes.ts";

export const conversationDeeds: Methods = {
  "conversations.create": method(
    { name: word, is_private: flag.optional() },
    (args, { world, caller }) => {
      const made = createChannel(world, {
        name: args.name,
        by: caller.id,
        isPrivate: args.is_private === true,
      });
      return isRefused(made) ? refuse(made.refused) : ok({ channel: channelShape(made, caller) });
    },
  ),

  "conversations.join": method({ channel: word }, (args, { world, caller }) => {
    const channel = visibleChannel(world, args.channel, caller.id);
    if (channel === undefined) return refuse("channel_not_found");
    if (channel.isArchived) return refuse("is_archived");
    if (channel.kind !== "channel") return refuse("method_not_supported_for_channel_type");
    const wasMember = channel.members.includes(caller.id);
    joinChannel(world, channel, caller.id);
    return ok({
      channel: channelShape(channel, caller),
      ...(wasMember && { warning: "already_in_channel" }),
    });
  }),

  "conversations.invite": method({ channel: word, users: words }, (args, context) =>
    inMyChannel(args.channel, context, (channel) => {
      const { world, caller } = context;
      if (channel.isArchived) return refuse("is_archived");
      if (args.users.some((id) => findUser(world, id) === undefined))
        return refuse("user_not_found");
      if (args.users.includes(caller.id)) return refuse("cant_invite_self");
      if (args.users.every((id) => channel.members.includes(id)))
        return refuse("already_in_channel");
      args.users.forEach((id) => joinChannel(world, channel, id, caller.id));
      return ok({ channel: channelShape(channel, caller) });
    }),
  ),

  "conversations.leave": method({ channel: word }, ({ channel: id }, { world, caller }) => {
    const channel = visibleChannel(world, id, caller.id);
    if (channel === undefined) return refuse("channel_not_found");
    if (!channel.members.includes(caller.id)) return ok({ not_in_channel: true });
    leaveChannel(world, channel, caller.id);
    return ok();
  }),

  "conversations.rename": method({ channel: word, name: word }, (args, context) =>
    inMyChannel(args.channel, context, (channel) =>
      outcome(renameChannel(context.world, channel, args.name, context.caller.id), () => ({
        channel: channelShape(channel, context.caller),
      })),
    ),
  ),

  "conversations.archive": method({ channel: word }, (args, context) =>
    inMyChannel(args.channel, context, (channel) =>
      channel.name === "general"
        ? refuse("cant_archive_general")
        : outcome(archiveChannel(context.world, channel, context.caller.id), () => ({})),
    ),
  ),

  "conversations.unarchive": method({ channel: word }, (args, context) =>
    inMyChannel(args.channel, context, (channel) =>
      outcome(unarchiveChannel(context.world, channel, context.caller.id), () => ({})),
    ),
  ),

  "conversations.setTopic": method({ channel: word, topic: word }, (args, context) =>
    inMyChannel(args.channel, context, (channel) => {
      if (channel.isArchived) return refuse("is_archived");
      if (args.topic.length > 250) return refuse("too_long");
      setTopic(context.world, channel, args.topic, context.caller.id);
      return ok({ channel: channelShape(channel, context.caller), topic: args.topic });
    }),
  ),

  "conversations.open": method(
    { users: words.optional(), channel: word.optional(), return_im: flag.optional() },
    (args, { world, caller }) => {
      if (args.channel !== undefined) {
        const channel = visibleChannel(world, args.channel, caller.id);
        return channel?.kind === "im"
          ? ok({ channel: channelShape(channel, caller) })
          : refuse("channel_not_found");
      }
      const [user, ...others] = args.users ?? [];
      if (user === undefined) return refuse("users_list_not_supplied");
      if (findUser(world, user) === undefined) return refuse("user_not_found");
      if (others.length > 0) return refuse("method_not_supported_for_channel_type");
      return ok({ channel: channelShape(openDirect(world, user, caller.id), caller) });
    },
  ),
};

function inMyChannel(
  id: string,
  { world, caller }: Context,
  run: (channel: Channel) => Reply,
): Reply {
  const channel = visibleChannel(world, id, caller.id);
  if (channel === undefined) return refuse("channel_not_found");
  return channel.members.includes(caller.id) ? run(channel) : refuse("not_in_channel");
}

const outcome = (refused: Refused | undefined, fields: () => Record<string, unknown>): Reply =>
  refused === undefined ? ok(fields()) : refuse(refused.refused);
