/** Reactions to messages: given and taken back. */
import { botUserId, type Channel, type Message } from "./state.ts";
import type { World } from "./world.ts";

export type ReactionRefusal = "already_reacted" | "no_reaction";

export function react(
  world: World,
  channel: Channel,
  message: Message,
  reaction: { user: string; name: string },
): ReactionRefusal | undefined {
  message.reactions ??= [];
  const existing = message.reactions.find((each) => each.name === reaction.name);
  if (existing?.users.includes(reaction.user) === true) return "already_reacted";
  if (existing === undefined)
    message.reactions.push({ name: reaction.name, users: [reaction.user], count: 1 });
  else {
    existing.users.push(reaction.user);
    existing.count += 1;
  }
  tellReaction(world, channel, message, { ...reaction, type: "reaction_added" });
  return undefined;
}

export function unreact(
  world: World,
  channel: Channel,
  message: Message,
  reaction: { user: string; name: string },
): ReactionRefusal | undefined {
  const existing = message.reactions?.find((each) => each.name === reaction.name);
  if (existing?.users.includes(reaction.user) !== true) return "no_reaction";
  existing.users = existing.users.filter((user) => user !== reaction.user);
  existing.count -= 1;
  message.reactions = message.reactions?.filter((each) => each.count > 0) ?? [];
  tellReaction(world, channel, message, { ...reaction, type: "reaction_removed" });
  return undefined;
}

function tellReaction(
  world: World,
  channel: Channel,
  message: Message,
  { type, user, name }: { type: string; user: string; name: string },
): void {
  if (channel.members.includes(botUserId))
    world.emit({
      type,
      user,
      reaction: name,
      item: { type: "message", channel: channel.id, ts: message.ts },
      item_user: message.user,
      event_ts: world.ts(),
    });
  world.feed.changed();
}
