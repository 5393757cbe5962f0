/** What digests and statistics are counted from (docs/digest.md has the same queries with their reasons). */

import { sql, type SQL } from "drizzle-orm";
import { attestedConfidence } from "../../learning/facts.ts";
import type { Fix, IncidentFacts, PeriodFacts, StepFacts } from "../../digest/facts.ts";
import type { Period } from "../../flows/period.ts";
import type { StepRole } from "../../playbook/step.ts";
import type { PostmortemState } from "../../postmortem/version.ts";
import type { Cause, IncidentId, Severity, Symptom, WorkspaceId } from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import { counted, mitigatedAt, partsIn, toldInTimeline } from "./counted.ts";

/** Incidents of public channels that began in the period and may be shown there. */
export async function periodFacts(
  db: Pick<Database, "execute">,
  workspace: WorkspaceId,
  period: Period,
): Promise<PeriodFacts> {
  const common = counted(await partsIn(db, workspace, period));
  const [incidents, steps, told, model] = await Promise.all([
    db.execute<IncidentRow>(incidentsQuery(common)),
    db.execute<StepRow>(stepsQuery(common, period.lateFrom)),
    db.execute<ToldRow>(toldQuery(common)),
    db.execute<ModelRow>(modelQuery(common)),
  ]);
  const { cost } = model.rows[0] ?? { cost: null };
  return {
    incidents: incidents.rows.map(toIncident),
    steps: steps.rows.map(toStep),
    told: told.rows.map(({ p, worked }) => ({ p, hasWorked: worked })),
    model: cost === null ? null : { cost, helpful: helpfulIn(steps.rows) },
  };
}

interface IncidentRow extends Record<string, unknown> {
  readonly id: IncidentId;
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
  readonly postmortem: PostmortemState | null;
}

/** `|| ''`: the index by step finds every incident of the step, that by incident a dozen rows. */
function incidentsQuery(common: SQL): SQL {
  return sql`
    with ${common}, list as (${firstLists}), fix as (${fixes})
    select chosen.id, chosen.number, chosen.title, chosen.service, chosen.symptom, chosen.began_at,
      chosen.closed_at, told.severity, told.acknowledged_at, told.credit,
      ${mitigatedAt} as mitigated_at,
      (select l.cause from cause_label l where l.incident_id = chosen.id
        order by l.recorded_at desc, l.id desc limit 1) as cause,
      (select v.state from postmortem_version v
        where v.incident_id = chosen.id and v.kind <> 'set-aside'
        order by v.version desc limit 1) as postmortem,
      list.first_offered,
      case when fix.id is not null then jsonb_build_object('stepId', fix.step_id, 'title', fix.title,
        'place', (select min(s.position) from suggestion s
          where s.incident_id = chosen.id and s.list = list.number and s.step_id || '' = fix.step_id),
        'minutes', greatest(0, extract(epoch from fix.recorded_at - list.shown_at) / 60)) end as fix
    from chosen
    cross join lateral (${toldInTimeline}) told
    left join list on list.incident_id = chosen.id
    left join fix on fix.incident_id = chosen.id
    order by chosen.began_at, chosen.number`;
}

const firstLists = sql`
  select distinct on (s.incident_id) s.incident_id, s.list as number, s.shown_at,
    s.offered ->> 'title' as first_offered
  from suggestion s join chosen on chosen.id = s.incident_id
  where s.list > 0
  order by s.incident_id, s.list, s.position`;

/** The last word that a fix did it. */
const fixes = sql`
  select distinct on (incident_id) * from vote
  where role = 'fix' and label = 'resolved' and confidence >= ${attestedConfidence}
  order by incident_id, recorded_at desc, id desc`;

interface StepRow extends Record<string, unknown> {
  readonly step_id: string;
  readonly role: StepRole;
  readonly name: string;
  readonly shown: number;
  readonly tried: number;
  readonly helped: number;
  readonly worked: number;
  /** Of a list, and worked or helped. */
  readonly helpful: number;
  readonly late_place: number | null;
  readonly early_place: number | null;
  readonly late_lists: number;
  readonly early_lists: number;
}

function stepsQuery(common: SQL, lateFrom: Date): SQL {
  const isLate = sql`s.shown_at >= ${lateFrom.toISOString()}::timestamptz`;
  return sql`
    with ${common}, said as (
      select step_id, count(*)::int as tried, count(*) filter (where worked)::int as worked,
        count(*) filter (where helped and not worked)::int as helped,
        count(*) filter (where (worked or helped) and p is not null)::int as helpful
      from word group by step_id
    )
    select s.step_id, min(s.role) as role,
      (array_agg(s.offered ->> 'title' order by s.shown_at desc, s.id))[1] as name,
      (count(distinct part.root) filter (where s.list > 0))::int as shown,
      coalesce(min(said.tried), 0) as tried, coalesce(min(said.helped), 0) as helped,
      coalesce(min(said.worked), 0) as worked, coalesce(min(said.helpful), 0) as helpful,
      avg(s.position) filter (where s.list > 0 and ${isLate})::float8 as late_place,
      avg(s.position) filter (where s.list > 0 and not ${isLate})::float8 as early_place,
      count(*) filter (where s.list > 0 and ${isLate})::int as late_lists,
      count(*) filter (where s.list > 0 and not ${isLate})::int as early_lists
    from suggestion s
    join part on part.id = s.incident_id
    left join said on said.step_id = s.step_id
    group by s.step_id
    order by s.step_id`;
}

interface ToldRow extends Record<string, unknown> {
  readonly p: number;
  readonly worked: boolean;
}

function toldQuery(common: SQL): SQL {
  return sql`
    with ${common}
    select p, worked from word where role = 'fix' and p is not null order by p, worked`;
}

interface ModelRow extends Record<string, unknown> {
  readonly cost: number | null;
}

/** A sum without those whose price was not told would be too little, so it is none; of what never ended nobody knows the cost. */
function modelQuery(common: SQL): SQL {
  return sql`
    with ${common}
    select case when count(m.cost) > 0 and bool_and(m.cost is not null)
      then sum(m.cost) end as cost
    from model_call m join part on part.id = m.incident_id
    where m.ended is not null`;
}

function helpfulIn(steps: readonly StepRow[]): number {
  return steps.reduce((sum, { helpful }) => sum + helpful, 0);
}

function toIncident(row: IncidentRow): IncidentFacts {
  const { id, number, title, service, symptom, severity, credit, cause, fix, postmortem } = row;
  const told = credit === "cannot-tell" ? null : credit;
  return {
    id,
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
    postmortem,
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
