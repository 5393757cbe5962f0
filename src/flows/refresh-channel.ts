/** What Slack says of a channel now: its kind decides who learns from its incidents, and whether they are read at all (DESIGN §14). */

import type { ReadingEnd } from "../incident/timeline.ts";
import type { ChannelId } from "../vocabulary.ts";
import type { ChannelRow } from "./change.ts";
import { whenAborted } from "./bounded-read.ts";
import type { Viewer, World } from "./ports.ts";

const channelTimeoutMs = 2_000;

/** Whether anybody would read what is said there. */
export type Sight = "open" | Exclude<ReadingEnd, "a-day-old">;

/**
 * Keeps what a known channel has become; one that nobody has met is not asked about. Where Slack does not answer, what
 * is known stands: a reading does not fail for it.
 */
export async function refreshChannel(world: World, id: ChannelId): Promise<Sight> {
  const { workspace, store } = world;
  const known = await store.channel(workspace, id);
  if (known === null) return "open";
  const seen = await seenNow(world, id, known);
  const channel = seen ?? outOfSight(known);
  if (!isSame(known, channel)) await store.commit({ workspace, handled: [], channel });
  if (seen === null) return "not-visible";
  return seen.isArchived ? "archived" : "open";
}

/** What Slack says of it, or what was known where Slack does not say it in time; null: nothing at all. */
export async function channelNow(world: World, id: ChannelId): Promise<ChannelRow | null> {
  return seenNow(world, id, await world.store.channel(world.workspace, id));
}

/** As whom a channel sees; what nobody has met is trusted with nothing of others. */
export async function viewerIn(world: World, id: ChannelId): Promise<Viewer> {
  return (await world.store.channel(world.workspace, id)) ?? { id, kind: "external" };
}

/** The same for whoever asks in a channel that may be any; what Slack does not tell of may be read by anybody. */
export async function viewerNow(world: World, id: ChannelId): Promise<Viewer> {
  return (await channelNow(world, id)) ?? { id, kind: "external" };
}

async function seenNow(
  world: World,
  id: ChannelId,
  known: ChannelRow | null,
): Promise<ChannelRow | null> {
  try {
    const late = whenAborted(world.deadline(channelTimeoutMs));
    return await Promise.race([world.chat.channel(id), late]);
  } catch {
    return known;
  }
}

/** Deleted, or private by now and without us: what cannot be seen to be public is not. */
function outOfSight(known: ChannelRow): ChannelRow {
  return { ...known, kind: known.kind === "public" ? "private" : known.kind, isArchived: true };
}

function isSame(a: ChannelRow, b: ChannelRow): boolean {
  return a.name === b.name && a.kind === b.kind && a.isArchived === b.isArchived;
}
