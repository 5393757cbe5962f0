/** What digests and statistics are counted from: what is kept of the period's incidents (docs/digest.md has queries of the ledger itself). */

import { sql } from "drizzle-orm";
import {
  addTo,
  factsOf,
  newestIn,
  startCount,
  type Count,
  type CountedIncident,
  type CountedLedger,
} from "../../digest/counted.ts";
import type { PeriodFacts, StepFacts } from "../../digest/facts.ts";
import type { Period } from "../../flows/period.ts";
import type { PostmortemState } from "../../postmortem/version.ts";
import type { StepRole } from "../../playbook/step.ts";
import type { Credit, IncidentId, Severity, Symptom, WorkspaceId } from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import { eachRow } from "./each-row.ts";
import { countedVersion, keepCounted } from "./keep-counted.ts";
import { isPublic, isShownIn } from "./visible.ts";

/** Incidents of public channels that began in the period and may be shown there. */
export async function periodFacts(
  db: Database,
  workspace: WorkspaceId,
  period: Period,
): Promise<PeriodFacts> {
  await keepCounted(db);
  const parts = await partsIn(db, workspace, period);
  const count = startCount(period.lateFrom);
  const [cost] = await Promise.all([
    modelCost(db, workspace, parts),
    addIncidents(db, count, parts),
  ]);
  return factsOf(count, await offeredLast(db, count), cost);
}

/** An incident that counts, or is part of one that does. */
interface Part extends Record<string, unknown> {
  readonly id: IncidentId;
  /** The one that it counts with: itself, or what it was merged into. */
  readonly root: IncidentId;
}

/**
 * One that was merged into another counts with that one, not by itself, and so does what it took in; what happened in
 * private stays there. A group of alerts may have fired before the incident was declared: it began then.
 */
async function partsIn(
  db: Database,
  workspace: WorkspaceId,
  { viewer, from, to, services }: Period,
): Promise<readonly Part[]> {
  const begin = sql`${from.toISOString()}::timestamptz`;
  const { rows } = await db.execute<Part>(sql`
    with recursive part as (
      select i.id, i.id as root
      from incident i
      join channel on channel.workspace_id = i.workspace_id and channel.id = i.channel_id
      join counted_incident kept on kept.incident_id = i.id and kept.version = ${countedVersion}
      where i.workspace_id = ${workspace} and i.opened_at >= ${begin}
        and kept.began_at >= ${begin} and kept.began_at < ${to.toISOString()}::timestamptz
        and kept.merged_into is null and ${isPublic} and ${isShownIn(viewer)}
        ${services === null ? sql`` : sql`and i.service = any(${sql.param(services)}::text[])`}
      union
      select i.id, part.root
      from part
      join counted_incident kept on kept.merged_into = part.id and kept.version = ${countedVersion}
      join incident i on i.id = kept.incident_id
      join channel on channel.workspace_id = i.workspace_id and channel.id = i.channel_id
      where ${isPublic}
    )
    select id, root from part`);
  return rows;
}

/** One at a time; those that took others in wait until all is read. */
async function addIncidents(db: Database, count: Count, parts: readonly Part[]): Promise<void> {
  const byRoot = Map.groupBy(parts, ({ root }) => root);
  const waiting = new Map<IncidentId, KeptRow>();
  const query = sql<KeptRow>`
    select i.id, i.number, i.service, i.symptom, i.closed_at, kept.began_at,
      kept.acknowledged_at, kept.mitigated_at, kept.severity, kept.credit, kept.ledger::text as ledger,
      (select v.state from postmortem_version v
        where v.incident_id = i.id and v.kind <> 'set-aside'
        order by v.version desc limit 1) as postmortem
    from unnest(${sql.param(parts.map(({ id }) => id))}::text[]) as part(id)
    join incident i on i.id = part.id
    join counted_incident kept on kept.incident_id = part.id and kept.version = ${countedVersion}`;
  await eachRow(db, query, (row) => {
    if (byRoot.get(row.id)?.length === 1) addTo(count, incidentOf(row, []));
    else waiting.set(row.id, row);
  });
  for (const [root, of] of byRoot) {
    const own = waiting.get(root);
    const merged = of.flatMap(({ id }) => (id === root ? [] : (waiting.get(id) ?? [])));
    if (own !== undefined) addTo(count, incidentOf(own, merged));
  }
}

interface KeptRow extends Record<string, unknown> {
  readonly id: IncidentId;
  readonly number: number;
  readonly service: string | null;
  readonly symptom: Symptom | null;
  readonly severity: Severity;
  readonly began_at: Date;
  readonly acknowledged_at: Date | null;
  readonly mitigated_at: Date | null;
  readonly closed_at: Date | null;
  readonly credit: Credit | null;
  readonly postmortem: PostmortemState | null;
  /** JSON of a CountedLedger. */
  readonly ledger: string;
}

function incidentOf(row: KeptRow, merged: readonly KeptRow[]): CountedIncident {
  const { id: incident, number, service, symptom, severity, credit, postmortem } = row;
  return {
    id: incident,
    number,
    service,
    symptom,
    severity,
    beganAt: row.began_at,
    acknowledgedAt: row.acknowledged_at,
    mitigatedAt: row.mitigated_at,
    resolvedAt: row.closed_at,
    credit,
    postmortem,
    ledgers: new Map([row, ...merged].map((part) => [part.id, ledgerOf(part)])),
  };
}

function ledgerOf({ ledger }: KeptRow): CountedLedger {
  const kept: CountedLedger = JSON.parse(ledger);
  return kept;
}

/** A sum without those whose price was not told would be too little, so it is none; of what never ended nobody knows the cost. */
async function modelCost(
  db: Database,
  workspace: WorkspaceId,
  parts: readonly Part[],
): Promise<number | null> {
  const { rows } = await db.execute<{ cost: number | null }>(sql`
    select case when count(m.cost) > 0 and bool_and(m.cost is not null)
      then sum(m.cost) end as cost
    from model_call m
    where m.workspace_id = ${workspace} and m.ended is not null
      and m.incident_id = any(${sql.param(parts.map(({ id }) => id))}::text[])`);
  return rows[0]?.cost ?? null;
}

/** What each step was where it was offered last. */
async function offeredLast(
  db: Database,
  count: Count,
): Promise<ReadonlyMap<string, Pick<StepFacts, "role" | "name">>> {
  const newest = newestIn(count).flatMap(({ stepId, incidents }) =>
    incidents.map((incident) => ({ stepId, incident })),
  );
  const { rows } = await db.execute<{ step_id: string; role: StepRole; name: string }>(sql`
    select distinct on (s.step_id) s.step_id, s.role, s.offered ->> 'title' as name
    from unnest(${sql.param(newest.map(({ stepId }) => stepId))}::text[],
      ${sql.param(newest.map(({ incident }) => incident))}::text[]) as newest(step_id, incident_id)
    join suggestion s on s.incident_id = newest.incident_id and s.step_id || '' = newest.step_id
    order by s.step_id, s.shown_at desc, s.id`);
  return new Map(rows.map(({ step_id: stepId, role, name }) => [stepId, { role, name }]));
}
