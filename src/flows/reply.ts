/** The answer to a mention: in its thread, once. */

import type { MessageBody } from "../message/body.ts";
import type { ChannelId, MessageTs } from "../vocabulary.ts";
import type { Effect } from "./change.ts";
import type { World } from "./ports.ts";
import { message } from "./show-incident.ts";

/** The message that is answered. */
export interface Said {
  readonly channel: ChannelId;
  readonly ts: MessageTs;
  readonly threadTs: MessageTs | null;
}

export const answerKey = ({ ts }: Pick<Said, "ts">): string => `answer:${ts}`;

export function replyEffect(world: World, said: Said, body: MessageBody): Effect {
  const { channel, ts, threadTs } = said;
  const place = { in: "thread", of: { ts: threadTs ?? ts } } as const;
  return message(world, { channel, key: answerKey(said), place, as: "answer" }, body);
}

/** `also`: what is sent with it. */
export async function reply(
  world: World,
  { job, ...said }: Said & { readonly job: string },
  body: MessageBody,
  also: readonly Effect[] = [],
): Promise<void> {
  await world.store.commit({
    workspace: world.workspace,
    handled: [job],
    effects: [replyEffect(world, said, body), ...also],
  });
}
