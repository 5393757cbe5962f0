/** Owners of action items whom no reminder reaches any more, and who hears of it in their place. */

import { foldIncident } from "../incident/fold.ts";
import type { Unreached } from "../message/action-list.ts";
import { unreachedReminder } from "../message/action-reminder.ts";
import type { ActionItem } from "../postmortem/action-record.ts";
import type { ChannelId, UserId } from "../vocabulary.ts";
import type { Place } from "./change.ts";
import type { StoredIncident, World } from "./ports.ts";
import type { ActionReminder } from "./postmortem-ports.ts";
import { channelNow } from "./refresh-channel.ts";
import { livingKey, message } from "./show-incident.ts";

/** null: they can be reminded, as far as Slack says. Anybody may know of an incident in a public channel, its members of another. */
export async function unreached(
  world: World,
  stored: StoredIncident,
  user: UserId,
): Promise<Unreached | null> {
  if (await world.chat.hasLeft(user)) return "left";
  const row = await channelNow(world, stored.channel);
  const mayKnow = row?.kind === "public" || (await world.chat.isMember(stored.channel, user));
  return mayKnow ? null : "outside";
}

/** Of open items. */
export async function unreachedOwners(
  world: World,
  stored: StoredIncident,
  items: readonly ActionItem[],
): Promise<ReadonlyMap<UserId, Unreached>> {
  const owners = items.flatMap(({ state, owner }) =>
    state === "open" && owner !== null ? [owner] : [],
  );
  const told = await Promise.all(
    [...new Set(owners)].map(async (owner) => {
      const why = await unreached(world, stored, owner);
      return why === null ? [] : [[owner, why] as const];
    }),
  );
  return new Map(told.flat());
}

/** Where somebody is written to about an incident's action items, or why that is not to be. */
export async function reached(
  world: World,
  stored: StoredIncident,
  user: UserId,
): Promise<{ readonly channel: ChannelId } | Unreached> {
  const why = await unreached(world, stored, user);
  if (why !== null) return why;
  const channel = await world.chat.directMessage(user);
  return channel === null ? "left" : { channel };
}

/** Whoever led hears of it, else the incident's thread in its channel: once for a date, however often its owner would have been reminded. */
export async function tellOfUnreached(
  world: World,
  { job, due, when }: Pick<ActionReminder, "due" | "when"> & { readonly job: string },
  of: { readonly stored: StoredIncident; readonly item: ActionItem; readonly why: Unreached },
): Promise<void> {
  const { stored, item, why } = of;
  const { lead } = foldIncident(stored.entries);
  const other = lead === null || lead === item.owner ? null : await reached(world, stored, lead);
  const isToLead = other !== null && typeof other !== "string";
  const key = `action:${item.id}:${due}:unreached`;
  const told = { item, name: `INC-${stored.number}`, due, when };
  const to = isToLead
    ? ({ channel: other.channel, place: { in: "channel" } } as const)
    : { channel: stored.channel, place: underLiving(stored.id) };
  const body = unreachedReminder(told, why, isToLead);
  const effect = message(world, { ...to, key, as: "answer" }, body);
  const { workspace } = world;
  await world.store.commit({ workspace, handled: [job, key], effects: [effect] });
}

function underLiving(incident: StoredIncident["id"]): Place {
  return { in: "thread", of: { key: livingKey(incident) } };
}
