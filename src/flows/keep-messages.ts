/** Messages of incidents' channels as they are kept: stored without secrets, edited and deleted as in Slack. */

import { redact } from "../redaction/redact.ts";
import type { ChannelId, MessageTs } from "../vocabulary.ts";
import type { KeptMessage } from "./chat.ts";
import type { World } from "./ports.ts";

/** Nobody types more, and what a program posts beyond says nothing new. */
const charsMax = 12_000;
const senderMax = 80;

export function keptOf({
  ts,
  user,
  isBot,
  text,
  threadTs,
  editedTs,
  sender,
}: KeptMessage): KeptMessage {
  const kept = { ts, user, isBot, text: redact(text).slice(0, charsMax), threadTs, editedTs };
  return sender === undefined ? kept : { ...kept, sender: redact(sender).slice(0, senderMax) };
}

/** A message stands in a channel as told: it was posted, or edited. Kept where an incident is open. */
export async function onMessageStands(
  world: World,
  { channel, ...said }: KeptMessage & { readonly channel: ChannelId },
): Promise<void> {
  const { workspace, store } = world;
  if (said.user === world.botUser) return;
  const [open] = await store.openChannels(workspace, [channel]);
  const kept = [keptOf(said)];
  if (open !== undefined) {
    await store.commit({ workspace, handled: [], messages: { channel, said: kept } });
  } else if (said.editedTs !== null) {
    await store.commit({ workspace, handled: [], messages: { channel, edited: kept } });
  }
}

/** Its text goes here too, whenever it was said. */
export async function onMessageGone(
  world: World,
  { channel, ts }: { readonly channel: ChannelId; readonly ts: MessageTs },
): Promise<void> {
  const { workspace, store } = world;
  if ((await store.channel(workspace, channel)) === null) return;
  await store.commit({ workspace, handled: [], messages: { channel, gone: [ts] } });
}
