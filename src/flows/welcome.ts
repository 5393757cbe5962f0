/** Somebody joins the channel of an open incident: how it stands, to them alone. */

import { catchUp } from "../message/catch-up.ts";
import type { ChannelId, UserId } from "../vocabulary.ts";
import type { World } from "./ports.ts";
import { catchUpView, ephemeral, showIncident } from "./show-incident.ts";

export async function onJoined(
  world: World,
  event: { readonly job: string; readonly channel: ChannelId; readonly user: UserId },
): Promise<void> {
  const { job, channel, user } = event;
  const { workspace, store } = world;
  const open = await store.openIncidentIn(workspace, channel);
  if (open === null) return;
  const body = catchUp(catchUpView(world, await showIncident(world, open)));
  await store.commit({
    workspace,
    handled: [job],
    effects: [ephemeral(world, { channel, user }, body)],
  });
}
