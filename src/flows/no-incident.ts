/** Why nothing can be done where no incident is open: the channels that have one are named. */

import type { Refusal } from "../message/refusals.ts";
import type { ChannelId } from "../vocabulary.ts";
import type { World } from "./ports.ts";
import { channelNow } from "./refresh-channel.ts";

const channelsMax = 3;

/** Public ones alone, and none where people of another organisation read. */
export async function noIncidentIn(world: World, channel: ChannelId): Promise<Refusal> {
  const { workspace, store } = world;
  const asked = await channelNow(world, channel);
  const isForeign = asked === null || asked.kind === "external";
  const open = isForeign ? [] : await store.readIncidents(workspace);
  const channels = [...new Set(open.map((each) => each.channel))].slice(0, channelsMax);
  const rows = await Promise.all(channels.map((each) => store.channel(workspace, each)));
  const elsewhere = rows.flatMap((row) =>
    row === null || row.kind !== "public" || row.isArchived ? [] : [row.name],
  );
  return { reason: "no-open-incident", elsewhere };
}
