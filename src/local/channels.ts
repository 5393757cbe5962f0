/** What may happen to channels: created, renamed, archived, deleted, joined and left, with Slack's refusals and events. */
import { newId } from "./ids.ts";
import { post } from "./messages.ts";
import { tell } from "./message-events.ts";
import { botUserId, teamId, type Channel, type User } from "./state.ts";
import type { World } from "./world.ts";

export type Refused = { readonly refused: string };
export const isRefused = (result: object): result is Refused => "refused" in result;

export interface NewChannel {
  readonly name: string;
  readonly by: string;
  readonly isPrivate?: boolean;
}

export function createChannel(
  world: World,
  { name, by, isPrivate }: NewChannel,
): Channel | Refused {
  const problem = nameProblem(world, name);
  if (problem !== undefined) return { refused: problem };
  const channel: Channel = {
    id: newId("C"),
    name,
    kind: isPrivate === true ? "group" : "channel",
    creator: by,
    created: Math.floor(world.now().getTime() / 1000),
    isArchived: false,
    topic: "",
    purpose: "",
    members: [by],
    messages: [],
    bookmarks: [],
  };
  world.state.channels.push(channel);
  if (channel.kind === "channel")
    world.emit({ type: "channel_created", channel: summary(channel), event_ts: world.ts() });
  note(world, channel, { by, subtype: "channel_join", text: `<@${by}> has joined the channel` });
  world.feed.changed();
  return channel;
}

export function renameChannel(
  world: World,
  channel: Channel,
  name: string,
  by: string,
): Refused | undefined {
  const problem = name === channel.name ? undefined : nameProblem(world, name);
  if (problem !== undefined) return { refused: problem };
  const old = channel.name;
  channel.name = name;
  tellAll(world, channel, "rename", {
    channel: { id: channel.id, name, created: channel.created },
  });
  const text = `has renamed the channel from "${old}" to "${name}"`;
  note(world, channel, { by, subtype: "channel_name", text });
  return undefined;
}

export function archiveChannel(world: World, channel: Channel, by: string): Refused | undefined {
  if (channel.isArchived) return { refused: "already_archived" };
  note(world, channel, { by, subtype: "channel_archive", text: "archived the channel" });
  channel.isArchived = true;
  tellAll(world, channel, "archive", { channel: channel.id, user: by });
  world.feed.changed();
  return undefined;
}

export function unarchiveChannel(world: World, channel: Channel, by: string): Refused | undefined {
  if (!channel.isArchived) return { refused: "not_archived" };
  channel.isArchived = false;
  tellAll(world, channel, "unarchive", { channel: channel.id, user: by });
  note(world, channel, { by, subtype: "channel_unarchive", text: "un-archived the channel" });
  return undefined;
}

export function deleteChannel(world: World, channel: Channel): void {
  world.state.channels.splice(world.state.channels.indexOf(channel), 1);
  tellAll(world, channel, "deleted", { channel: channel.id });
  world.feed.changed();
}

export function joinChannel(world: World, channel: Channel, user: string, inviter?: string): void {
  if (channel.members.includes(user)) return;
  channel.members.push(user);
  tell(world, channel, "member_joined_channel", {
    user,
    channel_type: channel.kind === "group" ? "G" : "C",
    team: teamId,
    ...(inviter !== undefined && { inviter }),
  });
  const invited = inviter === undefined ? "" : ` by invitation from <@${inviter}>`;
  const text = `<@${user}> has joined the channel${invited}`;
  note(world, channel, { by: user, subtype: "channel_join", text });
}

/** The bot learns that it left itself through `channel_left`; that others left through `member_left_channel`. */
export function leaveChannel(world: World, channel: Channel, user: string): void {
  if (!channel.members.includes(user)) return;
  const text = `<@${user}> has left the channel`;
  note(world, channel, { by: user, subtype: "channel_leave", text });
  const channelType = channel.kind === "group" ? "G" : "C";
  tell(world, channel, "member_left_channel", { user, channel_type: channelType, team: teamId });
  channel.members = channel.members.filter((member) => member !== user);
  if (user === botUserId)
    world.emit({ type: `${channel.kind}_left`, channel: channel.id, event_ts: world.ts() });
  world.feed.changed();
}

export function setTopic(world: World, channel: Channel, topic: string, by: string): void {
  channel.topic = topic;
  channel.topicSet = { by, at: Math.floor(world.now().getTime() / 1000) };
  const text = topic === "" ? "cleared the channel topic" : `set the channel topic: ${topic}`;
  const subtype = channel.kind === "group" ? "group_topic" : "channel_topic";
  note(world, channel, { by, subtype, text, topic });
}

/** The direct conversation of a person and a bot, opened when there is none. */
export function openDirect(world: World, person: string, bot: string): Channel {
  const existing = world.state.channels.find(
    (channel) =>
      channel.kind === "im" && channel.members.includes(person) && channel.members.includes(bot),
  );
  if (existing !== undefined) return existing;
  const channel: Channel = {
    id: newId("D"),
    name: person,
    kind: "im",
    creator: bot,
    created: Math.floor(world.now().getTime() / 1000),
    isArchived: false,
    topic: "",
    purpose: "",
    members: [person, bot],
    messages: [],
    bookmarks: [],
  };
  world.state.channels.push(channel);
  world.feed.changed();
  return channel;
}

/** A channel by id or `#name` that this user may know of: private ones are known to members only. */
export function visibleChannel(world: World, idOrName: string, user: string): Channel | undefined {
  const name = idOrName.replace(/^#/, "");
  const channel = world.state.channels.find(
    (each) => each.id === idOrName || (each.kind !== "im" && each.name === name),
  );
  return channel !== undefined && canSee(channel, user) ? channel : undefined;
}

export const canSee = (channel: Channel, user: string) =>
  channel.kind === "channel" || channel.members.includes(user);

export const findUser = (world: World, id: string): User | undefined =>
  world.state.users.find((user) => user.id === id);

function note(
  world: World,
  channel: Channel,
  { by, ...said }: { by: string; subtype: string; text: string; topic?: string },
): void {
  const user = findUser(world, by);
  if (user !== undefined) post(world, channel, { by: user, ...said });
}

/** Public channels are everyone's business; what happens to a private one is told to its members only. */
function tellAll(
  world: World,
  channel: Channel,
  verb: string,
  fields: Record<string, unknown>,
): void {
  if (!canSee(channel, botUserId)) return;
  world.emit({ type: `${channel.kind}_${verb}`, ...fields, event_ts: world.ts() });
}

function nameProblem(world: World, name: string): string | undefined {
  if (name === "") return "invalid_name_required";
  if (name.length > 80) return "invalid_name_maxlength";
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) return "invalid_name_specials";
  const isTaken = world.state.channels.some((each) => each.kind !== "im" && each.name === name);
  return isTaken ? "name_taken" : undefined;
}

function summary(channel: Channel): Record<string, unknown> {
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_private: false,
    created: channel.created,
    creator: channel.creator,
    context_team_id: teamId,
  };
}
