/** The tables; every row carries its workspace. Column names are written out, migrations are generated from here. */

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { at, bytes, workspaceId } from "./columns.ts";
import type { TimelineFact } from "../../incident/timeline.ts";
import type { OfferedStep, Outcome, StepRecord, Suggestion } from "../../suggestion/suggestion.ts";
import type {
  ContextFlag,
  IncidentId,
  OutcomeId,
  OutcomeLabel,
  SuggestionId,
  Symptom,
} from "../../vocabulary.ts";

export const workspace = pgTable("workspace", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  botUserId: text("bot_user_id").notNull(),
  /** The next incident is this one plus one; counted under the row's lock. */
  lastIncidentNumber: integer("last_incident_number").notNull().default(0),
  /** Counts the decisions on alerts: each rests on the number that it read. */
  alertSeq: integer("alert_seq").notNull().default(0),
  isSample: boolean("is_sample").notNull().default(false),
  createdAt: at("created_at").notNull().defaultNow(),
});

export const channel = pgTable(
  "channel",
  {
    workspaceId: workspaceId(),
    id: text("id").notNull(),
    name: text("name").notNull(),
    kind: text("kind", { enum: ["public", "private", "external"] }).notNull(),
    isArchived: boolean("is_archived").notNull().default(false),
    /** Slack's time of the newest message that a reading of its history saw; what is heard live does not move it. */
    historyReadTo: text("history_read_to"),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

export const incident = pgTable(
  "incident",
  {
    id: text("id").$type<IncidentId>().primaryKey(),
    workspaceId: workspaceId(),
    number: integer("number").notNull(),
    channelId: text("channel_id").notNull(),
    title: text("title").notNull(),
    service: text("service"),
    symptom: text("symptom").$type<Symptom>(),
    /** The timeline's newest seq; the row's lock is the incident's lock. */
    lastSeq: integer("last_seq").notNull(),
    openedAt: at("opened_at").notNull(),
    closedAt: at("closed_at"),
  },
  (table) => [
    uniqueIndex("incident_number").on(table.workspaceId, table.number),
    uniqueIndex("incident_open_in_channel")
      .on(table.workspaceId, table.channelId)
      .where(sql`${table.closedAt} is null`),
  ],
);

export const timelineEntry = pgTable(
  "timeline_entry",
  {
    workspaceId: workspaceId(),
    incidentId: text("incident_id")
      .$type<IncidentId>()
      .notNull()
      .references(() => incident.id),
    seq: integer("seq").notNull(),
    kind: text("kind").notNull(),
    actor: text("actor").notNull(),
    source: text("source", { enum: ["slack", "alert", "bot", "hook"] }).notNull(),
    at: at("at").notNull(),
    recordedAt: at("recorded_at").notNull(),
    messageTs: text("message_ts"),
    fact: jsonb("fact").$type<TimelineFact>().notNull(),
    /** Of a reading, Unix seconds; beside the fact, which is large. */
    backSince: doublePrecision("back_since").generatedAlwaysAs(
      sql`(fact ->> 'backSince')::double precision`,
    ),
  },
  (table) => [
    primaryKey({ columns: [table.incidentId, table.seq] }),
    /** The few entries that say when an incident began and whether it goes on by itself. */
    index("timeline_entry_turned")
      .on(table.incidentId, table.seq)
      .where(sql`${table.kind} in ('alert-fired', 'merged', 'reopened', 'status-set')`),
    /** The few entries that earlier incidents are compared by. */
    index("timeline_entry_credited")
      .on(table.incidentId, table.seq)
      .where(sql`${table.kind} = 'credited'`),
  ],
);

/** Everything gathered for one reading, compressed, so that it can be replayed. */
export const evidenceSnapshot = pgTable(
  "evidence_snapshot",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    incidentId: text("incident_id")
      .$type<IncidentId>()
      .notNull()
      .references(() => incident.id),
    readAt: at("read_at").notNull(),
    /** gzip of the JSON of EvidenceInput. */
    body: bytes("body").notNull(),
  },
  (table) => [index("evidence_snapshot_incident").on(table.incidentId)],
);

export const suggestion = pgTable(
  "suggestion",
  {
    workspaceId: workspaceId(),
    id: text("id").$type<SuggestionId>().primaryKey(),
    incidentId: text("incident_id")
      .$type<IncidentId>()
      .notNull()
      .references(() => incident.id),
    list: integer("list").notNull(),
    position: integer("position").notNull(),
    stepId: text("step_id").notNull(),
    role: text("role", { enum: ["check", "fix"] }).notNull(),
    p: doublePrecision("p").notNull(),
    minutes: doublePrecision("minutes").notNull(),
    score: doublePrecision("score").notNull(),
    propensity: doublePrecision("propensity").notNull(),
    policy: text("policy").notNull(),
    seed: bigint("seed", { mode: "number" }).notNull(),
    symptom: text("symptom").$type<Symptom>().notNull(),
    service: text("service"),
    flags: text("flags").array().$type<ContextFlag[]>().notNull(),
    offered: jsonb("offered").$type<OfferedStep>().notNull(),
    record: jsonb("record").$type<StepRecord>().notNull(),
    /** These three are null in rows from before they were kept, and where they do not apply. */
    foretold: jsonb("foretold").$type<NonNullable<Suggestion["foretold"]>>(),
    greedy: jsonb("greedy").$type<NonNullable<Suggestion["greedy"]>>(),
    considered: jsonb("considered").$type<NonNullable<Suggestion["considered"]>>(),
    shownAt: at("shown_at").notNull(),
  },
  (table) => [
    index("suggestion_incident").on(table.incidentId),
    index("suggestion_step").on(table.workspaceId, table.symptom, table.stepId),
  ],
);

/** Append-only: the latest of an actor on a suggestion counts. */
export const outcome = pgTable(
  "outcome",
  {
    workspaceId: workspaceId(),
    id: text("id").$type<OutcomeId>().primaryKey(),
    suggestionId: text("suggestion_id")
      .$type<SuggestionId>()
      .notNull()
      .references(() => suggestion.id),
    incidentId: text("incident_id")
      .$type<IncidentId>()
      .notNull()
      .references(() => incident.id),
    stepId: text("step_id").notNull(),
    label: text("label").$type<OutcomeLabel>().notNull(),
    confidence: doublePrecision("confidence").notNull(),
    source: text("source").$type<Outcome["source"]>().notNull(),
    actor: text("actor").notNull(),
    minutes: doublePrecision("minutes"),
    note: text("note"),
    at: at("at").notNull(),
    recordedAt: at("recorded_at").notNull(),
  },
  (table) => [
    index("outcome_incident").on(table.incidentId),
    index("outcome_suggestion").on(table.suggestionId, table.actor),
    index("outcome_newest").on(table.workspaceId, table.recordedAt, table.id),
    index("outcome_step").on(table.workspaceId, table.stepId),
  ],
);
