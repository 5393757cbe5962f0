/** How a channel becomes another kind of channel, with what Slack tells the app of it. */
import { findUser } from "./channels.ts";
import { post } from "./messages.ts";
import type { Channel } from "./state.ts";
import type { World } from "./world.ts";

/** Slack tells of it by a message in the channel alone. */
export function makePrivate(world: World, channel: Channel, by: string): void {
  channel.kind = "group";
  const user = findUser(world, by);
  const text = "made this channel *private*. Now, it can only be viewed or joined by invitation.";
  if (user !== undefined) {
    post(world, channel, { by: user, subtype: "channel_convert_to_private", text });
  }
}

/** `pending`: the other organisation has not accepted yet, and the app is told nothing. */
export function share(world: World, channel: Channel, sharing: "accepted" | "pending"): void {
  channel.sharing = sharing;
  if (sharing === "accepted") {
    const event = { type: "channel_shared", connected_team_id: "T0000000OTH" };
    world.emit({ ...event, channel: channel.id, event_ts: world.ts() });
  }
  world.feed.changed();
}
