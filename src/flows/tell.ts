/** One answer to one person, seen by nobody else: what they asked for, or why it was not done. */

import type { MessageBody } from "../message/body.ts";
import { refusal } from "../message/refusals.ts";
import type { ChannelId, UserId } from "../vocabulary.ts";
import type { World } from "./ports.ts";
import { ephemeral } from "./show-incident.ts";

export interface Asker {
  readonly job: string;
  readonly channel: ChannelId;
  readonly user: UserId;
  /** Where a click is answered in place; absent or null: it has no such address. */
  readonly responseUrl?: string | null;
}

/**
 * In the channel that they asked in. Slack shows a message of the channel only to its members: whoever clicked from
 * outside is answered where they clicked, at most once.
 */
export async function tell(world: World, asker: Asker, body: MessageBody): Promise<void> {
  const { workspace, store, chat } = world;
  const { job, channel, user, responseUrl = null } = asker;
  const isInside = responseUrl === null || (await chat.isMember(channel, user));
  const effects = isInside ? [ephemeral(world, { channel, user }, body)] : [];
  const commit = await store.commit({ workspace, handled: [job], effects });
  if (!isInside && commit === "committed") await chat.respond(responseUrl, body);
}

export function refuse(
  world: World,
  asker: Asker,
  why: Parameters<typeof refusal>[0],
): Promise<void> {
  return tell(world, asker, refusal(why));
}
