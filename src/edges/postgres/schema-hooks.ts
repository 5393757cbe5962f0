/** The table of what hooks told: changes by their senders' own ids. */

import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { ChangeEvent, ChangeSource } from "../../evidence/change-event.ts";
import { at, workspaceId } from "./columns.ts";

export const changeEvent = pgTable(
  "change_event",
  {
    workspaceId: workspaceId(),
    source: text("source").$type<ChangeSource>().notNull(),
    id: text("id").notNull(),
    /** "" where the sender gave none. */
    status: text("status").notNull(),
    at: at("at").notNull(),
    receivedAt: at("received_at").notNull().defaultNow(),
    kind: text("kind").$type<ChangeEvent["kind"]>().notNull(),
    service: text("service"),
    environment: text("environment"),
    title: text("title"),
    before: text("before"),
    after: text("after"),
    ref: text("ref"),
    link: text("link"),
    actor: text("actor"),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.source, table.id, table.status] }),
    index("change_event_at").on(table.workspaceId, table.at),
    index("change_event_received").on(table.receivedAt),
  ],
);
