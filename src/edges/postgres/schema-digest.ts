/** The tables of the digests that were sent, as they read then, and of what digests count of each incident. */

import { sql } from "drizzle-orm";
import {
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { CountedLedger } from "../../digest/counted.ts";
import type { Digest } from "../../digest/digest.ts";
import type { Credit, IncidentId } from "../../vocabulary.ts";
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

/**
 * Counted from an incident's timeline and ledger, and counted again where these have grown: a row may be deleted at any
 * time. It refers to its incident by name alone: a foreign key would lock the incident while it is written.
 */
export const countedIncident = pgTable(
  "counted_incident",
  {
    workspaceId: workspaceId(),
    incidentId: text("incident_id").$type<IncidentId>().notNull(),
    /** Of the way of counting: programs of two versions, side by side, have rows of their own. */
    version: integer("version").notNull(),
    /** The newest entry of the timeline that it was counted from. */
    seq: integer("seq").notNull(),
    beganAt: at("began_at").notNull(),
    acknowledgedAt: at("acknowledged_at"),
    mitigatedAt: at("mitigated_at"),
    severity: integer("severity"),
    credit: text("credit").$type<Credit>(),
    /** In which it continues; null: in none. */
    mergedInto: text("merged_into").$type<IncidentId>(),
    /** As text: it is read whole, and by nothing within. */
    ledger: json("ledger").$type<CountedLedger>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.incidentId, table.version] }),
    index("counted_incident_merged")
      .on(table.mergedInto)
      .where(sql`${table.mergedInto} is not null`),
  ],
);
