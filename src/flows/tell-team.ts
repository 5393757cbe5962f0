/** The channel of the team that owns a service is told where an alert opened an incident; nobody is mentioned. */

import { headOf, servicesOf, type AlertGroup } from "../alert/group.ts";
import { incidentOpened } from "../message/alert-message.ts";
import type { ChannelId } from "../vocabulary.ts";
import { arriving } from "./alert-place.ts";
import type { ChannelRow, Effect } from "./change.ts";
import { onCallOf } from "./on-call.ts";
import type { World } from "./ports.ts";
import { message } from "./show-incident.ts";

/** None where the catalog names no channel, where people of another organisation are in it, or where alerts are told of there anyway. */
export async function teamEffects(
  world: World,
  group: AlertGroup,
  { opened, where }: { readonly opened: ChannelId; readonly where: ChannelRow | null },
): Promise<readonly Effect[]> {
  const { catalog } = await world.sourcesFor(opened);
  const [name] = servicesOf(group);
  const service = catalog.services.find((each) => each.name === name);
  const team = catalog.teams.find((each) => each.name === service?.owner);
  if (team?.channel === undefined) return [];
  // The incident does not wait for it.
  const channel = await world.chat.channelNamed(team.channel).catch(() => null);
  if (channel === null || channel.kind === "external" || channel.id === where?.id) return [];
  const title = headOf(group)?.title ?? "";
  const oncall = await onCallOf(world, team);
  const body = incidentOpened({ title, service: name ?? null, channel: opened, oncall });
  const place = { in: "channel" } as const;
  const { effects } = await arriving(world, channel);
  return [
    ...effects,
    message(world, { channel: channel.id, key: `opened:${opened}`, place, as: "alert" }, body),
  ];
}
