/** The ledger's further tables: what led to a fix, and which kind of cause an incident had. Append-only. */

import { index, pgTable, text } from "drizzle-orm/pg-core";
import type {
  Cause,
  CauseLabelId,
  IncidentId,
  LinkId,
  Pointer,
  SuggestionId,
} from "../../vocabulary.ts";
import { at, workspaceId } from "./columns.ts";
import { incident, suggestion } from "./schema.ts";

/** From a check to the fix that it pointed to; the latest of an actor in an incident counts. */
export const ledTo = pgTable(
  "led_to",
  {
    workspaceId: workspaceId(),
    id: text("id").$type<LinkId>().primaryKey(),
    incidentId: text("incident_id")
      .$type<IncidentId>()
      .notNull()
      .references(() => incident.id),
    fixId: text("fix_id")
      .$type<SuggestionId>()
      .notNull()
      .references(() => suggestion.id),
    pointer: text("pointer").$type<Pointer>().notNull(),
    /** null: no check, but what `pointer` says. */
    checkId: text("check_id")
      .$type<SuggestionId>()
      .references(() => suggestion.id),
    actor: text("actor").notNull(),
    at: at("at").notNull(),
    recordedAt: at("recorded_at").notNull(),
  },
  (table) => [index("led_to_incident").on(table.workspaceId, table.incidentId)],
);

/** The latest of an incident counts. */
export const causeLabel = pgTable(
  "cause_label",
  {
    workspaceId: workspaceId(),
    id: text("id").$type<CauseLabelId>().primaryKey(),
    incidentId: text("incident_id")
      .$type<IncidentId>()
      .notNull()
      .references(() => incident.id),
    cause: text("cause").$type<Cause>().notNull(),
    actor: text("actor").notNull(),
    at: at("at").notNull(),
    recordedAt: at("recorded_at").notNull(),
  },
  (table) => [index("cause_label_incident").on(table.workspaceId, table.incidentId)],
);
