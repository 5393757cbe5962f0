/** Everything that the page shows one person at one moment, as one JSON value. */
import { isInHistory } from "./api/shapes.ts";
import { canSee } from "./channels.ts";
import { builtInCommands } from "./page-commands.ts";
import { botUserId, type Channel, type Message } from "./state.ts";
import { viewAsSlack } from "./views.ts";
import type { World } from "./world.ts";

/** Messages of a channel that the page shows. */
const shownMax = 300;

export interface Gaze {
  readonly as: string;
  readonly channel: string;
  /** Timestamp of the open thread's first message; empty: none is open. */
  readonly thread: string;
}

export function look(world: World, gaze: Gaze): Record<string, unknown> {
  const seen = world.state.channels.filter((channel) => canSee(channel, gaze.as));
  const channel = seen.find((each) => each.id === gaze.channel) ?? liveliest(seen, gaze.as);
  const view = world.session.views.get(gaze.as)?.at(-1);
  return {
    me: gaze.as,
    botUserId,
    people: world.state.users.map(({ id, name, realName, bot }) => ({
      id,
      name,
      realName,
      isBot: bot !== undefined,
    })),
    channels: seen.map((each) => listed(world, each, gaze.as)),
    channel: channel && {
      ...listed(world, channel, gaze.as),
      topic: channel.topic,
      members: channel.members,
      bookmarks: [...tabs(world, channel), ...channel.bookmarks],
      seenTs: world.state.seen[`${gaze.as} ${channel.id}`] ?? "",
    },
    messages: channel && shown(world, channel, gaze.as, isInHistory),
    thread:
      channel === undefined || gaze.thread === ""
        ? undefined
        : shown(
            world,
            channel,
            gaze.as,
            (each) => each.ts === gaze.thread || each.thread_ts === gaze.thread,
          ),
    modal: view && { ...viewAsSlack(view), errors: view.errors ?? {} },
    commands: [...(world.options.commands ?? []), ...builtInCommands],
    canPlay: world.options.plays !== undefined,
  };
}

/** A channel's canvases stand before its bookmarks. */
function tabs(world: World, { id }: Channel): readonly Channel["bookmarks"][number][] {
  return world.state.files
    .filter(({ channels }) => channels?.includes(id) === true)
    .map((canvas) => ({ id: canvas.id, title: canvas.title, link: canvas.permalink }));
}

/** Where someone lands who has not chosen yet: among their channels, the one with the newest message. */
function liveliest(seen: readonly Channel[], as: string): Channel | undefined {
  return seen
    .filter((channel) => channel.members.includes(as) && !channel.isArchived)
    .toSorted((a, b) => newest(b) - newest(a))[0];
}

const newest = (channel: Channel) => Number(channel.messages.at(-1)?.ts ?? 0);

function listed(world: World, channel: Channel, as: string): Record<string, unknown> {
  const seenTs = world.state.seen[`${as} ${channel.id}`] ?? "0";
  const unread = channel.messages.filter(
    (message) => isInHistory(message) && message.user !== as && Number(message.ts) > Number(seenTs),
  );
  const other = channel.members.find((member) => member !== as);
  return {
    id: channel.id,
    name: channel.kind === "im" ? nameOf(world, other) : channel.name,
    kind: channel.kind,
    isArchived: channel.isArchived,
    isMember: channel.members.includes(as),
    unread: channel.members.includes(as) ? unread.filter((each) => !isNote(each)).length : 0,
    isMentioned: unread.some((message) => message.text.includes(`<@${as}>`)),
  };
}

const isNote = ({ subtype }: Message) => subtype?.startsWith("channel_") === true;

const nameOf = (world: World, id: string | undefined) =>
  world.state.users.find((user) => user.id === id)?.realName ?? "?";

/** The newest messages of one list, with what only this person sees mixed in by time. */
function shown(
  world: World,
  channel: Channel,
  as: string,
  belongs: (message: Message) => boolean,
): unknown[] {
  const whispers = world.session.ephemerals
    .filter((each) => each.channel === channel.id && each.user === as)
    .map(({ message }) => ({ ...message, isEphemeral: true }));
  return [...channel.messages, ...whispers]
    .filter(belongs)
    .toSorted((a, b) => Number(a.ts) - Number(b.ts))
    .slice(-shownMax);
}
