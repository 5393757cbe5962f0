/** Where alerts are answered, and their message there: one row of the outbox a group and occurrence. */

import { alertMessage } from "../message/alert-message.ts";
import type { AlertGroup } from "../alert/group.ts";
import type { ChannelId } from "../vocabulary.ts";
import { joining } from "./begin-incident.ts";
import type { Change, ChannelRow, Effect } from "./change.ts";
import type { World } from "./ports.ts";
import { message } from "./show-incident.ts";

/** The channel that the settings name; null where none is named, or the bot cannot see it. */
export async function alertChannel(world: World): Promise<ChannelRow | null> {
  const { channel } = world.alerts;
  return channel === null ? null : world.chat.channelNamed(channel);
}

/** A message of its own from now on; `at`: Unix seconds. */
export function withMessage(group: AlertGroup, channel: ChannelRow, at: number): AlertGroup {
  return { ...group, told: { channel: channel.id, key: `alert:${group.id}:${at}` } };
}

/** Posts its message, or edits it; nothing where it has none. */
export function alertEffects(
  world: World,
  group: AlertGroup,
  told: { readonly channel?: ChannelId | null; readonly isRefused?: boolean } = {},
): Effect[] {
  if (group.told === null) return [];
  const { channel = null, isRefused = false } = told;
  const body = alertMessage({ group, channel, isRefused, hosts: world.linkHosts });
  return [message(world, { ...group.told, place: { in: "channel" }, as: "alert" }, body)];
}

/** What goes before the first message there: the channel is kept, and joined where it can be. */
export async function arriving(
  world: World,
  channel: ChannelRow,
): Promise<Pick<Change, "channel"> & { readonly effects: readonly Effect[] }> {
  const known = await world.store.channel(world.workspace, channel.id);
  if (known !== null) return { effects: [] };
  return { channel, effects: channel.kind === "public" ? [joining(world, channel.id)] : [] };
}
