/** The table of what a model was asked: how much it used and how it ended, never what was said. */

import { doublePrecision, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { ModelCallEnd } from "../../flows/model-ports.ts";
import type { ModelPurpose } from "../../model/asked.ts";
import type { IncidentId } from "../../vocabulary.ts";
import { at, workspaceId } from "./columns.ts";
import { incident } from "./schema.ts";

export const modelCall = pgTable(
  "model_call",
  {
    workspaceId: workspaceId(),
    id: text("id").notNull(),
    /** null: of none. */
    incidentId: text("incident_id")
      .$type<IncidentId>()
      .references(() => incident.id),
    purpose: text("purpose").$type<ModelPurpose>().notNull(),
    model: text("model").notNull(),
    /** The most that it may use until it has ended, then what it used. */
    tokensIn: integer("tokens_in").notNull(),
    tokensOut: integer("tokens_out").notNull(),
    /** Of these, in the currency of the prices; null: these were not told. */
    cost: doublePrecision("cost"),
    at: at("at").notNull(),
    /** null: under way, or its program ended before it did. */
    ended: text("ended").$type<ModelCallEnd["ended"]>(),
    seconds: doublePrecision("seconds"),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index("model_call_incident").on(table.incidentId),
    index("model_call_at").on(table.workspaceId, table.at),
  ],
);
