/** The tables; every row carries its workspace. Column names are written out, migrations are generated from here. */

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { TimelineFact } from "../../incident/timeline.ts";
import type { OfferedStep, StepRecord } from "../../suggestion/suggestion.ts";
import type { OutboxPayload } from "../../flows/change.ts";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const workspaceId = () => text("workspace_id").notNull();

export const workspace = pgTable("workspace", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  botUserId: text("bot_user_id").notNull(),
  /** The next incident is this one plus one; counted under the row's lock. */
  lastIncidentNumber: integer("last_incident_number").notNull().default(0),
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
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

export const incident = pgTable(
  "incident",
  {
    id: text("id").primaryKey(),
    workspaceId: workspaceId(),
    number: integer("number").notNull(),
    channelId: text("channel_id").notNull(),
    title: text("title").notNull(),
    service: text("service"),
    symptom: text("symptom"),
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
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.seq] })],
);

/** Everything gathered for one reading, compressed, so that it can be replayed. */
export const evidenceSnapshot = pgTable(
  "evidence_snapshot",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    incidentId: text("incident_id")
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
    id: text("id").primaryKey(),
    incidentId: text("incident_id")
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
    symptom: text("symptom").notNull(),
    service: text("service"),
    flags: text("flags").array().notNull(),
    offered: jsonb("offered").$type<OfferedStep>().notNull(),
    record: jsonb("record").$type<StepRecord>().notNull(),
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
    id: text("id").primaryKey(),
    suggestionId: text("suggestion_id")
      .notNull()
      .references(() => suggestion.id),
    incidentId: text("incident_id")
      .notNull()
      .references(() => incident.id),
    stepId: text("step_id").notNull(),
    label: text("label").notNull(),
    confidence: doublePrecision("confidence").notNull(),
    source: text("source").notNull(),
    actor: text("actor").notNull(),
    minutes: doublePrecision("minutes"),
    note: text("note"),
    at: at("at").notNull(),
    recordedAt: at("recorded_at").notNull(),
  },
  (table) => [
    index("outcome_incident").on(table.incidentId),
    index("outcome_step").on(table.workspaceId, table.stepId),
  ],
);

export const outbox = pgTable(
  "outbox",
  {
    workspaceId: workspaceId(),
    id: text("id").primaryKey(),
    channelId: text("channel_id").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    /** Which message it is about: rows of one key are one message, posted once and then edited. */
    key: text("key").notNull(),
    payload: jsonb("payload").$type<OutboxPayload>().notNull(),
    state: text("state", { enum: ["pending", "sent", "refused", "superseded"] })
      .notNull()
      .default("pending"),
    createdAt: at("created_at").notNull(),
    /** Set before the request leaves, so that a row with it and still pending may have arrived. */
    attemptedAt: at("attempted_at"),
    attempts: integer("attempts").notNull().default(0),
    sentAt: at("sent_at"),
    messageTs: text("message_ts"),
    refusal: text("refusal"),
  },
  (table) => [
    index("outbox_pending")
      .on(table.workspaceId, table.channelId, table.seq)
      .where(sql`${table.state} = 'pending'`),
    index("outbox_key").on(table.workspaceId, table.channelId, table.key),
  ],
);

/** Who drains a channel, and not before when: Slack's Retry-After outlives a restart. */
export const outboxLease = pgTable(
  "outbox_lease",
  {
    workspaceId: workspaceId(),
    channelId: text("channel_id").notNull(),
    holder: text("holder"),
    leasedUntil: at("leased_until"),
    notBefore: at("not_before"),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.channelId] })],
);

/** Jobs and turns that have been handled: a second run is a no-op. */
export const handled = pgTable(
  "handled",
  {
    workspaceId: workspaceId(),
    id: text("id").notNull(),
    at: at("at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index("handled_at").on(table.at),
  ],
);
