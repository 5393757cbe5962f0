/** Messages as Slack tells them of a channel, and those that are kept of it. */

import type { HistoryMessage } from "../../src/flows/chat.ts";
import { ana, incidentChannel, onset, type FakeWorld } from "./fake-world.ts";

/** So many minutes before the fake clock's beginning. */
export function told(minutesAgo: number, text: string, rest: Partial<HistoryMessage> = {}) {
  const ts = `${onset + 300 - Math.round(minutesAgo * 60)}.000100`;
  const none = { threadTs: null, editedTs: null, lastReplyTs: null };
  return { ts, user: ana, isBot: false, text, ...none, ...rest };
}

export const kept = async (fake: FakeWorld, of = incidentChannel.id) =>
  (await fake.store.messagesOf("T1", { channel: of, since: new Date(0) })).map(({ text }) => text);
