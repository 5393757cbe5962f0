/** How an incident begins: a channel appears or is renamed, the bot is invited, somebody declares one. */

import { helpMessage } from "../message/help.ts";
import type { Refusal } from "../message/refusals.ts";
import type { ChannelId, IncidentId, MessageTs, Severity, UserId } from "../vocabulary.ts";
import type { ChannelRow, Effect, NewEntry } from "./change.ts";
import type { World } from "./ports.ts";
import { historyOf } from "./history-to-read.ts";
import { refreshChannel } from "./refresh-channel.ts";
import { ephemeral } from "./show-incident.ts";
import { refuse } from "./tell.ts";
import type { Asker } from "./tell.ts";
import { toldAtFirst } from "./told-elsewhere.ts";

export const titleMax = 150;
/** Where nobody has said how bad it is. */
export const usualSeverity = 3;

/** A channel was created or renamed: join it where its name says that it is an incident's, and it has had none. */
export async function onChannelSeen(
  world: World,
  event: { readonly job: string; readonly channel: ChannelId },
): Promise<void> {
  await refreshChannel(world, event.channel);
  const channel = await world.chat.channel(event.channel);
  if (channel === null || channel.isArchived || !isIncidentChannel(world, channel)) return;
  if ((await world.store.latestIncidentIn(world.workspace, channel.id)) !== null) return;
  if (await isForAlerts(world, channel)) return;
  await begin(world, { handled: [event.job], channel, by: null, title: null });
}

/** The bot was invited: an incident's channel begins its first, any other is told how to. */
export async function onInvited(
  world: World,
  event: { readonly job: string; readonly channel: ChannelId; readonly by: UserId | null },
): Promise<void> {
  const channel = await world.chat.channel(event.channel);
  if (channel === null) return;
  const latest = await world.store.latestIncidentIn(world.workspace, channel.id);
  if (latest === null && isIncidentChannel(world, channel)) {
    if (await isForAlerts(world, channel)) return;
    // A tool that made the channel and invites acknowledges nothing.
    const isPerson = event.by !== null && (await world.chat.isPerson(event.by));
    const by = isPerson ? event.by : null;
    await begin(world, { handled: [event.job], channel, by, title: null });
    return;
  }
  const { job, by } = event;
  const open = await world.store.openChannels(world.workspace, [channel.id]);
  await world.store.commit({
    workspace: world.workspace,
    handled: [job],
    channel,
    effects:
      by === null
        ? []
        : [ephemeral(world, { channel: channel.id, user: by }, helpMessage(world.model !== null))],
    // What was said while it was not there; it has come by itself where the beginning reads it already.
    jobs: open
      .filter(({ readTo }) => by !== null || readTo !== null)
      .map((each) => historyOf(world, each, job)),
  });
}

/** Somebody declares one, by command, form or button; where that cannot be they are told why. */
export async function declare(
  world: World,
  event: Asker & { readonly title: string; readonly severity?: Severity },
): Promise<void> {
  const channel = await placeFor(world, event.channel);
  if ("reason" in channel) return refuse(world, event, channel);
  const { job, user, title, severity } = event;
  const isBegun = await begin(world, {
    handled: [job],
    channel,
    by: user,
    title: title || null,
    ...(severity === undefined ? {} : { severity }),
  });
  if (isBegun) return;
  const open = await world.store.openIncidentIn(world.workspace, channel.id);
  const name = open === null ? "Another incident" : `INC-${open.number}`;
  return refuse(world, event, { reason: "already-open", name });
}

/** The channel, where an incident can be: one that the bot is in or may join by itself. */
export async function placeFor(world: World, id: ChannelId): Promise<ChannelRow | Refusal> {
  if (isDirect(id)) return { reason: "direct-message" };
  const channel = await world.chat.channel(id);
  if (channel === null) return { reason: "not-invited" };
  const mayPost = channel.kind === "public" || (await world.chat.isMember(id, world.botUser));
  return mayPost ? channel : { reason: "not-invited" };
}

/** Slack's ids of direct messages begin with D. */
function isDirect(id: ChannelId): boolean {
  return id.startsWith("D");
}

export function isIncidentChannel(world: World, { name }: Pick<ChannelRow, "name">): boolean {
  return world.incidentChannels.test(name);
}

/** It was just made for alerts: its incident begins with them. */
async function isForAlerts(world: World, { name }: ChannelRow): Promise<boolean> {
  return (await world.store.groupsOpening(world.workspace, name)).groups.length > 0;
}

export interface Beginning {
  readonly handled: readonly string[];
  readonly channel: ChannelRow;
  readonly by: UserId | null;
  readonly title: string | null;
  readonly severity?: Severity;
  /** The mention that began it, which its first list answers. */
  readonly asked?: { readonly text: string; readonly threadTs: MessageTs };
}

/** Opens the incident, joins, and sends the investigation after it; false, and nothing done, where one is open already. */
export async function begin(world: World, event: Beginning): Promise<boolean> {
  const { channel, asked = null } = event;
  if ((await world.store.openIncidentIn(world.workspace, channel.id)) !== null) return false;
  const id: IncidentId = `inc_${world.newId()}`;
  const now = world.now();
  const title = (event.title ?? titleFrom(channel.name)).slice(0, titleMax);
  const job = { kind: "investigate", channel: channel.id, incident: id, asked } as const;
  const commit = await world.store.commit({
    workspace: world.workspace,
    handled: event.handled,
    channel,
    about: { kind: "new", id, channel: channel.id, title, openedAt: now },
    entries: [...firstEntries(world, event, title, now), ...(await toldAtFirst(world, channel.id))],
    effects: channel.kind === "public" ? [joining(world, channel.id)] : [],
    jobs: [
      { id: world.idOf(`investigate ${id}`), job },
      historyOf(world, { incident: id, channel: channel.id, name: channel.name, readTo: null }, id),
    ],
  });
  return commit !== "stale";
}

function firstEntries(
  world: World,
  { channel, by, severity = usualSeverity }: Beginning,
  title: string,
  at: Date,
): NewEntry[] {
  const { id, name: channelName } = channel;
  const declared = { kind: "declared", title, channel: id, channelName, severity } as const;
  return [
    // A deed of a person's is where it counts as acknowledged.
    { actor: by ?? world.botUser, source: by === null ? "bot" : "slack", at, fact: declared },
    { actor: world.botUser, source: "bot", at, fact: { kind: "joined", channel: id } },
  ];
}

/** A private channel cannot be joined: whoever made it one has invited the bot. */
export function joining(world: World, channel: ChannelId): Effect {
  return {
    id: `box_${world.newId()}`,
    channel,
    key: `join:${channel}`,
    payload: { kind: "join" },
  };
}

/** "inc-42-checkout-latency" → "checkout latency" */
function titleFrom(channelName: string): string {
  const words = channelName
    .replace(/^inc(ident)?[-_]?/i, "")
    .split(/[-_]+/)
    .filter((word) => word !== "" && !/^\d+$/.test(word));
  return words.length === 0 ? channelName : words.join(" ");
}
