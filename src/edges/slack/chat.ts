/** What the flows read of Slack, and the few calls that cannot wait for the outbox. */

import type { ModalView, WebClient } from "@slack/web-api";
import type { ChannelRow } from "../../flows/change.ts";
import type { Chat, ChannelTopic, ChatMessage } from "../../flows/chat.ts";
import type { MessageBody } from "../../message/body.ts";
import type { Addresses } from "../../redaction/redact.ts";
import { redactShown } from "../../redaction/shown.ts";
import { canvasesOn } from "./canvas.ts";
import { historyOn } from "./history.ts";
import { guestsOn, withGuests } from "./guests.ts";
import { sharedFilesOn } from "./shared-file.ts";
import { namedChannelsOn, rowOf } from "./named-channels.ts";
import { peopleOn } from "./people.ts";
import { wordsOf as postedWords } from "./posted-words.ts";
import { typed } from "./typed.ts";
import { isRefusedWith, isUnseen, outcomeOfError, wordsOf } from "./outcome-of-call.ts";

const messagesMax = 100;
const memberPagesMax = 20;
const membersPerPage = 1_000;
const respondTimeoutMs = 3_000;

/** `isOwnUrl` tells whether a response_url may be called: only Slack's own, or the configured API's. */
/** `addresses`: struck out beside secrets of all that is sent. */
export function chatOn(
  client: WebClient,
  isOwnUrl: (url: string) => boolean,
  addresses: Addresses = {},
): Chat {
  const hasGuest = guestsOn(client);
  return {
    channel: async (id) => {
      const [row, isMixed] = await Promise.all([channelOf(client, id), hasGuest(id)]);
      return withGuests(row, isMixed);
    },
    ...namedChannelsOn(client, hasGuest),
    isMember: (channel, user) => isMember(client, channel, user),
    isPerson: async (user) => {
      const { user: known } = await orNull(client.users.info({ user }));
      return known !== undefined && known.is_bot !== true && known.deleted !== true;
    },
    personNamed: peopleOn(client),
    topic: (channel) => topicOf(client, channel),
    personName: (user) => personName(client, user),
    hasLeft: (user) => hasLeft(client, user),
    permalink: (channel, ts) => permalink(client, channel, ts),
    canvas: canvasesOn(client, addresses),
    directMessage: (user) => directMessage(client, user),
    recentMessages: (channel, threadTs) => recentMessages(client, channel, threadTs),
    history: historyOn(client),
    file: sharedFilesOn(client),
    openModal: async (triggerId, view) => {
      try {
        const shown = redactShown(view, addresses);
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- src/message builds them, within Slack's shapes
        await client.views.open({ trigger_id: triggerId, view: shown as unknown as ModalView });
        return "open";
      } catch (error) {
        return outcomeOfError(error).kind === "unclear" ? "unclear" : "refused";
      }
    },
    respond: (url, body) => respond(url, redactShown(body, addresses), isOwnUrl),
  };
}

async function channelOf(client: WebClient, id: string): Promise<ChannelRow | null> {
  const { channel } = await orNull(client.conversations.info({ channel: id }));
  return channel === undefined ? null : rowOf(channel);
}

async function topicOf(client: WebClient, id: string): Promise<ChannelTopic | null> {
  const { channel } = await orNull(client.conversations.info({ channel: id }));
  const { value, creator, last_set: at = 0 } = channel?.topic ?? {};
  return value ? { text: typed(value), by: creator ?? "", at: new Date(at * 1000) } : null;
}

/** Their own choice of a name first; of who has left Slack still tells it. */
async function personName(client: WebClient, user: string): Promise<string | null> {
  const { user: known } = await orNull(client.users.info({ user }));
  const { display_name: shown, real_name: real } = known?.profile ?? {};
  const name = [shown, real, known?.real_name, known?.name].find((each) => each?.trim());
  if (name === undefined) return null;
  return known?.deleted === true ? `${name} (has left)` : name;
}

async function hasLeft(client: WebClient, user: string): Promise<boolean> {
  try {
    const { user: known } = await client.users.info({ user });
    return known?.deleted === true;
  } catch (error) {
    if (isRefusedWith(error, "user_not_found")) return true;
    if (isUnseen(error)) return false;
    throw error;
  }
}

async function permalink(client: WebClient, channel: string, ts: string): Promise<string | null> {
  try {
    const found = await client.chat.getPermalink({ channel, message_ts: ts });
    return found.permalink ?? null;
  } catch (error) {
    if (isRefusedWith(error, "message_not_found")) return null;
    throw new Error(wordsOf(error), { cause: error });
  }
}

/** null where Slack refuses for good: somebody who is gone, or an app that may not write to people. */
async function directMessage(client: WebClient, user: string): Promise<string | null> {
  try {
    const { channel } = await orNull(client.conversations.open({ users: user }));
    return channel?.id ?? null;
  } catch (error) {
    if (outcomeOfError(error).kind === "refused") return null;
    throw error;
  }
}

/** That there is nothing to see is an answer here; anything else is thrown on, so that it is asked again. */
async function orNull<T extends object>(call: Promise<T>): Promise<Partial<T>> {
  try {
    return await call;
  } catch (error) {
    if (isUnseen(error)) return {};
    throw error;
  }
}

async function inWords<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new Error(wordsOf(error), { cause: error });
  }
}

async function isMember(client: WebClient, channel: string, user: string): Promise<boolean> {
  let cursor: string | undefined;
  for (let page = 0; page < memberPagesMax; page += 1) {
    const answer: { members?: string[]; response_metadata?: { next_cursor?: string } } =
      await orNull(
        client.conversations.members({
          channel,
          limit: membersPerPage,
          ...(cursor === undefined ? {} : { cursor }),
        }),
      );
    if (answer.members?.includes(user)) return true;
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) return false;
  }
  return false;
}

async function recentMessages(
  client: WebClient,
  channel: string,
  threadTs: string | null,
): Promise<ChatMessage[]> {
  const { messages = [] } = await inWords(
    threadTs === null
      ? orNull(client.conversations.history({ channel, limit: messagesMax }))
      : orNull(client.conversations.replies({ channel, ts: threadTs, limit: messagesMax })),
  );
  return messages
    .flatMap((message) => {
      const { ts, user, bot_id: bot, text } = message;
      const isBot = bot !== undefined;
      const words = isBot ? postedWords(message) : (text ?? "");
      return ts === undefined ? [] : [{ ts, user: user ?? null, isBot, text: typed(words) }];
    })
    .toSorted((a, b) => Number(a.ts) - Number(b.ts));
}

/** At most once and never an error: what it would have said is no longer of use when it fails. */
async function respond(
  url: string,
  body: MessageBody,
  isOwnUrl: (url: string) => boolean,
): Promise<void> {
  if (!isOwnUrl(url)) return;
  try {
    await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        ...body,
        response_type: "ephemeral",
        replace_original: false,
      }),
      redirect: "error",
      signal: AbortSignal.timeout(respondTimeoutMs),
    });
  } catch {
    return;
  }
}
