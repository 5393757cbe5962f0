/** The table of postmortems: a row a version, only ever added. */

import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { postmortemStates, versionKinds } from "../../postmortem/version.ts";
import type { IncidentId } from "../../vocabulary.ts";
import { at, workspaceId } from "./columns.ts";
import { incident } from "./schema.ts";

export const postmortemVersion = pgTable(
  "postmortem_version",
  {
    workspaceId: workspaceId(),
    incidentId: text("incident_id")
      .$type<IncidentId>()
      .notNull()
      .references(() => incident.id),
    version: integer("version").notNull(),
    basedOn: integer("based_on"),
    kind: text("kind", { enum: versionKinds }).notNull(),
    state: text("state", { enum: postmortemStates }).notNull(),
    markdown: text("markdown").notNull(),
    author: text("author").notNull(),
    at: at("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.version] })],
);
