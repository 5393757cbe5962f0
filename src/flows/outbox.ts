/** What the sender of messages needs: the outbox's rows in the order of their channels, and who draws charts. */

import type { Picture } from "../chart/picture.ts";
import type { ChannelId, MessageTs, OutboxId } from "../vocabulary.ts";
import type { OutboxPayload } from "./change.ts";

/** Makes a PNG of it. */
export type DrawChart = (picture: Picture) => Promise<Uint8Array>;

/** A row of the outbox that is to be sent next. */
export interface OutboxRow {
  readonly id: OutboxId;
  readonly channel: ChannelId;
  readonly key: string;
  readonly payload: OutboxPayload;
  /** When it was tried before, and so may have arrived; null: never. */
  readonly triedAt: Date | null;
  readonly attempts: number;
  readonly createdAt: Date;
}

/** A channel that one turn of one sender drains; each lease has an id of its own. */
export interface Lease {
  readonly channel: ChannelId;
  readonly id: string;
}

/** The sender's side of the outbox: one lease drains a channel at a time, in order. */
export interface Outbox {
  /** Leases up to `max` channels with something to send, none of `except`; they are the lease's until released or for its time. */
  lease(max: number, except: readonly ChannelId[]): Promise<Lease[]>;
  /** The first pending row of a leased channel. */
  first(channel: ChannelId): Promise<OutboxRow | null>;
  /** Marks the row as tried and gives its newest payload; null where it is pending no more or the lease was lost. */
  attempt(lease: Lease, row: OutboxRow): Promise<OutboxPayload | null>;
  /** Keeps the channel for a request that may post; false where the row is pending no more or the lease was lost. */
  renew(lease: Lease, row: OutboxRow): Promise<boolean>;
  /** Holds whoever says it: what is in Slack is in Slack. */
  sent(id: OutboxId, ts: MessageTs | null): Promise<void>;
  /** Nothing, where the lease was lost: another may have sent it. */
  refused(lease: Lease, id: OutboxId, reason: string): Promise<void>;
  /** The request certainly did nothing: the row is as if never tried. Nothing, where the lease was lost. */
  untried(lease: Lease, id: OutboxId): Promise<void>;
  /** Slack's timestamp of the message with this key, once it is posted; of the newest, where it was posted again. */
  tsOf(channel: ChannelId, key: string): Promise<MessageTs | null>;
  release(lease: Lease, notBeforeMs: number): Promise<void>;
  /** Milliseconds until a held-back channel may be drained; null: none waits. */
  nextDueMs(): Promise<number | null>;
}
