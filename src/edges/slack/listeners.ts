/** What Bolt hears, in the flows' words; one flow an event. */

import type { App } from "@slack/bolt";
import { typed } from "./typed.ts";

/** Who did what where; `job` is the id of the event's row in the queue. */
interface Heard {
  readonly job: string;
}

export interface Listeners {
  channelSeen(event: Heard & { channel: string }): Promise<void>;
  invited(event: Heard & { channel: string; by: string | null }): Promise<void>;
  mentioned(
    event: Heard & {
      channel: string;
      ts: string;
      threadTs: string | null;
      user: string;
      text: string;
    },
  ): Promise<void>;
  /** A message of our own came back: the outbox row that it was posted for. */
  ownMessage(event: { channel: string; ts: string; metadata: object }): Promise<void>;
  clicked(
    event: Heard & {
      channel: string;
      user: string;
      /** The thread that its message is in; null in the channel itself. */
      threadTs: string | null;
      actionId: string;
      value: string;
      responseUrl: string | null;
      triggerId: string | null;
    },
  ): Promise<void>;
  commanded(
    event: Heard & {
      channel: string;
      user: string;
      command: string;
      text: string;
      responseUrl: string | null;
      triggerId: string | null;
    },
  ): Promise<void>;
  submitted(
    event: Heard & {
      user: string;
      callbackId: string;
      about: string;
      values: Readonly<Record<string, string>>;
    },
  ): Promise<void>;
}

/** `botUserId` is whose mention counts; a bot's words never start anything. */
export function listen(app: App, botUserId: string, listeners: Listeners): void {
  app.event("channel_created", async ({ event, context }) => {
    await listeners.channelSeen({ job: jobOf(context), channel: event.channel.id });
  });
  app.event("channel_rename", async ({ event, context }) => {
    await listeners.channelSeen({ job: jobOf(context), channel: event.channel.id });
  });
  app.event("member_joined_channel", async ({ event, context }) => {
    if (event.user !== botUserId) return;
    const by = event.inviter ?? null;
    await listeners.invited({ job: jobOf(context), channel: event.channel, by });
  });
  app.event("app_mention", async ({ event, context }) => {
    if (event.user === undefined || "bot_id" in event) return;
    await listeners.mentioned({
      job: jobOf(context),
      channel: event.channel,
      ts: event.ts,
      threadTs: event.thread_ts ?? null,
      user: event.user,
      text: typed(event.text),
    });
  });
  app.event("message", async ({ event, context }) => {
    const message = messageOf(event);
    if (message === null) return;
    const { channel, ts, user, text, metadata, isBot, threadTs, isDirect } = message;
    if (isBot) {
      const isOwn = user === botUserId;
      if (isOwn && metadata !== null) await listeners.ownMessage({ channel, ts, metadata });
      return;
    }
    if (user === null || (!isDirect && !text.includes(`<@${botUserId}>`))) return;
    const job = jobOf(context);
    await listeners.mentioned({ job, channel, ts, threadTs, user, text: typed(text) });
  });
  listenToPeople(app, listeners);
}

/** The queue's id of the event, as the receiver handed it on. */
function jobOf(context: object): string {
  const job: unknown = Reflect.get(context, "job");
  return typeof job === "string" ? job : "";
}

function listenToPeople(app: App, listeners: Listeners): void {
  app.action(/.*/, async ({ action, body, context }) => {
    if (body.type !== "block_actions") return;
    const { channel, message, user, trigger_id: triggerId, response_url: responseUrl } = body;
    if (!("action_id" in action)) return;
    await listeners.clicked({
      job: jobOf(context),
      channel: channel?.id ?? "",
      user: user.id,
      threadTs: threadOf(body.container, message),
      actionId: action.action_id,
      value: valueOf(action),
      responseUrl: responseUrl ?? null,
      triggerId: triggerId ?? null,
    });
  });
  app.command(/.*/, async ({ command, context }) => {
    await listeners.commanded({
      job: jobOf(context),
      channel: command.channel_id,
      user: command.user_id,
      command: command.command,
      text: typed(command.text ?? ""),
      responseUrl: command.response_url || null,
      triggerId: command.trigger_id || null,
    });
  });
  app.view(/.*/, async ({ view, body, context }) => {
    await listeners.submitted({
      job: jobOf(context),
      user: body.user.id,
      callbackId: view.callback_id,
      about: view.private_metadata,
      values: formValues(view.state.values),
    });
  });
}

/** A click on the first message of a thread is one in the channel; an ephemeral message has a container alone. */
function threadOf(container: object, message: object | undefined): string | null {
  const told = [message ?? {}, container].map((each): unknown => Reflect.get(each, "thread_ts"));
  const thread = told.find((each) => typeof each === "string");
  const own: unknown = Reflect.get(container, "message_ts");
  return typeof thread === "string" && thread !== own ? thread : null;
}

/** A button's or an input's value, or the chosen option's. */
function valueOf(action: object): string {
  const option: unknown = Reflect.get(action, "selected_option");
  const value: unknown =
    typeof option === "object" && option !== null
      ? Reflect.get(option, "value")
      : Reflect.get(action, "value");
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

function messageOf(event: object): {
  channel: string;
  ts: string;
  user: string | null;
  text: string;
  metadata: object | null;
  isBot: boolean;
  isDirect: boolean;
  threadTs: string | null;
} | null {
  const read = (name: string): unknown => Reflect.get(event, name);
  const channel = read("channel");
  const ts = read("ts");
  const subtype = read("subtype");
  if (typeof channel !== "string" || typeof ts !== "string") return null;
  if (subtype !== undefined && subtype !== "thread_broadcast" && subtype !== "bot_message")
    return null;
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
  };
}
