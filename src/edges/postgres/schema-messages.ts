/** The table of what was said in incidents' channels; nobody but the channel's own incident reads it. */

import { boolean, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, workspaceId } from "./columns.ts";

export const message = pgTable(
  "message",
  {
    workspaceId: workspaceId(),
    channelId: text("channel_id").notNull(),
    /** Slack's, which names the message within its channel. */
    ts: text("ts").notNull(),
    /** Of the first message of its thread; null: it stands in the channel itself. */
    threadTs: text("thread_ts"),
    user: text("user_id"),
    isBot: boolean("is_bot").notNull(),
    /** The name under which a program posted it; null: a person did, or Slack did not say. */
    sender: text("sender"),
    /** Without its secrets. */
    text: text("text").notNull(),
    /** When it was edited last, as Slack writes times; empty: never. An older reading does not undo an edit. */
    editedTs: text("edited_ts").notNull().default(""),
    /** It is known by its ts alone, so that a late reading does not bring it back. */
    isDeleted: boolean("is_deleted").notNull().default(false),
    saidAt: at("said_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.channelId, table.ts] }),
    index("message_said").on(table.saidAt),
  ],
);
