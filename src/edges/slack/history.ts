/** A channel's or a thread's messages, a page at a time; Slack's rate is an answer here, not a failure. */

import type { WebClient } from "@slack/web-api";
import type { Chat, HistoryMessage, HistoryPage, HistorySpan } from "../../flows/chat.ts";
import { isUnseen, outcomeOfError, wordsOf } from "./outcome-of-call.ts";
import { sayingOf } from "./payloads.ts";

const perPage = 100;

export function historyOn(client: WebClient): Chat["history"] {
  return async (channel, span) => {
    try {
      return await pageOf(client, channel, span);
    } catch (error) {
      if (isUnseen(error)) return { kind: "unseen" };
      const outcome = outcomeOfError(error);
      if (outcome.kind === "held-back") return { kind: "later", afterMs: outcome.afterMs };
      throw new Error(wordsOf(error), { cause: error });
    }
  };
}

async function pageOf(
  client: WebClient,
  channel: string,
  { after, before, thread }: HistorySpan,
): Promise<HistoryPage> {
  const span = {
    channel,
    limit: perPage,
    ...(after === null ? {} : { oldest: after }),
    ...(before === null ? {} : { latest: before }),
  };
  const { messages = [], has_more: hasMore } =
    thread === null
      ? await client.conversations.history(span)
      : await client.conversations.replies({ ...span, ts: thread });
  // Slack gives the first message of a thread with each page of it.
  const ofSpan = messages.filter(({ ts }) => thread === null || ts !== thread);
  return {
    kind: "read",
    messages: ofSpan.flatMap(toMessage),
    firstTs: ofSpan[0]?.ts ?? null,
    lastTs: ofSpan.at(-1)?.ts ?? null,
    hasMore: hasMore === true,
  };
}

/** None of what is no saying, such as a join. */
function toMessage(told: object): HistoryMessage[] {
  const said = sayingOf(told);
  const lastReply: unknown = Reflect.get(told, "latest_reply");
  return said === null
    ? []
    : [{ ...said, lastReplyTs: typeof lastReply === "string" ? lastReply : null }];
}
