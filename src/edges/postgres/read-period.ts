/** What digests and statistics are counted from (docs/digest.md has the same queries with their reasons). */

import { sql, type SQL } from "drizzle-orm";
import { attestedConfidence } from "../../learning/facts.ts";
import type { Fix, IncidentFacts, PeriodFacts, StepFacts } from "../../digest/facts.ts";
import type { Period } from "../../flows/period.ts";
import type { StepRole } from "../../playbook/step.ts";
import type { Cause, Severity, Symptom, WorkspaceId } from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import { isPublic, isShownIn } from "./visible.ts";

/** Incidents of public channels that began in the period and may be shown there. */
export async function periodFacts(
  db: Pick<Database, "execute">,
  workspace: WorkspaceId,
  period: Period,
): Promise<PeriodFacts> {
  const chosen = chosenIn(workspace, period);
  const [incidents, steps] = await Promise.all([
    db.execute<IncidentRow>(incidentsQuery(chosen)),
    db.execute<StepRow>(stepsQuery(chosen, period.lateFrom)),
  ]);
  return { incidents: incidents.rows.map(toIncident), steps: steps.rows.map(toStep) };
}

/** A group of alerts may have fired before the incident was declared: it began then. */
function chosenIn(workspace: WorkspaceId, { viewer, from, to, services }: Period): SQL {
  return sql`
    select * from (
      select i.id, i.number, i.title, i.service, i.symptom, i.closed_at, least(i.opened_at, (
          select min(t.at) from timeline_entry t
          where t.incident_id = i.id and t.kind = 'alert-fired')) as began_at
      from incident i
      join channel on channel.workspace_id = i.workspace_id and channel.id = i.channel_id
      where i.workspace_id = ${workspace} and i.opened_at >= ${from.toISOString()}::timestamptz
        and ${isPublic} and ${isShownIn(viewer)}
        ${services === null ? sql`` : sql`and i.service = any(${sql.param(services)}::text[])`}
    ) seen
    where began_at >= ${from.toISOString()}::timestamptz
      and began_at < ${to.toISOString()}::timestamptz`;
}

interface IncidentRow extends Record<string, unknown> {
  readonly number: number;
  readonly title: string;
  readonly service: string | null;
  readonly symptom: Symptom | null;
  readonly severity: Severity;
  readonly began_at: string;
  readonly acknowledged_at: string | null;
  readonly mitigated_at: string | null;
  readonly closed_at: string | null;
  readonly credit: Exclude<IncidentFacts["ending"], "step"> | "cannot-tell";
  readonly cause: Cause | null;
  readonly first_offered: string | null;
  readonly fix: Fix | null;
}

function incidentsQuery(chosen: SQL): SQL {
  return sql`
    with chosen as (${chosen}), vote as (${latestVotes})
    select chosen.number, chosen.title, chosen.service, chosen.symptom, chosen.began_at,
      chosen.closed_at, told.severity, told.acknowledged_at, told.credit,
      case when chosen.closed_at is not null
        then least(chosen.closed_at, coalesce(told.back_at, told.watched_at, chosen.closed_at))
      end as mitigated_at,
      (select l.cause from cause_label l where l.incident_id = chosen.id
        order by l.recorded_at desc, l.id desc limit 1) as cause,
      list.first_offered,
      (select jsonb_build_object('stepId', v.step_id, 'title', v.title,
          'place', (select min(s.position) from suggestion s
            where s.incident_id = chosen.id and s.list = list.number and s.step_id = v.step_id),
          'minutes', greatest(0, extract(epoch from v.recorded_at - list.shown_at) / 60))
        from vote v
        where v.incident_id = chosen.id and v.label = 'resolved'
          and v.confidence >= ${attestedConfidence}
        order by v.recorded_at desc, v.id desc limit 1) as fix
    from chosen
    cross join lateral (
      select
        (array_agg((t.fact ->> 'severity')::int order by t.seq desc)
          filter (where t.kind in ('declared', 'severity-set')))[1] as severity,
        min(t.at) filter (where t.source = 'slack' and t.actor <> 'bot') as acknowledged_at,
        min(t.at) filter (where t.kind = 'status-set' and t.fact ->> 'status' = 'monitoring') as watched_at,
        to_timestamp((array_agg(t.back_since order by t.seq desc)
          filter (where t.kind = 'evidence-read'))[1]) as back_at,
        (array_agg(t.fact ->> 'credit' order by t.seq desc)
          filter (where t.kind = 'credited'))[1] as credit
      from timeline_entry t where t.incident_id = chosen.id
    ) told
    left join lateral (
      select s.list as number, s.shown_at, s.offered ->> 'title' as first_offered
      from suggestion s where s.incident_id = chosen.id order by s.list, s.position limit 1
    ) list on true
    order by chosen.began_at, chosen.number`;
}

