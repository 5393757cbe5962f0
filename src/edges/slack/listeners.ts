/** What Bolt hears is told to the listeners, one for each event. */

import type { App } from "@slack/bolt";
import type { Listeners } from "./heard.ts";
import {
  changeOf,
  formValues,
  messageOf,
  reactionOf,
  sayingOf,
  threadOf,
  topicOf,
  valueOf,
} from "./payloads.ts";
import { typed } from "./typed.ts";

/** `botUserId` is whose mention counts; a bot's words never start anything. */
export function listen(app: App, botUserId: string, listeners: Listeners): void {
  listenToChannels(app, listeners);
  app.event("member_joined_channel", async ({ event, context }) => {
    const { channel, user, inviter: by = null } = event;
    const job = jobOf(context);
    if (user === botUserId) await listeners.invited({ job, channel, by });
    else await listeners.joined({ job, channel, user });
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
  listenToMessages(app, botUserId, listeners);
  listenToReactions(app, listeners);
  listenToPeople(app, listeners);
}

function listenToReactions(app: App, listeners: Listeners): void {
  const reacted = async (event: object, context: object, isAdded: boolean) => {
    const reaction = reactionOf(event);
    if (reaction !== null) await listeners.reacted({ job: jobOf(context), isAdded, ...reaction });
  };
  app.event("reaction_added", ({ event, context }) => reacted(event, context, true));
  app.event("reaction_removed", ({ event, context }) => reacted(event, context, false));
}

/** The queue's id of the event, as the receiver handed it on. */
function jobOf(context: object): string {
  const job: unknown = Reflect.get(context, "job");
  return typeof job === "string" ? job : "";
}

function listenToChannels(app: App, listeners: Listeners): void {
  const seen = (context: object, channel: string) =>
    listeners.channelSeen({ job: jobOf(context), channel });
  const changed = (context: object, channel: string) =>
    listeners.channelChanged({ job: jobOf(context), channel });
  const deleted = (context: object, channel: string) =>
    listeners.channelDeleted({ job: jobOf(context), channel });
  app.event("channel_created", ({ event, context }) => seen(context, event.channel.id));
  app.event("channel_rename", ({ event, context }) => seen(context, event.channel.id));
  app.event("group_rename", ({ event, context }) => seen(context, event.channel.id));
  app.event("channel_archive", ({ event, context }) => changed(context, event.channel));
  app.event("channel_unarchive", ({ event, context }) => changed(context, event.channel));
  app.event("channel_deleted", ({ event, context }) => deleted(context, event.channel));
  app.event("channel_shared", ({ event, context }) => changed(context, event.channel));
  app.event("channel_unshared", ({ event, context }) => changed(context, event.channel));
  app.event("group_archive", ({ event, context }) => changed(context, event.channel));
  app.event("group_unarchive", ({ event, context }) => changed(context, event.channel));
  app.event("group_deleted", ({ event, context }) => deleted(context, event.channel));
}

function listenToMessages(app: App, botUserId: string, listeners: Listeners): void {
  app.event("message", async ({ event, context }) => {
    if (isConversion(event)) {
      await listeners.channelChanged({ job: jobOf(context), channel: event.channel });
      return;
    }
    const topic = topicOf(event);
    if (topic !== null) {
      await listeners.topicSet({ job: jobOf(context), ...topic, topic: typed(topic.topic) });
      return;
    }
    const message = messageOf(event);
    if (message === null) {
      await tellChange(event, listeners);
      return;
    }
    const stands = message.isDirect ? null : sayingOf(event);
    if (stands !== null) await listeners.messageStands({ ...stands, channel: message.channel });
    const { channel, ts, user, text, metadata, isBot, threadTs, isDirect, files } = message;
    if (isBot || user === botUserId) {
      const isOwn = user === botUserId;
      if (isOwn && metadata !== null) await listeners.ownMessage({ channel, ts, metadata });
      return;
    }
    if (user === null) return;
    const job = jobOf(context);
    // A mention that they came with has an event of its own.
    if (files.length > 0 && !isDirect) {
      await listeners.filesShared({ job, channel, ts, threadTs, user, text: typed(text), files });
      return;
    }
    const said = { job, channel, ts, user, text: typed(text) };
    if (isDirect || text.includes(`<@${botUserId}>`)) {
      await listeners.mentioned({ ...said, threadTs });
    } else {
      await listeners.said(said);
    }
  });
}

async function tellChange(event: object, listeners: Listeners): Promise<void> {
  const change = changeOf(event);
  if (change === null) return;
  const { channel } = change;
  if ("goneTs" in change) await listeners.messageGone({ channel, ts: change.goneTs });
  else await listeners.messageStands({ ...change.stands, channel });
}

/** Slack tells of these by a message in the channel alone. */
function isConversion(event: { readonly subtype?: string | undefined }): boolean {
  const { subtype } = event;
  return subtype === "channel_convert_to_private" || subtype === "channel_convert_to_public";
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
