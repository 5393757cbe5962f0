/** Channels, users and messages as the Web API shows them. */
import { isReply } from "../threads.ts";
import { teamId, type Channel, type Message, type User } from "../state.ts";
import type { Caller } from "./caller.ts";

export function channelShape(channel: Channel, caller: Caller): Record<string, unknown> {
  const { id, kind, created, creator } = channel;
  const shared = {
    id,
    created,
    creator,
    is_channel: kind === "channel",
    is_group: kind === "group",
    is_im: kind === "im",
    is_mpim: false,
    is_private: kind !== "channel",
    is_archived: channel.isArchived,
    is_shared: channel.sharing === "accepted",
    is_ext_shared: channel.sharing === "accepted",
    is_pending_ext_shared: channel.sharing === "pending",
    is_org_shared: false,
    context_team_id: teamId,
  };
  if (kind === "im")
    return { ...shared, user: channel.members.find((member) => member !== caller.id) };
  const note = (value: string) => ({ value, creator: value === "" ? "" : creator, last_set: 0 });
  return {
    ...shared,
    name: channel.name,
    name_normalized: channel.name,
    is_general: channel.name === "general",
    is_member: channel.members.includes(caller.id),
    num_members: channel.members.length,
    topic: {
      value: channel.topic,
      creator: channel.topicSet?.by ?? "",
      last_set: channel.topicSet?.at ?? 0,
    },
    purpose: note(channel.purpose),
  };
}

export function userShape(user: User): Record<string, unknown> {
  return {
    id: user.id,
    team_id: teamId,
    name: user.name,
    real_name: user.realName,
    deleted: false,
    tz: "Etc/UTC",
    tz_offset: 0,
    is_bot: user.bot !== undefined,
    is_app_user: false,
    is_admin: false,
    is_owner: false,
    is_restricted: user.guest === "single-channel" || user.guest === "multi-channel",
    is_ultra_restricted: user.guest === "single-channel",
    ...(user.guest === "stranger" ? { is_stranger: true } : {}),
    profile: profileShape(user),
  };
}

export function profileShape(user: User): Record<string, unknown> {
  return {
    real_name: user.realName,
    real_name_normalized: user.realName,
    display_name: user.realName,
    display_name_normalized: user.realName,
    ...(user.bot === undefined
      ? { email: `${user.name}@local.invalid` }
      : { bot_id: user.bot.id, api_app_id: user.bot.appId }),
  };
}

/** A message without its metadata unless all of it was asked for. */
export function messageShape(message: Message, withMetadata: boolean): Message {
  if (withMetadata) return message;
  const { metadata: _metadata, ...rest } = message;
  return rest;
}

/** What `conversations.history` lists: no replies, except those also sent to the channel. */
export const isInHistory = (message: Message) =>
  !isReply(message) || message.subtype === "thread_broadcast";