/** The latest word of each person on each suggestion; what was taken back has none. */
const latestVotes = sql`
  select * from (
    select distinct on (o.suggestion_id, o.actor) o.id, o.incident_id, o.step_id, s.role, o.label,
      o.confidence, o.recorded_at, s.offered ->> 'title' as title
    from outcome o
    join suggestion s on s.id = o.suggestion_id
    where o.incident_id in (select id from chosen)
    order by o.suggestion_id, o.actor, o.recorded_at desc, o.at desc, o.id desc
  ) latest where confidence > 0`;

interface StepRow extends Record<string, unknown> {
  readonly step_id: string;
  readonly role: StepRole;
  readonly name: string;
  readonly shown: number;
  readonly tried: number;
  readonly helped: number;
  readonly worked: number;
  readonly late_place: number | null;
  readonly early_place: number | null;
  readonly late_lists: number;
  readonly early_lists: number;
}

function stepsQuery(chosen: SQL, lateFrom: Date): SQL {
  const isLate = sql`s.shown_at >= ${lateFrom.toISOString()}::timestamptz`;
  const isWorked = sql`case role when 'fix' then label = 'resolved' and confidence >= ${attestedConfidence}
    else label in ('helped', 'ruled_out') end`;
  return sql`
    with chosen as (${chosen}), vote as (${latestVotes}), word as (
      select step_id, incident_id, bool_or(${isWorked}) as worked,
        bool_or(label = 'helped' or (label = 'resolved' and confidence < ${attestedConfidence})) as helped
      from vote
      where label in ('resolved', 'helped', 'ruled_out', 'no_effect', 'wrong')
      group by step_id, incident_id
    ), said as (
      select step_id, count(*)::int as tried, count(*) filter (where worked)::int as worked,
        count(*) filter (where helped and not worked)::int as helped
      from word group by step_id
    )
    select s.step_id, min(s.role) as role,
      (array_agg(s.offered ->> 'title' order by s.shown_at desc, s.id))[1] as name,
      count(distinct s.incident_id)::int as shown,
      coalesce(min(said.tried), 0) as tried, coalesce(min(said.helped), 0) as helped,
      coalesce(min(said.worked), 0) as worked,
      avg(s.position) filter (where ${isLate})::float8 as late_place,
      avg(s.position) filter (where not ${isLate})::float8 as early_place,
      count(*) filter (where ${isLate})::int as late_lists,
      count(*) filter (where not ${isLate})::int as early_lists
    from suggestion s
    left join said on said.step_id = s.step_id
    where s.incident_id in (select id from chosen)
    group by s.step_id
    order by s.step_id`;
}

function toIncident(row: IncidentRow): IncidentFacts {
  const { number, title, service, symptom, severity, credit, cause, fix } = row;
  const told = credit === "cannot-tell" ? null : credit;
  return {
    number,
    title,
    service,
    symptom,
    severity,
    beganAt: new Date(row.began_at),
    acknowledgedAt: dateOf(row.acknowledged_at),
    mitigatedAt: dateOf(row.mitigated_at),
    resolvedAt: dateOf(row.closed_at),
    ending: fix === null ? told : "step",
    fix,
    firstOffered: row.first_offered,
    cause,
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

function toStep(row: StepRow): StepFacts {
  const { step_id: stepId, role, name, shown, tried, helped, worked } = row;
  return {
    stepId,
    role,
    name,
    shown,
    tried,
    helped,
    worked,
    place: { late: row.late_place, early: row.early_place },
    lists: { late: row.late_lists, early: row.early_lists },
  };
}
