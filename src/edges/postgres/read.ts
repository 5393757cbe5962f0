/** What the flows read back: an incident with its timeline and ledger, and the outcomes that teach. */

import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { StoredIncident } from "../../flows/ports.ts";
import type { ChannelRow } from "../../flows/change.ts";
import type { Outcome, Suggestion } from "../../suggestion/suggestion.ts";
import type {
  ChannelId,
  IncidentId,
  MessageTs,
  SuggestionId,
  WorkspaceId,
} from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import * as delivery from "./schema-delivery.ts";
import * as schema from "./schema.ts";

export async function openIncidentIn(
  db: Database,
  workspace: WorkspaceId,
  channel: ChannelId,
): Promise<StoredIncident | null> {
  const [row] = await db
    .select()
    .from(schema.incident)
    .where(
      and(
        eq(schema.incident.workspaceId, workspace),
        eq(schema.incident.channelId, channel),
        isNull(schema.incident.closedAt),
      ),
    );
  return row ? withTimeline(db, row) : null;
}

export async function latestIncidentIn(
  db: Database,
  workspace: WorkspaceId,
  channel: ChannelId,
): Promise<StoredIncident | null> {
  const [row] = await db
    .select()
    .from(schema.incident)
    .where(and(eq(schema.incident.workspaceId, workspace), eq(schema.incident.channelId, channel)))
    .orderBy(desc(schema.incident.number))
    .limit(1);
  return row ? withTimeline(db, row) : null;
}

export async function incidentById(
  db: Database,
  workspace: WorkspaceId,
  id: IncidentId,
): Promise<StoredIncident | null> {
  const [row] = await db
    .select()
    .from(schema.incident)
    .where(and(eq(schema.incident.workspaceId, workspace), eq(schema.incident.id, id)));
  return row ? withTimeline(db, row) : null;
}

export async function incidentNumbered(
  db: Database,
  workspace: WorkspaceId,
  number: number,
): Promise<StoredIncident | null> {
  const { incident } = schema;
  const isIt = and(eq(incident.workspaceId, workspace), eq(incident.number, number));
  const [row] = await db.select().from(incident).where(isIt);
  return row ? withTimeline(db, row) : null;
}

async function withTimeline(
  db: Database,
  row: typeof schema.incident.$inferSelect,
): Promise<StoredIncident> {
  const entries = await db
    .select()
    .from(schema.timelineEntry)
    .where(eq(schema.timelineEntry.incidentId, row.id))
    .orderBy(asc(schema.timelineEntry.seq));
  return {
    id: row.id,
    number: row.number,
    channel: row.channelId,
    seq: entries.at(-1)?.seq ?? 0,
    entries: entries.map(({ seq, actor, source, at, recordedAt, fact, messageTs }) => ({
      seq,
      actor,
      source,
      at,
      recordedAt,
      fact,
      ...(messageTs === null ? {} : { messageTs }),
    })),
  };
}

export async function suggestionsOf(
  db: Database,
  workspace: WorkspaceId,
  incident: IncidentId,
): Promise<Suggestion[]> {
  const rows = await db
    .select()
    .from(schema.suggestion)
    .where(
      and(eq(schema.suggestion.workspaceId, workspace), eq(schema.suggestion.incidentId, incident)),
    )
    .orderBy(asc(schema.suggestion.list), asc(schema.suggestion.position));
  return rows.map(toSuggestion);
}

export async function suggestionById(
  db: Database,
  workspace: WorkspaceId,
  id: SuggestionId,
): Promise<Suggestion | null> {
  const [row] = await db
    .select()
    .from(schema.suggestion)
    .where(and(eq(schema.suggestion.workspaceId, workspace), eq(schema.suggestion.id, id)));
  return row ? toSuggestion(row) : null;
}

function toSuggestion(row: typeof schema.suggestion.$inferSelect): Suggestion {
  const { workspaceId: _workspace, offered, ...rest } = row;
  return { ...rest, ...offered };
}

export async function outcomesOf(
  db: Database,
  workspace: WorkspaceId,
  incident: IncidentId,
): Promise<Outcome[]> {
  const rows = await db
    .select()
    .from(schema.outcome)
    .where(and(eq(schema.outcome.workspaceId, workspace), eq(schema.outcome.incidentId, incident)))
    .orderBy(asc(schema.outcome.recordedAt), asc(schema.outcome.id));
  return rows.map(toOutcome);
}

export function toOutcome(row: typeof schema.outcome.$inferSelect): Outcome {
  const { workspaceId: _workspace, ...rest } = row;
  return rest;
}

export async function channelById(
  db: Database,
  workspace: WorkspaceId,
  id: ChannelId,
): Promise<ChannelRow | null> {
  const [row] = await db
    .select()
    .from(schema.channel)
    .where(and(eq(schema.channel.workspaceId, workspace), eq(schema.channel.id, id)));
  return row ?? null;
}

export async function messageKey(
  db: Database,
  workspace: WorkspaceId,
  channel: ChannelId,
  ts: MessageTs,
): Promise<string | null> {
  const { outbox } = delivery;
  const [row] = await db
    .select({ key: outbox.key })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspaceId, workspace),
        eq(outbox.channelId, channel),
        eq(outbox.messageTs, ts),
      ),
    )
    .limit(1);
  return row?.key ?? null;
}

/** Of each key the newest that was sent: messages that were posted again are told by where they stand now. */
export async function postedMessages(
  db: Database,
  workspace: WorkspaceId,
  channel: ChannelId,
  incident: IncidentId,
): Promise<ReadonlyMap<string, MessageTs>> {
  const { outbox } = delivery;
  const rows = await db
    .selectDistinctOn([outbox.key], { key: outbox.key, ts: outbox.messageTs })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspaceId, workspace),
        eq(outbox.channelId, channel),
        sql`position(${incident} in ${outbox.key}) > 0`,
        isNotNull(outbox.messageTs),
      ),
    )
    .orderBy(outbox.key, desc(outbox.seq));
  return new Map(rows.flatMap(({ key, ts }) => (ts === null ? [] : [[key, ts] as const])));
}

export async function wasHandled(
  db: Database,
  workspace: WorkspaceId,
  ids: readonly string[],
): Promise<boolean> {
  const rows = await db
    .select({ id: delivery.handled.id })
    .from(delivery.handled)
    .where(
      and(eq(delivery.handled.workspaceId, workspace), inArray(delivery.handled.id, [...ids])),
    );
  return rows.length > 0;
}
