/** One answer to one person, seen by nobody else: what they asked for, or why it was not done. */

import type { MessageBody } from "../message/body.ts";
import { refusal } from "../message/refusals.ts";
import type { ChannelId, MessageTs, UserId } from "../vocabulary.ts";
import type { Change } from "./change.ts";
import type { World } from "./ports.ts";
import { ephemeral } from "./show-incident.ts";

export interface Asker {
  readonly job: string;
  readonly channel: ChannelId;
  readonly user: UserId;
  /** Where a click or a command is answered in place; absent or null: it has no such address. */
  readonly responseUrl?: string | null;
  /** The thread that a click came from; absent or null: the channel itself. */
  readonly threadTs?: MessageTs | null;
}

/**
 * In the channel or thread that they asked in. Slack takes such a message only from a member of the channel and shows
 * it only to one: where the bot or the person is none, the answer goes to the address of the click or command, at most
 * once. `also`: what is kept with it, and what everybody sees of it, sent only where both are members.
 */
export async function tell(
  world: World,
  asker: Asker,
  body: MessageBody,
  also: Pick<Change, "effects" | "rules" | "jobs" | "counterparts"> = {},
): Promise<void> {
  const { workspace, store, chat } = world;
  const { job, channel, user, responseUrl = null, threadTs = null } = asker;
  const isInside =
    responseUrl === null ||
    ((await chat.isMember(channel, world.botUser)) && (await chat.isMember(channel, user)));
  const to = { channel, user, ...(threadTs === null ? {} : { threadTs }) };
  const { effects: shared = [], ...more } = also;
  const effects = isInside ? [ephemeral(world, to, body), ...shared] : [];
  const commit = await store.commit({ workspace, handled: [job], ...more, effects });
  if (!isInside && commit === "committed") await chat.respond(responseUrl, body);
}

/** What could not be done for a day. Only the outbox is asked: it waits for a Slack that is away. */
export async function tellGivenUp(
  world: World,
  {
    job,
    deed,
    ...to
  }: Omit<Asker, "responseUrl" | "threadTs"> & { readonly deed: GivenUp["deed"] },
): Promise<void> {
  const body = refusal({ reason: "given-up", deed });
  await world.store.commit({
    workspace: world.workspace,
    handled: [job],
    effects: [ephemeral(world, to, body)],
  });
}

type GivenUp = Extract<Parameters<typeof refusal>[0], { reason: "given-up" }>;

export function refuse(
  world: World,
  asker: Asker,
  why: Parameters<typeof refusal>[0],
): Promise<void> {
  return tell(world, asker, refusal(why));
}
