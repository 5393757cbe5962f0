/** A channel was archived, shared, made private, or the other way: what is kept of it follows, and so do its readings. */

import type { ChannelId } from "../vocabulary.ts";
import type { World } from "./ports.ts";
import { nextReading } from "./plan-readings.ts";
import { refreshChannel } from "./refresh-channel.ts";
import { about, settle } from "./settle.ts";

/** What was said there is deleted here too. */
export async function onChannelDeleted(
  world: World,
  event: { readonly job: string; readonly channel: ChannelId },
): Promise<void> {
  const messages = { channel: event.channel, gone: "all" } as const;
  await world.store.commit({ workspace: world.workspace, handled: [], messages });
  await onChannelChanged(world, event);
}

/** One that is out of use is noticed by the next reading; an open incident in one that came back is read on. */
export async function onChannelChanged(
  world: World,
  event: { readonly job: string; readonly channel: ChannelId },
): Promise<void> {
  const { workspace, store } = world;
  const handled = [event.job];
  if (await store.wasHandled(workspace, handled)) return;
  const sight = await refreshChannel(world, event.channel);
  const open = sight === "open" ? await store.openIncidentIn(workspace, event.channel) : null;
  if (open === null) {
    await store.commit({ workspace, handled });
    return;
  }
  await settle(world, open.id, (shown) => {
    const jobs = shown.incident.evidence === null ? [] : nextReading(world, shown);
    return { workspace, handled, about: about(shown), jobs };
  });
}
