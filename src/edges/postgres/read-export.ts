/** The incidents of public channels with their times, steps and what was said of them, for an export. */

import { sql } from "drizzle-orm";
import type { ExportedIncident, ExportedStep } from "../../digest/exported.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import { countedVersion, keepCounted } from "./keep-counted.ts";
import { isPublic } from "./visible.ts";

/** So many are read at once. */
const pageSize = 500;

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly service: string | null;
  readonly symptom: string | null;
  readonly severity: number | null;
  readonly cause: string | null;
  readonly merged_into: number | null;
  readonly began_at: string;
  readonly acknowledged_at: string | null;
  readonly mitigated_at: string | null;
  readonly closed_at: string | null;
  readonly flags: readonly string[] | null;
  readonly steps: readonly ExportedStep[] | null;
}

/** All of a workspace, by number. */
export async function* exportedIncidents(
  db: Database,
  workspace: WorkspaceId,
): AsyncGenerator<ExportedIncident> {
  await keepCounted(db);
  for (let after = 0; ;) {
    const { rows } = await db.execute<Row>(pageQuery(workspace, after));
    yield* rows.map(toExported);
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    after = last.number;
  }
}

function pageQuery(workspace: WorkspaceId, after: number) {
  return sql`
    with chosen as (
      select i.*, kept.began_at, kept.acknowledged_at, kept.mitigated_at, kept.severity, kept.merged_into
      from incident i
      join channel on channel.workspace_id = i.workspace_id and channel.id = i.channel_id
      join counted_incident kept on kept.incident_id = i.id and kept.version = ${countedVersion}
      where i.workspace_id = ${workspace} and i.number > ${after} and ${isPublic}
      order by i.number limit ${pageSize}
    )
    select chosen.id, chosen.number, chosen.title, chosen.service, chosen.symptom, chosen.began_at,
      chosen.closed_at, chosen.severity, chosen.acknowledged_at, chosen.mitigated_at,
      (select l.cause from cause_label l where l.incident_id = chosen.id
        order by l.recorded_at desc, l.id desc limit 1) as cause,
      (select i.number from incident i
        join channel on channel.workspace_id = i.workspace_id and channel.id = i.channel_id
        where i.id = chosen.merged_into and ${isPublic}) as merged_into,
      (select to_jsonb(s.flags) from suggestion s
        where s.incident_id = chosen.id order by s.list, s.position limit 1) as flags,
      (${steps}) as steps
    from chosen
    order by chosen.number`;
}

/** The latest word of each person on each; the order of an object's fields is the database's. */
const steps = sql`
  select jsonb_agg(jsonb_build_object('step', s.step_id, 'title', s.offered ->> 'title',
      'role', s.role, 'list', s.list, 'position', s.position, 'p', s.p, 'label', vote.label,
      'confidence', vote.confidence, 'minutes', vote.minutes, 'at', vote.at)
    order by s.list, s.position, vote.recorded_at, vote.id)
  from suggestion s
  left join (
    select * from (
      select distinct on (o.suggestion_id, o.actor) o.* from outcome o
      where o.incident_id = chosen.id
      order by o.suggestion_id, o.actor, o.recorded_at desc, o.at desc, o.id desc
    ) latest where confidence > 0
  ) vote on vote.suggestion_id = s.id
  where s.incident_id = chosen.id`;

function toExported(row: Row): ExportedIncident {
  const { id, number, title, service, symptom, severity, cause } = row;
  return {
    id,
    number,
    title,
    service,
    symptom,
    startedAt: isoOf(row.began_at) ?? "",
    acknowledgedAt: isoOf(row.acknowledged_at),
    mitigatedAt: isoOf(row.mitigated_at),
    resolvedAt: isoOf(row.closed_at),
    severity,
    cause,
    mergedInto: row.merged_into,
    flags: Object.fromEntries((row.flags ?? []).map((flag) => [flag, true])),
    steps: (row.steps ?? []).map((step) => ({ ...step, at: isoOf(step.at) })),
  };
}

function isoOf(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}
