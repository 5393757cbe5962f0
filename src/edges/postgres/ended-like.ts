/** Earlier incidents that may be like one, with what a person said fixed them; and how often such ones healed by themselves. */

import { sql, type SQL } from "drizzle-orm";
import type { EndedIncident } from "../../suggestion/alike.ts";
import type { Likeness, SelfHealed } from "../../flows/ports.ts";
import type {
  Cause,
  ContextFlag,
  Credit,
  Mechanism,
  Symptom,
  WorkspaceId,
} from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import { mergedInto } from "./counted.ts";
import { creditOf } from "./read-learning.ts";
import { isPublic, isShownIn } from "./visible.ts";

/** How many of each kind are compared; the newest. */
const sameMax = 40;
const sameSymptomMax = 12;
const sameServiceMax = 8;
const alertsMax = 5;

interface Row extends Record<string, unknown> {
  readonly number: number;
  readonly opened_at: string;
  readonly service: string | null;
  readonly symptom: Symptom | null;
  readonly title: string;
  readonly flags: ContextFlag[] | null;
  readonly alerts: string[] | null;
  readonly findings: string[] | null;
  readonly templates: string[] | null;
  readonly cause: Cause | null;
  readonly credit: Credit | null;
  readonly step_id: string | null;
  readonly mechanism: Mechanism | null;
  readonly step_title: string | null;
  readonly minutes: number | null;
}

/**
 * Of the same workspace, ended and not merged into another, as far as they may be shown there. An incident is described by its first reading, which
 * was made while it burnt. The rest is looked up of those alone that are compared.
 */
export async function endedLike(
  db: Pick<Database, "execute">,
  workspace: WorkspaceId,
  like: Likeness,
): Promise<EndedIncident[]> {
  const { rows } = await db.execute<Row>(sql`
    select near.number, near.opened_at, near.service, near.symptom, near.title, near.credit,
      read.fact -> 'flags' as flags, alert.titles as alerts,
      jsonb_path_query_array(read.fact, '$.diagnosis.findings[*].text') as findings,
      jsonb_path_query_array(read.fact, '$.diagnosis.logs[*].template') as templates,
      (select l.cause from cause_label l
        where l.workspace_id = ${workspace} and l.incident_id = near.id
        order by l.recorded_at desc, l.id desc limit 1) as cause,
      fix.step_id, fix.mechanism, fix.title as step_title, fix.minutes
    from (${nearOnes(workspace, like)}) near
    left join lateral (
      select t.fact from timeline_entry t
      where t.incident_id = near.id and t.kind = 'evidence-read' order by t.seq limit 1
    ) read on true
    left join lateral (
      select jsonb_agg(title) as titles from (
        select t.fact #>> '{alert,title}' as title from timeline_entry t
        where t.incident_id = near.id and t.kind = 'alert-fired' order by t.seq limit ${alertsMax}
      ) fired
    ) alert on true
    left join lateral (
      select s.step_id, s.offered ->> 'mechanism' as mechanism, s.offered ->> 'title' as title,
        o.minutes
      from outcome o join suggestion s on s.id = o.suggestion_id
      where o.incident_id = near.id and ${standsAsResolved}
      order by o.recorded_at desc limit 1
    ) fix on true`);
  return rows.map(toEnded);
}

function nearOnes(workspace: WorkspaceId, { incident, symptom, service, viewer }: Likeness): SQL {
  const isSameService = sql`i.service is not distinct from ${service}::text`;
  return sql`
    select i.*, ${creditOf} as credit from (
      select i.*, row_number() over (
        partition by i.symptom = ${symptom}, ${isSameService}
        order by i.opened_at desc, i.id desc) as nth
      from incident i
      join channel on channel.workspace_id = i.workspace_id and channel.id = i.channel_id
      where i.workspace_id = ${workspace} and i.id <> ${incident} and i.closed_at is not null
        and (i.symptom = ${symptom} or i.service = ${service}::text) and ${isShownIn(viewer)}
    ) i
    where i.nth <= case
      when i.symptom is distinct from ${symptom} then ${sameServiceMax}::int
      when ${isSameService} then ${sameMax}::int
      else ${sameSymptomMax}::int end
      and ${mergedInto} is null`;
}

/** Of the row `o` of `outcome`: the latest word of its actor on its step, and that it did it. */
const standsAsResolved = sql`o.label = 'resolved' and o.confidence > 0
  and not exists (
    select 1 from outcome later
    where later.suggestion_id = o.suggestion_id and later.actor = o.actor
      and (later.recorded_at, later.id) > (o.recorded_at, o.id))`;

function toEnded(row: Row): EndedIncident {
  const { number, service, symptom, cause } = row;
  const { step_id: stepId, mechanism, step_title: title, minutes } = row;
  return {
    number,
    openedAt: new Date(row.opened_at),
    service,
    symptom,
    flags: row.flags ?? [],
    said: [row.title, ...(row.alerts ?? []), ...(row.templates ?? [])],
    findings: row.findings ?? [],
    cause,
    fix:
      stepId === null || title === null
        ? null
        : { stepId, mechanism: mechanism ?? "other", title, minutes },
    ...(row.credit === "by-itself" && stepId === null ? { isSelfHealed: true } : {}),
  };
}

/** Beyond these the oldest say nothing of today. */
const comparedMax = 200;

/** Ended ones with a word on what did it; healed by themselves where the last word says so, and none names a step. */
export async function selfHealed(
  db: Pick<Database, "execute">,
  workspace: WorkspaceId,
  { incident, symptom, service, viewer }: Likeness,
): Promise<SelfHealed> {
  const { rows } = await db.execute<{ healed: number; of: number }>(sql`
    select count(*) filter (where not is_fixed and credit = 'by-itself')::int as healed,
      count(*) filter (where is_fixed or credit is not null)::int as of
    from (
      select ${creditOf} as credit,
        exists (
          select 1 from outcome o
          where o.incident_id = i.id and ${standsAsResolved}
        ) as is_fixed
      from incident i
      join channel on channel.workspace_id = i.workspace_id and channel.id = i.channel_id
      where i.workspace_id = ${workspace} and i.symptom = ${symptom} and i.id <> ${incident}
        and i.service is not distinct from ${service}::text and i.closed_at is not null
        and ${isPublic} and ${isShownIn(viewer)}
      order by i.opened_at desc
      limit ${comparedMax}
    ) earlier`);
  return rows[0] ?? { healed: 0, of: 0 };
}
