/** A channel's topic, pins and bookmarks, and who is invited to it; what people put there stays. */

import type { WebClient } from "@slack/web-api";
import type { OutboxPayload } from "../../flows/change.ts";
import type { Outbox, OutboxRow } from "../../flows/outbox.ts";
import { isRefusedWith, type CallOutcome } from "./outcome-of-call.ts";
import { typed } from "./typed.ts";

const done: CallOutcome = { kind: "done", ts: null, isNewPost: false };

export interface Marking {
  readonly client: WebClient;
  readonly outbox: Outbox;
  readonly row: OutboxRow;
}

const kinds = ["topic", "pin", "bookmarks", "invite"] as const;
export type Mark = Extract<OutboxPayload, { kind: (typeof kinds)[number] }>;

export function isMark(payload: OutboxPayload): payload is Mark {
  return kinds.some((kind) => kind === payload.kind);
}

export function markChannel(marking: Marking, mark: Mark): Promise<CallOutcome> {
  switch (mark.kind) {
    case "topic":
      return setTopic(marking, mark);
    case "pin":
      return pin(marking, mark.of);
    case "bookmarks":
      return bookmark(marking, mark.links);
    case "invite":
      return invite(marking, mark.user);
  }
}

/** Where there is none, or the one that is there is ours. */
async function setTopic(
  { client, row: { channel } }: Marking,
  { text, by }: Extract<Mark, { kind: "topic" }>,
): Promise<CallOutcome> {
  const { channel: known } = await client.conversations.info({ channel });
  const { value = "", creator } = known?.topic ?? {};
  if (typed(value) === typed(text)) return done;
  if (value !== "" && creator !== by) return { kind: "moot", reason: "somebody set a topic" };
  await client.conversations.setTopic({ channel, topic: text });
  return done;
}

async function pin({ client, outbox, row }: Marking, key: string): Promise<CallOutcome> {
  const timestamp = await outbox.tsOf(row.channel, key);
  if (timestamp === null) return { kind: "moot", reason: "its message was not posted" };
  try {
    await client.pins.add({ channel: row.channel, timestamp });
  } catch (error) {
    if (!isRefusedWith(error, "already_pinned")) throw error;
  }
  return done;
}

async function invite({ client, row }: Marking, user: string): Promise<CallOutcome> {
  try {
    await client.conversations.invite({ channel: row.channel, users: user });
  } catch (error) {
    if (!isRefusedWith(error, "already_in_channel")) throw error;
  }
  return done;
}

/** One with the address is there already, whoever put it; one with the title is moved to the address. */
async function bookmark(
  { client, row: { channel: channel_id } }: Marking,
  links: readonly { readonly title: string; readonly link: string }[],
): Promise<CallOutcome> {
  const { bookmarks: known = [] } = await client.bookmarks.list({ channel_id });
  for (const { title, link } of links) {
    if (known.some((each) => each.link === link)) continue;
    const moved = known.find((each) => each.title === title)?.id;
    await (moved === undefined
      ? client.bookmarks.add({ channel_id, title, type: "link", link })
      : client.bookmarks.edit({ channel_id, bookmark_id: moved, link }));
  }
  return done;
}
