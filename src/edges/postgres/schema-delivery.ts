/** The tables of delivery: what is to be sent to Slack, by whom, and what has been handled. */

import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { OutboxPayload } from "../../flows/change.ts";
import type { OutboxId } from "../../vocabulary.ts";
import { at, workspaceId } from "./columns.ts";

export const outbox = pgTable(
  "outbox",
  {
    workspaceId: workspaceId(),
    id: text("id").$type<OutboxId>().primaryKey(),
    channelId: text("channel_id").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    /** Which message it is about: rows of one key are one message, posted once and then edited. */
    key: text("key").notNull(),
    payload: jsonb("payload").$type<OutboxPayload>().notNull(),
    state: text("state", { enum: ["pending", "sent", "refused", "superseded"] })
      .notNull()
      .default("pending"),
    createdAt: at("created_at").notNull(),
    /** Set before the request leaves, so that a row with it and still pending may have arrived. */
    attemptedAt: at("attempted_at"),
    attempts: integer("attempts").notNull().default(0),
    sentAt: at("sent_at"),
    messageTs: text("message_ts"),
    refusal: text("refusal"),
  },
  (table) => [
    index("outbox_pending")
      .on(table.workspaceId, table.channelId, table.seq)
      .where(sql`${table.state} = 'pending'`),
    index("outbox_key").on(table.workspaceId, table.channelId, table.key),
  ],
);

/** Who drains a channel, and not before when: Slack's Retry-After outlives a restart. */
export const outboxLease = pgTable(
  "outbox_lease",
  {
    workspaceId: workspaceId(),
    channelId: text("channel_id").notNull(),
    holder: text("holder"),
    leasedUntil: at("leased_until"),
    notBefore: at("not_before"),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.channelId] })],
);

/** Jobs and turns that have been handled: a second run is a no-op. */
export const handled = pgTable(
  "handled",
  {
    workspaceId: workspaceId(),
    id: text("id").notNull(),
    at: at("at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index("handled_at").on(table.at),
  ],
);
