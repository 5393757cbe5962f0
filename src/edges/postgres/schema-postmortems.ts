/** The tables of postmortems and action items, where a row is a version and only ever added, and of where they stand elsewhere. */

import {
  bigint,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import { counterpartKinds, type Counterpart, type Mirror } from "../../flows/counterpart.ts";
import { actionPriorities, actionStates } from "../../postmortem/action-record.ts";
import { postmortemStates, versionKinds } from "../../postmortem/version.ts";
import type { ActionId, IncidentId } from "../../vocabulary.ts";
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

export const actionItem = pgTable(
  "action_item",
  {
    workspaceId: workspaceId(),
    id: text("id").$type<ActionId>().notNull(),
    revision: integer("revision").notNull(),
    incidentId: text("incident_id")
      .$type<IncidentId>()
      .notNull()
      .references(() => incident.id),
    text: text("text").notNull(),
    owner: text("owner"),
    due: date("due", { mode: "string" }),
    priority: text("priority", { enum: actionPriorities }).notNull(),
    state: text("state", { enum: actionStates }).notNull(),
    link: text("link"),
    by: text("by").notNull(),
    at: at("at").notNull(),
    /** In the order in which they were written. */
    nth: bigint("nth", { mode: "number" }).generatedAlwaysAsIdentity().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.revision] }),
    index("action_item_incident").on(table.incidentId),
  ],
);

/** What of ours stands elsewhere as well, and where. */
export const counterpart = pgTable(
  "counterpart",
  {
    workspaceId: workspaceId(),
    of: text("of").$type<Counterpart["of"]>().notNull(),
    kind: text("kind", { enum: counterpartKinds }).notNull(),
    place: text("place").notNull(),
    ref: text("ref").notNull(),
    url: text("url"),
    mirror: jsonb("mirror").$type<Mirror>(),
    /** Of a mirror; 0 of what is none. */
    looks: integer("looks").notNull().default(0),
    lookedAt: at("looked_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.of, table.kind] }),
    index("counterpart_place").on(table.workspaceId, table.place, table.ref),
  ],
);
