/** What a list of messages shows: the messages, the day's beginnings, the line of what is new, a thread's count. */
import { dateOf } from "./time.js";

/** Messages of one person within this time stand together under one name, in seconds. */
const togetherSeconds = 180;

/**
 * @param {readonly any[]} messages oldest first
 * @param {{ me: string, newAfter?: string, isThread: boolean }} how `newAfter` is the timestamp last seen
 */
export function rows(messages, { me, newAfter, isThread }) {
  const result = [];
  let before;
  for (const message of messages) {
    const day = dateOf(message.ts).toDateString();
    const isNewDay = before === undefined || dateOf(before.ts).toDateString() !== day;
    if (isNewDay) result.push({ kind: "day", key: day, date: dateOf(message.ts) });
    const isFirstReply = isThread && result.filter((row) => row.kind === "message").length === 1;
    if (isFirstReply) result.push({ kind: "count", key: "count", replies: messages.length - 1 });
    if (isNew(message, me, newAfter) && !result.some((row) => row.kind === "new"))
      result.push({ kind: "new", key: "new" });
    const continues = !isNewDay && !isFirstReply && standsWith(before, message);
    result.push({ kind: "message", key: message.ts, message, continues });
    before = message;
  }
  return result;
}

const isNew = (message, me, newAfter) =>
  newAfter !== undefined &&
  newAfter !== "" &&
  message.user !== me &&
  !message.isEphemeral &&
  !isNote(message) &&
  Number(message.ts) > Number(newAfter);

const standsWith = (before, message) =>
  before !== undefined &&
  before.user === message.user &&
  !isNote(before) &&
  !isNote(message) &&
  !before.isEphemeral &&
  !message.isEphemeral &&
  before.subtype !== "tombstone" &&
  Number(message.ts) - Number(before.ts) < togetherSeconds;

/** A line that the workspace itself wrote: someone joined, the topic changed. */
export const isNote = (message) =>
  /^(?:channel|group)_(join|leave|name|topic|archive|unarchive)$/.test(message.subtype ?? "");
