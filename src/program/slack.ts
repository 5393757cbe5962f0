/** Slack's side of the program: clients, Bolt fed from the queue, and the listeners' flows. */

import { App, LogLevel } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import type { WebClientOptions } from "@slack/web-api";
import { errorWords } from "../error-words.ts";
import { declareCallback } from "../message/declare-modal.ts";
import { actionCallback } from "../message/action-form.ts";
import { postmortemCallback } from "../message/postmortem-form.ts";
import { ruleCallback } from "../message/rules.ts";
import { updateCallback } from "../message/update-form.ts";
import { listen } from "../edges/slack/listeners.ts";
import type { Listeners } from "../edges/slack/heard.ts";
import { queueReceiver } from "../edges/slack/receiver.ts";
import { outboxIdOf } from "../edges/slack/send.ts";
import { onMention } from "../flows/answer-mention.ts";
import { runCommand, submitDeclaration } from "../flows/answer-command.ts";
import { onChannelSeen, onInvited } from "../flows/begin-incident.ts";
import { onChannelChanged, onChannelDeleted } from "../flows/follow-channel.ts";
import { handleClick } from "../flows/handle-click.ts";
import { hearClaims } from "../flows/hear-claims.ts";
import { hearMessage } from "../flows/hear-message.ts";
import { hearReaction } from "../flows/hear-reaction.ts";
import { hearTopic } from "../flows/hear-topic.ts";
import { onMessageGone, onMessageStands } from "../flows/keep-messages.ts";
import { submitRule } from "../flows/keep-rules.ts";
import type { World } from "../flows/ports.ts";
import type { Outbox } from "../flows/outbox.ts";
import { submitAction } from "../flows/keep-actions.ts";
import { submitPostmortem } from "../flows/edit-postmortem.ts";
import { submitUpdate } from "../flows/post-update.ts";
import { onFilesShared } from "../flows/shared-files.ts";
import { onJoined } from "../flows/welcome.ts";
import type { Log } from "./log.ts";

const callTimeoutMs = 10_000;

export interface SlackAccess {
  readonly botToken: string;
  /** Ends in /api/; absent: Slack's own. */
  readonly apiUrl?: string;
}

export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly botUserId: string;
}

/** For posts: no retries of its own, the outbox knows better. */
export function slackClient({ botToken, apiUrl }: SlackAccess, log: Log): WebClient {
  return new WebClient(botToken, clientOptions(apiUrl, log));
}

function clientOptions(apiUrl: string | undefined, log: Log): WebClientOptions {
  return {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: callTimeoutMs,
    logger: quietLogger(log),
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  };
}

/** Who we are; rejects with Slack's own error. */
export async function identify(client: WebClient): Promise<Identity> {
  const { team_id: id, team, user_id: botUserId } = await client.auth.test();
  if (!id || !botUserId) throw new Error("auth.test named no team or no bot user");
  return { id, name: team ?? id, botUserId };
}

/** Bolt with our listeners; `hand` gives it an event of the queue and rejects where a listener failed. */
export async function startBolt(
  access: SlackAccess,
  identity: Identity,
  listeners: Listeners,
  log: Log,
): Promise<{ hand(body: object, job: string): Promise<void> }> {
  const receiver = queueReceiver();
  const app = new App({
    receiver,
    authorize: () =>
      Promise.resolve({
        botToken: access.botToken,
        botUserId: identity.botUserId,
        teamId: identity.id,
      }),
    clientOptions: clientOptions(access.apiUrl, log),
    // Our own messages tell the outbox what has arrived.
    ignoreSelf: false,
    logger: quietLogger(log),
    deferInitialization: true,
  });
  // Bolt would swallow what a listener throws; the queue has to hear of it.
  app.error(async (error) => {
    throw error;
  });
  await app.init();
  listen(app, identity.botUserId, listeners);
  return receiver;
}

/** One flow an event. */
export function flowsBehind(world: World, outbox: Outbox): Listeners {
  return {
    channelSeen: (event) => onChannelSeen(world, event),
    channelChanged: (event) => onChannelChanged(world, event),
    channelDeleted: (event) => onChannelDeleted(world, event),
    invited: (event) => onInvited(world, event),
    joined: (event) => onJoined(world, event),
    mentioned: (event) => onMention(world, event),
    filesShared: (event) => onFilesShared(world, event),
    topicSet: (event) => hearTopic(world, event),
    said: async (event) => {
      await hearClaims(world, event);
      await hearMessage(world, event);
    },
    messageStands: (event) => onMessageStands(world, event),
    messageGone: (event) => onMessageGone(world, event),
    reacted: (event) => hearReaction(world, event),
    ownMessage: async ({ ts, metadata }) => {
      const id = outboxIdOf({ metadata });
      if (id !== null) await outbox.sent(id, ts);
    },
    clicked: (event) => handleClick(world, event),
    commanded: (event) => runCommand(world, event),
    submitted: async ({ callbackId, about, ...event }) => {
      if (callbackId === postmortemCallback) await submitPostmortem(world, { ...event, about });
      if (callbackId === actionCallback) await submitAction(world, { ...event, about });
      const submitted = { ...event, channel: about };
      if (callbackId === declareCallback) await submitDeclaration(world, submitted);
      if (callbackId === updateCallback) await submitUpdate(world, submitted);
      if (callbackId === ruleCallback) await submitRule(world, submitted);
    },
  };
}

const said = (words: readonly unknown[]): string => words.map(errorWords).join(" ");

/** Bolt's and WebClient's own words, at warning and above. */
function quietLogger(log: Log) {
  return {
    debug: (...words: unknown[]) => log.trace(said(words)),
    info: (...words: unknown[]) => log.debug(said(words)),
    warn: (...words: unknown[]) => log.debug(said(words)),
    error: (...words: unknown[]) => log.debug(said(words)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
