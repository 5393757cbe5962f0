/** What Slack's payloads hold, read one by one: nothing is taken for there that is not. */

import type { KeptMessage } from "../../flows/chat.ts";
import { senderOf, wordsOf } from "./posted-words.ts";
import { typed } from "./typed.ts";

/** A click on the first message of a thread is one in the channel; an ephemeral message has a container alone. */
export function threadOf(container: object, message: object | undefined): string | null {
  const told = [message ?? {}, container].map((each): unknown => Reflect.get(each, "thread_ts"));
  const thread = told.find((each) => typeof each === "string");
  const own: unknown = Reflect.get(container, "message_ts");
  return typeof thread === "string" && thread !== own ? thread : null;
}

/** A button's or an input's value: the chosen option's, person's or day's where it is a choice. */
export function valueOf(action: object): string {
  const option: unknown = Reflect.get(action, "selected_option");
  const chosen: unknown =
    typeof option === "object" && option !== null ? Reflect.get(option, "value") : null;
  const told = ["selected_user", "selected_date", "value"].map((name): unknown =>
    Reflect.get(action, name),
  );
  const value = [chosen, ...told].find((each) => typeof each === "string");
  return typeof value === "string" ? typed(value) : "";
}

/** What was filled in a form, by action id; one value an input. */
export function formValues(
  blocks: Readonly<Record<string, Readonly<Record<string, object>>>>,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const inputs of Object.values(blocks)) {
    for (const [actionId, input] of Object.entries(inputs)) values[actionId] = valueOf(input);
  }
  return values;
}

/** The subtypes of messages with which somebody says something; most have none. */
const saying: ReadonlySet<unknown> = new Set([
  undefined,
  "thread_broadcast",
  "bot_message",
  "file_share",
]);

/** null: nothing that anybody says, such as an edit or a join. */
export function messageOf(event: object): {
  channel: string;
  ts: string;
  user: string | null;
  text: string;
  metadata: object | null;
  isBot: boolean;
  isDirect: boolean;
  threadTs: string | null;
  /** Ids of what was shared with it. */
  files: readonly string[];
} | null {
  const read = (name: string): unknown => Reflect.get(event, name);
  const channel = read("channel");
  const ts = read("ts");
  const subtype = read("subtype");
  if (typeof channel !== "string" || typeof ts !== "string") return null;
  if (!saying.has(subtype)) return null;
  const user = read("user");
  const text = read("text");
  const metadata = read("metadata");
  const threadTs = read("thread_ts");
  return {
    channel,
    ts,
    user: typeof user === "string" ? user : null,
    text: typeof text === "string" ? text : "",
    metadata: typeof metadata === "object" ? metadata : null,
    isBot: read("bot_id") !== undefined,
    isDirect: read("channel_type") === "im",
    threadTs: typeof threadTs === "string" ? threadTs : null,
    files: fileIds(read("files")),
  };
}

/** A message as it stands, with its text as it was typed; null: nothing that anybody says. */
export function sayingOf(message: object): KeptMessage | null {
  const said = messageOf({ channel: "", ...message });
  if (said === null) return null;
  const edited: unknown = Reflect.get(message, "edited");
  const editedTs: unknown =
    typeof edited === "object" && edited !== null ? Reflect.get(edited, "ts") : null;
  const { ts, user, isBot, threadTs, text } = said;
  const sender = senderOf(message);
  return {
    ts,
    user,
    isBot,
    text: typed(isBot ? wordsOf(message) : text),
    threadTs: threadTs === ts ? null : threadTs,
    editedTs: typeof editedTs === "string" ? editedTs : null,
    ...(sender === null ? {} : { sender: typed(sender) }),
  };
}

/** What an event tells of a message that stood there before; null: it tells of none. */
export function changeOf(
  event: object,
):
  | { readonly channel: string; readonly stands: KeptMessage }
  | { readonly channel: string; readonly goneTs: string }
  | null {
  const read = (name: string): unknown => Reflect.get(event, name);
  const [channel, subtype, message] = [read("channel"), read("subtype"), read("message")];
  if (typeof channel !== "string") return null;
  const deleted = read("deleted_ts");
  if (subtype === "message_deleted" && typeof deleted === "string") {
    return { channel, goneTs: deleted };
  }
  if (subtype !== "message_changed" || typeof message !== "object" || message === null) return null;
  const ts: unknown = Reflect.get(message, "ts");
  // One with answers leaves a stone behind.
  const isStone = Reflect.get(message, "subtype") === "tombstone";
  if (isStone) return typeof ts === "string" ? { channel, goneTs: ts } : null;
  const stands = sayingOf(message);
  return stands === null ? null : { channel, stands };
}

/** null: it is no message that tells of a topic. */
export function topicOf(
  event: object,
): { channel: string; ts: string; user: string; topic: string } | null {
  const read = (name: string): unknown => Reflect.get(event, name);
  if (read("subtype") !== "channel_topic" && read("subtype") !== "group_topic") return null;
  const [channel, ts, user, topic] = [read("channel"), read("ts"), read("user"), read("topic")];
  const isWhole =
    typeof channel === "string" && typeof ts === "string" && typeof topic === "string";
  return isWhole ? { channel, ts, user: typeof user === "string" ? user : "", topic } : null;
}

function fileIds(files: unknown): string[] {
  if (!Array.isArray(files)) return [];
  return files.flatMap((file: unknown) => {
    const id: unknown = typeof file === "object" && file !== null ? Reflect.get(file, "id") : null;
    return typeof id === "string" ? [id] : [];
  });
}

/** null: not on a message, or of nobody. */
export function reactionOf(
  event: object,
): { channel: string; ts: string; user: string; name: string } | null {
  const item: unknown = Reflect.get(event, "item");
  if (typeof item !== "object" || item === null) return null;
  const [channel, ts]: unknown[] = [Reflect.get(item, "channel"), Reflect.get(item, "ts")];
  const [user, name]: unknown[] = [Reflect.get(event, "user"), Reflect.get(event, "reaction")];
  const isWhole =
    typeof channel === "string" &&
    typeof ts === "string" &&
    typeof user === "string" &&
    typeof name === "string";
  return isWhole ? { channel, ts, user, name } : null;
}
