/** The table of the rules that people gave in the chat; revoked ones stay, with who revoked them. */

import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { Rule } from "../../catalog/rule.ts";
import { at, workspaceId } from "./columns.ts";

export const rule = pgTable(
  "rule",
  {
    workspaceId: workspaceId(),
    id: text("id").$type<Rule["id"]>().primaryKey(),
    forbid: jsonb("forbid").$type<readonly string[]>().notNull(),
    because: text("because").notNull(),
    givenBy: text("given_by").notNull(),
    givenAt: at("given_at").notNull(),
    /** YYYY-MM-DD, to the end of that day. */
    until: text("until"),
    revokedBy: text("revoked_by"),
    revokedAt: at("revoked_at"),
  },
  (table) => [index("rule_workspace").on(table.workspaceId)],
);
