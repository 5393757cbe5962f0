/** Which incidents count in digests and statistics, and what was said of their steps. */

import { sql, type SQL } from "drizzle-orm";
import type { Period } from "../../flows/period.ts";
import { attestedConfidence } from "../../learning/facts.ts";
import type { IncidentId, WorkspaceId } from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import { isPublic, isShownIn } from "./visible.ts";

/** An incident that counts, or is part of one that does. */
interface Part {
  readonly id: IncidentId;
  /** The one that it counts with: itself, or what it was merged into. */
  readonly root: IncidentId;
  /** null: it is only a part. */
  readonly beganAt: string | null;
}

interface PartRow extends Record<string, unknown> {
  readonly id: IncidentId;
  readonly root: IncidentId;
  readonly began_at: string | null;
}

/**
 * Those of public channels that began in the period and may be shown there. One that was merged into another counts
 * with that one, not by itself; a group of alerts may have fired before the incident was declared: it began then.
 */
export async function partsIn(
  db: Pick<Database, "execute">,
  workspace: WorkspaceId,
  { viewer, from, to, services }: Period,
): Promise<Part[]> {
  const begin = sql`${from.toISOString()}::timestamptz`;
  const { rows } = await db.execute<PartRow>(sql`
    with recursive near as materialized (
      select i.id, times.began_at, times.merged_id
      from incident i
      join channel on channel.workspace_id = i.workspace_id and channel.id = i.channel_id
      cross join lateral (select ${beganAt} as began_at, ${mergedInto} as merged_id offset 0) times
      where i.workspace_id = ${workspace} and i.opened_at >= ${begin}
        and ${isPublic} and ${isShownIn(viewer)}
        ${services === null ? sql`` : sql`and i.service = any(${sql.param(services)}::text[])`}
    ), chosen as (
      select id, began_at from near
      where merged_id is null and began_at >= ${begin}
        and began_at < ${to.toISOString()}::timestamptz
    ), part as (${parts})
    select part.id, part.root, chosen.began_at
    from part left join chosen on chosen.id = part.id and part.id = part.root`);
  return rows.map(({ id, root, began_at: at }) => ({ id, root, beganAt: at }));
}

/**
 * `chosen`, `part`, `vote` and `word`, for a `with`. The parts are told instead of being looked for in each query: what
 * is told the planner can count.
 */
export function counted(told: readonly Part[]): SQL {
  const roots = told.flatMap(({ id, beganAt: at }) => (at === null ? [] : [{ id, at }]));
  return sql`
    part as materialized (
      select * from unnest(${list(told.map(({ id }) => id))}, ${list(told.map(({ root }) => root))})
        as told(id, root)
    ), chosen as materialized (
      select i.id, i.number, i.title, i.service, i.symptom, i.closed_at, told.at::timestamptz as began_at
      from unnest(${list(roots.map(({ id }) => id))}, ${list(roots.map(({ at }) => at))}) as told(id, at)
      join incident i on i.id = told.id
    ), vote as (${latestVotes}), word as (${words})`;
}

function list(texts: readonly string[]): SQL {
  return sql`${sql.param(texts)}::text[]`;
}

/** Of the row `i` of `incident`. */
export const beganAt = sql`least(i.opened_at, (
  select min(t.at) from timeline_entry t where t.incident_id = i.id and t.kind = 'alert-fired'))`;

/** Of the row `i` of `incident`: the id of that in which it continues; null: of none, or it was taken up again since. */
export const mergedInto = sql`(
  select t.fact #>> '{into,id}' from timeline_entry t
  where t.incident_id = i.id and (t.kind = 'reopened' or (t.kind = 'merged' and t.fact ? 'into')
    or (t.kind = 'status-set' and t.fact ->> 'status' <> 'resolved'))
  order by t.seq desc limit 1)`;

/**
 * Each with those that it took in, and those that these took in; what happened in private stays there. `offset 0`: the
 * planner would look at every pair of incidents first.
 */
const parts = sql`
  select id, id as root from chosen
  union
  select other.id, part.root
  from part
  cross join lateral (
    select t.fact #>> '{from,id}' as id from timeline_entry t
    where t.incident_id = part.id and t.kind = 'merged' offset 0
  ) took
  cross join lateral (
    select i.id from incident i
    join channel on channel.workspace_id = i.workspace_id and channel.id = i.channel_id
    where i.id = took.id and ${isPublic} and ${mergedInto} = part.id offset 0
  ) other`;

/** The latest word of each person on each suggestion; what was taken back has none. */
const latestVotes = sql`
  select * from (
    select distinct on (o.suggestion_id, o.actor) o.id, part.root as incident_id, o.step_id, s.role,
      case when s.list > 0 then s.p end as p, o.label, o.confidence, o.recorded_at, s.offered ->> 'title' as title
    from outcome o
    join part on part.id = o.incident_id
    join suggestion s on s.id = o.suggestion_id
    order by o.suggestion_id, o.actor, o.recorded_at desc, o.at desc, o.id desc
  ) latest where confidence > 0`;

const isWorked = sql`case role when 'fix' then label = 'resolved' and confidence >= ${attestedConfidence}
  else label in ('helped', 'ruled_out') end`;

/**
 * What became of a step in an incident; `p`: the chance that was told where something was first said of it, null for one
 * that no list had offered.
 */
const words = sql`
  select step_id, incident_id, min(role) as role, bool_or(${isWorked}) as worked,
    bool_or(label = 'helped' or (label = 'resolved' and confidence < ${attestedConfidence})) as helped,
    (array_agg(p order by recorded_at, id) filter (where p is not null))[1] as p
  from vote
  where label in ('resolved', 'helped', 'ruled_out', 'no_effect', 'wrong')
  group by step_id, incident_id`;

/** What the timeline of the row `chosen` tells, as the row `told`. */
export const toldInTimeline = sql`
  select
    (array_agg((t.fact ->> 'severity')::int order by t.seq desc)
      filter (where t.kind in ('declared', 'severity-set')))[1] as severity,
    min(t.at) filter (where t.source = 'slack') as acknowledged_at,
    min(t.at) filter (where t.kind = 'status-set' and t.fact ->> 'status' = 'monitoring') as watched_at,
    to_timestamp((array_agg(t.back_since order by t.seq desc)
      filter (where t.kind = 'evidence-read'))[1]) as back_at,
    (array_agg(t.fact ->> 'credit' order by t.seq desc)
      filter (where t.kind = 'credited'))[1] as credit
  from timeline_entry t where t.incident_id = chosen.id`;

/** Of the rows `chosen` and `told`; null while it is open. */
export const mitigatedAt = sql`case when chosen.closed_at is not null
  then least(chosen.closed_at, coalesce(told.back_at, told.watched_at, chosen.closed_at)) end`;
