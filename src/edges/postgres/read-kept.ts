/** The whole ledger of a workspace with when each fact became known, for a replay. Public channels only (DESIGN §9). */

import {
  and,
  asc,
  desc,
  eq,
  gt,
  getTableColumns,
  inArray,
  isNotNull,
  notInArray,
  sql,
} from "drizzle-orm";
import type { Viewer } from "../../flows/ports.ts";
import { unturningKinds, turnsOf } from "../../incident/turns.ts";
import type { KeptLedger } from "../../suggestion/kept-ledger.ts";
import { unlisted } from "../../suggestion/unlisted.ts";
import type { IncidentId, WorkspaceId } from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import { ofIncident, pastIncidentsMax, pastOutcomes } from "./read-learning.ts";
import { causeLabel } from "./schema-learning.ts";
import * as schema from "./schema.ts";
import { isPublic } from "./visible.ts";

/** Any public channel may be shown what every public channel holds. */
const anyPublic: Viewer = { id: "", kind: "public" };

/** The oldest first; what is made up for show is none. */
export async function workspacesOf(
  db: Database,
): Promise<{ readonly id: WorkspaceId; readonly name: string }[]> {
  const { id, name, createdAt, isSample } = schema.workspace;
  return db
    .select({ id, name })
    .from(schema.workspace)
    .where(eq(isSample, false))
    .orderBy(asc(createdAt), asc(id));
}

/** The newest incidents, as many as teach a list. */
export async function keptLedger(db: Database, workspace: WorkspaceId): Promise<KeptLedger> {
  const { id, number, service, symptom, openedAt } = schema.incident;
  const incidents = await db
    .select({ id, number, service, symptom, openedAt })
    .from(schema.incident)
    .innerJoin(schema.channel, ofIncident)
    .where(and(eq(schema.incident.workspaceId, workspace), isPublic))
    .orderBy(desc(openedAt), desc(id))
    .limit(pastIncidentsMax);
  const ids = incidents.map((incident) => incident.id);
  const [rows, entries, causes, offered, elsewhere] = await Promise.all([
    pastOutcomes(db, workspace, anyPublic, null),
    turningEntries(db, ids),
    causesOf(db, ids),
    offeredIn(db, ids),
    endedElsewhere(db, workspace),
  ]);
  const entriesBy = Map.groupBy(entries, ({ incidentId }) => incidentId);
  const causesBy = Map.groupBy(causes, ({ incidentId }) => incidentId);
  const offeredBy = Map.groupBy(offered, ({ incidentId }) => incidentId);
  return {
    incidents: incidents.map((incident) => ({
      ...incident,
      turns: turnsOf(entriesBy.get(incident.id) ?? []),
      causes: causesBy.get(incident.id) ?? [],
      offered: offeredBy.get(incident.id) ?? [],
    })),
    rows,
    elsewhere,
  };
}

async function turningEntries(db: Database, ids: readonly IncidentId[]) {
  const { incidentId, seq, actor, source, fact, at, recordedAt, kind } = schema.timelineEntry;
  return db
    .select({ incidentId, seq, actor, source, fact, at, recordedAt })
    .from(schema.timelineEntry)
    .where(and(inArray(incidentId, [...ids]), notInArray(kind, [...unturningKinds])))
    .orderBy(asc(incidentId), asc(seq));
}

async function causesOf(db: Database, ids: readonly IncidentId[]) {
  const { incidentId, cause, recordedAt, id } = causeLabel;
  return db
    .select({ incidentId, cause, recordedAt })
    .from(causeLabel)
    .where(inArray(incidentId, [...ids]))
    .orderBy(asc(recordedAt), asc(id));
}

async function offeredIn(db: Database, ids: readonly IncidentId[]) {
  const columns = getTableColumns(schema.suggestion);
  const { workspaceId: _workspace, offered: _words, record: _record, ...wanted } = columns;
  return db
    .select(wanted)
    .from(schema.suggestion)
    .where(
      and(inArray(schema.suggestion.incidentId, [...ids]), gt(schema.suggestion.list, unlisted)),
    )
    .orderBy(asc(schema.suggestion.list), asc(schema.suggestion.position));
}

/** How many ended in channels that are not public. */
async function endedElsewhere(
  db: Database,
  workspace: WorkspaceId,
): Promise<KeptLedger["elsewhere"]> {
  const rows = await db
    .select({ kind: schema.channel.kind, count: sql<number>`count(*)::int` })
    .from(schema.incident)
    .innerJoin(schema.channel, ofIncident)
    .where(and(eq(schema.incident.workspaceId, workspace), isNotNull(schema.incident.closedAt)))
    .groupBy(schema.channel.kind);
  const of = (kind: string) => rows.find((row) => row.kind === kind)?.count ?? 0;
  return { private: of("private"), external: of("external") };
}
