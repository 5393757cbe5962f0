/** Sends one row of the outbox to Slack: posts once, edits afterwards, and looks before it sends again. */

import type { KnownBlock, WebClient } from "@slack/web-api";
import type { OutboxPayload, Place } from "../../flows/change.ts";
import type { DrawChart, Lease, Outbox, OutboxRow } from "../../flows/outbox.ts";
import type { MessageBody } from "../../message/body.ts";
import type { Addresses } from "../../redaction/redact.ts";
import { redactShown } from "../../redaction/shown.ts";
import type { MessageTs, OutboxId } from "../../vocabulary.ts";
import { isMark, markChannel } from "./mark-channel.ts";
import { isGone, outcomeOfError } from "./outcome-of-call.ts";
import type { CallOutcome } from "./outcome-of-call.ts";
import { shareFile } from "./share-file.ts";

const metadataType = "hindsight_outbox";
/** How far before the first try a message that arrived may be dated by Slack's clock. */
const clockSkewSeconds = 120;
const lookBackMessagesMax = 200;
/** A thousand messages since the row was written; what lies beyond is taken for not arrived. */
const lookBackPagesMax = 5;

const notAbove = "the message above it was not posted";

export interface Sending {
  readonly client: WebClient;
  readonly outbox: Outbox;
  readonly lease: Lease;
  readonly row: OutboxRow;
  /** Struck out beside secrets. */
  readonly addresses?: Addresses | undefined;
}

/**
 * Makes one request, or two after a try whose answer was lost; never throws for what Slack answers. Whatever is told,
 * secrets are struck out of it here.
 */
export async function sendRow(
  sending: Sending,
  told: OutboxPayload,
  draw: DrawChart,
): Promise<CallOutcome> {
  const { client, row } = sending;
  const payload = redactShown(told, sending.addresses);
  try {
    switch (payload.kind) {
      case "join":
        await client.conversations.join({ channel: row.channel });
        return { kind: "done", ts: null, isNewPost: false };
      case "ephemeral":
        if (row.triedAt) return { kind: "refused", reason: "it may have arrived before" };
        await client.chat.postEphemeral({
          channel: row.channel,
          user: payload.to,
          ...asSlack(payload.body),
          ...(payload.threadTs === undefined ? {} : { thread_ts: payload.threadTs }),
        });
        return { kind: "done", ts: null, isNewPost: false };
      case "chart":
      case "file":
        return await shareBelow(sending, payload, draw);
      case "topic":
      case "pin":
      case "bookmarks":
      case "invite":
        return await markChannel(sending, payload);
      case "message":
        return await makeItSo(sending, payload);
    }
  } catch (error) {
    const outcome = outcomeOfError(error);
    // An app that may not join by itself is invited by people; what it has to say must not wait for a scope.
    const isOptional = payload.kind === "join" || isMark(payload);
    const mayNot = isOptional && outcome.reason === "missing_scope";
    return mayNot ? { kind: "refused", reason: outcome.reason } : outcome;
  }
}

async function shareBelow(
  sending: Sending,
  payload: Extract<OutboxPayload, { kind: "chart" | "file" }>,
  draw: DrawChart,
): Promise<CallOutcome> {
  const { outbox, row } = sending;
  const own = payload.kind === "chart" ? payload.threadTs : undefined;
  const threadTs = own ?? (await outbox.tsOf(row.channel, payload.under));
  if (threadTs === null) return { kind: "refused", reason: notAbove };
  return shareFile({ ...sending, draw, threadTs }, payload);
}

type Message = Extract<OutboxPayload, { kind: "message" }>;

async function makeItSo(sending: Sending, { place, body }: Message): Promise<CallOutcome> {
  const { client, outbox, lease, row } = sending;
  const known = await outbox.tsOf(row.channel, row.key);
  const edited = known === null ? null : await edit(sending, known, body);
  if (edited !== null) return edited;
  // An answer that somebody deleted stays deleted; what stands in the channel itself is posted again.
  if (known !== null && place.in === "thread") return { kind: "moot", reason: "it was deleted" };
  const parent = await parentOf(outbox, row, place);
  if (parent === null) return { kind: "refused", reason: notAbove };
  const arrived = row.triedAt ? await arrivedBefore(client, row, parent) : null;
  const found = arrived === null ? null : await edit(sending, arrived, body);
  if (found !== null) return found;
  // All of this may have outlasted the lease, and another holder may be posting.
  if (!(await outbox.renew(lease, row))) {
    return { kind: "held-back", afterMs: 0, reason: "lease lost" };
  }
  const posted = await client.chat.postMessage({
    channel: row.channel,
    ...asSlack(body),
    ...(parent.ts === null ? {} : { thread_ts: parent.ts }),
    metadata: { event_type: metadataType, event_payload: { id: row.id } },
    unfurl_links: false,
    unfurl_media: false,
  });
  return { kind: "done", ts: posted.ts ?? null, isNewPost: true };
}

/** null where the message is not there any more. */
async function edit(
  sending: Sending,
  ts: MessageTs,
  body: MessageBody,
): Promise<CallOutcome | null> {
  const { client, row } = sending;
  try {
    await client.chat.update({ channel: row.channel, ts, ...asSlack(body) });
    return { kind: "done", ts, isNewPost: false };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** The message above it; its ts is null for the channel itself. */
interface Parent {
  readonly ts: MessageTs | null;
}

async function parentOf(outbox: Outbox, row: OutboxRow, place: Place): Promise<Parent | null> {
  if (place.in === "channel") return { ts: null };
  const ts = "ts" in place.of ? place.of.ts : await outbox.tsOf(row.channel, place.of.key);
  return ts === null ? null : { ts };
}

/** Looks for the row's id among what was posted since its first try. */
async function arrivedBefore(
  client: WebClient,
  row: OutboxRow,
  parent: Parent,
): Promise<MessageTs | null> {
  const oldest = String(row.createdAt.getTime() / 1000 - clockSkewSeconds);
  let cursor: string | undefined;
  for (let page = 0; page < lookBackPagesMax; page += 1) {
    const window = {
      channel: row.channel,
      oldest,
      limit: lookBackMessagesMax,
      include_all_metadata: true,
      ...(cursor === undefined ? {} : { cursor }),
    };
    const found =
      parent.ts === null
        ? await client.conversations.history(window)
        : await client.conversations.replies({ ...window, ts: parent.ts });
    const mine = found.messages?.find((message) => outboxIdOf(message) === row.id);
    if (mine?.ts !== undefined) return mine.ts;
    cursor = found.response_metadata?.next_cursor;
    if (!cursor) return null;
  }
  return null;
}

/** The outbox row that a message of ours was posted for; null for anybody else's. */
export function outboxIdOf(message: {
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: object };
}): OutboxId | null {
  const { metadata } = message;
  if (metadata?.event_type !== metadataType) return null;
  const id: unknown = Reflect.get(metadata.event_payload ?? {}, "id");
  return isOutboxId(id) ? id : null;
}

function isOutboxId(id: unknown): id is OutboxId {
  return typeof id === "string" && id.startsWith("box_");
}

function asSlack({ text, blocks }: MessageBody): { text: string; blocks: KnownBlock[] } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- src/message builds them, within Slack's shapes and limits
  return { text, blocks: [...blocks] as unknown as KnownBlock[] };
}
