/** Who may change an incident: the members of its channel, wherever they click. */

import type { IncidentId } from "../vocabulary.ts";
import type { Effect } from "./change.ts";
import type { World } from "./ports.ts";
import { refuse } from "./tell.ts";
import type { Asker } from "./tell.ts";

export interface Deed extends Asker {
  readonly incident: IncidentId;
  /** What is said of it where it was asked for; sent only where it is done. */
  readonly reply?: Effect;
}

/** Anybody else is told so. */
export async function mayChange(world: World, deed: Deed): Promise<boolean> {
  const stored = await world.store.incident(world.workspace, deed.incident);
  if (stored === null) {
    await refuse(world, deed, { reason: "unknown-button" });
    return false;
  }
  if (deed.user === world.botUser) return false;
  if (await world.chat.isMember(stored.channel, deed.user)) return true;
  const channel = await world.store.channel(world.workspace, stored.channel);
  await refuse(world, deed, {
    reason: "not-a-member",
    channelName: channel?.name ?? "its channel",
  });
  return false;
}
