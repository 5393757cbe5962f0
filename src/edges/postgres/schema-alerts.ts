/** The table of the groups of alerts that are known, each as the flows left it. */

import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { AlertGroup } from "../../alert/group.ts";
import { at, workspaceId } from "./columns.ts";

export const alertGroup = pgTable(
  "alert_group",
  {
    workspaceId: workspaceId(),
    id: text("id").notNull(),
    state: jsonb("state").$type<AlertGroup>().notNull(),
    /** Of the state, what groups are looked for by: the channel that is being opened for it, */
    openingName: text("opening_name"),
    /** when alerts opened it one by themselves, */
    openedAt: at("opened_at"),
    /** and since when it has a message of its own. */
    threadAt: at("thread_at"),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index("alert_group_opening")
      .on(table.workspaceId, table.openingName)
      .where(sql`${table.openingName} is not null`),
    index("alert_group_opened").on(table.workspaceId, table.openedAt),
    index("alert_group_thread").on(table.workspaceId, table.threadAt),
    index("alert_group_updated").on(table.updatedAt),
  ],
);
