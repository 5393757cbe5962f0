/** The table of the digests that were sent: as they read then, whatever was recorded since. */

import { jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Digest } from "../../digest/digest.ts";
import { at, workspaceId } from "./columns.ts";

/** One that was sent before action items were counted has none. */
type Sent = Omit<Digest, "actions"> & Partial<Pick<Digest, "actions">>;

export const digest = pgTable(
  "digest",
  {
    workspaceId: workspaceId(),
    /** A UUID: whoever has its address was shown it. */
    id: text("id").primaryKey(),
    /** Empty: of the whole workspace. */
    team: text("team").notNull(),
    /** "2026-W47" */
    week: text("week").notNull(),
    body: jsonb("body").$type<Sent>().notNull(),
    madeAt: at("made_at").notNull(),
  },
  (table) => [uniqueIndex("digest_week").on(table.workspaceId, table.team, table.week)],
);
