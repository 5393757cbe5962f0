/** Somebody joins a channel: what it has become with them in it, and how its open incident stands, to them alone. */

import { catchUp } from "../message/catch-up.ts";
import type { ChannelId, UserId } from "../vocabulary.ts";
import type { World } from "./ports.ts";
import { refreshChannel, viewerIn } from "./refresh-channel.ts";
import { about, settle } from "./settle.ts";
import { catchUpView, ephemeral, livingEffect } from "./show-incident.ts";

export async function onJoined(
  world: World,
  event: { readonly job: string; readonly channel: ChannelId; readonly user: UserId },
): Promise<void> {
  const { job, channel, user } = event;
  const { workspace, store } = world;
  const former = await viewerIn(world, channel);
  await refreshChannel(world, channel);
  const isOther = (await viewerIn(world, channel)).kind !== former.kind;
  const open = await store.openIncidentIn(workspace, channel);
  if (open === null) return;
  await settle(world, open.id, (shown) => ({
    workspace,
    handled: [job],
    about: about(shown),
    effects: [
      ephemeral(world, { channel, user }, catchUp(catchUpView(world, shown))),
      // What was told there of other incidents is not for a guest.
      ...(isOther ? [livingEffect(world, shown)] : []),
    ],
  }));
}
