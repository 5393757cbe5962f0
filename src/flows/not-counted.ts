/** A word on a step that does not count: the timeline keeps whose and why, and the person is told where they can be. */

import { refusal } from "../message/refusals.ts";
import type { Refusal } from "../message/refusals.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { ChannelId, IncidentId, NotCounted, UserId } from "../vocabulary.ts";
import type { Effect } from "./change.ts";
import type { World } from "./ports.ts";
import { about, settle } from "./settle.ts";
import { ephemeral, message, type Shown } from "./show-incident.ts";

interface Uncounted {
  readonly incident: IncidentId;
  readonly by: UserId;
  readonly because: NotCounted;
  /** What they are told; null: nobody reads it, or they were told already. */
  readonly told: Refusal | null;
}

/** Once a person, an incident and a reason; `step`: which it was about, undefined where it was about none. */
export async function keepUncounted(
  world: World,
  { incident, by, because, told }: Uncounted,
  step: (shown: Shown) => Suggestion | undefined,
): Promise<void> {
  const { workspace, store } = world;
  const handled = [`not-counted ${incident} ${by} ${because}`];
  if (await store.wasHandled(workspace, handled)) return;
  await settle(world, incident, async (shown) => {
    const of = step(shown);
    if (of === undefined) return null;
    const fact = { kind: "not-counted", suggestion: of.id, because, by } as const;
    return {
      workspace,
      handled,
      about: about(shown),
      entries: [{ actor: by, source: "slack", at: world.now(), fact }],
      effects: await telling(world, shown, { by, because, told }),
    };
  });
}

/** In the channel to them alone; whoever is not in it sees no such message, and gets a direct one. */
async function telling(
  world: World,
  { stored }: Shown,
  { by, because, told }: Omit<Uncounted, "incident">,
): Promise<Effect[]> {
  if (told === null) return [];
  const body = refusal(told);
  if (because !== "not-a-member") {
    return [ephemeral(world, { channel: stored.channel, user: by }, body)];
  }
  const channel = await world.chat.directMessage(by);
  if (channel === null) return [];
  const to = { key: `not-counted:${stored.id}`, place: { in: "channel" }, as: "answer" } as const;
  return [message(world, { channel, ...to }, body)];
}

/** null: their words count there. */
export async function uncountedBecause(
  { chat }: World,
  channel: ChannelId,
  user: UserId,
): Promise<"not-a-person" | "not-a-member" | null> {
  if (!(await chat.isMember(channel, user))) return "not-a-member";
  return (await chat.isPerson(user)) ? null : "not-a-person";
}

/** The channel's name, for whom it is no secret. */
export async function outsideOf(
  world: World,
  channel: string,
  how: "click" | "react" | "say it",
): Promise<Refusal> {
  const row = await world.store.channel(world.workspace, channel);
  const channelName = row?.kind === "public" ? row.name : null;
  return { reason: "not-a-member", channelName, how };
}
