/** Threads: which message is a reply to which, and what the first message says about its replies. */
import type { Channel, Message } from "./state.ts";

export const findMessage = (channel: Channel, ts: string) =>
  channel.messages.find((message) => message.ts === ts);

export const isReply = (message: Message) =>
  message.thread_ts !== undefined && message.thread_ts !== message.ts;

/** The first message of the thread that a message begins or belongs to. */
export function rootOf(channel: Channel, ts: string): Message | undefined {
  const message = findMessage(channel, ts);
  if (message === undefined || !isReply(message)) return message;
  return findMessage(channel, message.thread_ts ?? ts);
}

export function countReply(channel: Channel, reply: Message): void {
  const root = channel.messages.find((message) => message.ts === reply.thread_ts);
  if (root === undefined || root === reply) return;
  const users = new Set([...(root.reply_users ?? []), reply.user ?? ""]);
  Object.assign(root, { thread_ts: root.ts });
  root.reply_count = (root.reply_count ?? 0) + 1;
  root.reply_users = [...users];
  root.reply_users_count = users.size;
  root.latest_reply = reply.ts;
}

export function uncountReply(channel: Channel, reply: Message): void {
  if (!isReply(reply)) return;
  const root = channel.messages.find((message) => message.ts === reply.thread_ts);
  if (root?.reply_count !== undefined) root.reply_count -= 1;
}
