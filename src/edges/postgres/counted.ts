/** What digests, statistics and exports count of an incident, from its timeline and ledger (docs/digest.md). */

import { sql } from "drizzle-orm";
import { attestedConfidence } from "../../learning/facts.ts";

/** Of the row `i` of `incident`: the id of that in which it continues; null: of none, or it was taken up again since. */
export const mergedInto = sql`(
  select t.fact #>> '{into,id}' from timeline_entry t
  where t.incident_id = i.id and (t.kind = 'reopened' or (t.kind = 'merged' and t.fact ? 'into')
    or (t.kind = 'status-set' and t.fact ->> 'status' <> 'resolved'))
  order by t.seq desc limit 1)`;

/** Of the row `i` of `incident`. An incident that the bot began by itself once stood as declared by it in Slack. */
const toldInTimeline = sql`
  select
    min(t.at) filter (where t.kind = 'alert-fired') as fired_at,
    (array_agg((t.fact ->> 'severity')::int order by t.seq desc)
      filter (where t.kind in ('declared', 'severity-set')))[1] as severity,
    min(t.at) filter (where t.source = 'slack' and t.actor is distinct from workspace.bot_user_id) as acknowledged_at,
    min(t.at) filter (where t.kind = 'status-set' and t.fact ->> 'status' = 'monitoring') as watched_at,
    to_timestamp((array_agg(t.back_since order by t.seq desc)
      filter (where t.kind = 'evidence-read'))[1]) as back_at,
    (array_agg(t.fact ->> 'credit' order by t.seq desc)
      filter (where t.kind = 'credited'))[1] as credit
  from timeline_entry t where t.incident_id = i.id`;

const milliseconds = (time: string) => sql`(extract(epoch from ${sql.raw(time)}) * 1000)::bigint`;

/** Of the row `i` of `incident`: the places of one run follow one another. */
const offered = sql`
  select
    json_agg(json_build_object('list', list, 'at', ${milliseconds("shown_at")}, 'place', place, 'steps', steps)
      order by list, place, shown_at) as runs,
    (array_agg(title order by list, place, shown_at) filter (where list > 0))[1] as first
  from (
    select list, shown_at, min(position) as place, json_agg(step_id order by position) as steps,
      (array_agg(title order by position))[1] as title
    from (
      select s.list, s.shown_at, s.position, s.step_id, s.offered ->> 'title' as title,
        s.position - row_number() over (partition by s.list, s.shown_at order by s.position) as run
      from suggestion s where s.incident_id = i.id
    ) each group by list, shown_at, run
  ) shown`;

/** The latest word of each person on each suggestion of the row `i` of `incident`; what was taken back is none. */
const latestVotes = sql`
  select * from (
    select distinct on (o.suggestion_id, o.actor) o.id, o.step_id, s.role,
      case when s.list > 0 then s.p end as p, o.label, o.confidence, o.recorded_at,
      s.offered ->> 'title' as title
    from outcome o join suggestion s on s.id = o.suggestion_id
    where o.incident_id = i.id
    order by o.suggestion_id, o.actor, o.recorded_at desc, o.at desc, o.id desc
  ) latest where confidence > 0`;

const isWorked = sql`case role when 'fix' then label = 'resolved' and confidence >= ${attestedConfidence}
  else label in ('helped', 'ruled_out') end`;

const firstTold = (column: string) =>
  sql`(array_agg(${sql.raw(column)} order by recorded_at, id) filter (where p is not null))[1]`;

/** Of the rows `vote`. */
const words = sql`
  select json_agg(json_build_array(step_id, role, worked, helped, p, ${milliseconds("said_at")}, id) order by step_id)
  from (
    select step_id, min(role) as role, bool_or(${isWorked}) as worked,
      bool_or(label = 'helped' or (label = 'resolved' and confidence < ${attestedConfidence})) as helped,
      ${firstTold("p")} as p, ${firstTold("recorded_at")} as said_at, ${firstTold("id")} as id
    from vote
    where label in ('resolved', 'helped', 'ruled_out', 'no_effect', 'wrong')
    group by step_id
  ) word`;

/** Of the rows `vote`: the last word that a fix did it. */
const fix = sql`
  select json_build_object('id', id, 'at', ${milliseconds("recorded_at")}, 'stepId', step_id, 'title', title)
  from vote where role = 'fix' and label = 'resolved' and confidence >= ${attestedConfidence}
  order by recorded_at desc, id desc limit 1`;

/** For a `select` from the rows `i` of `incident`: all of it beside each. */
export const countedBeside = sql`
  left join workspace on workspace.id = i.workspace_id
  cross join lateral (${toldInTimeline}) told
  cross join lateral (${offered}) offered
  cross join lateral (with vote as (${latestVotes}) select (${words}) as words, (${fix}) as fix) said`;

/** Of these rows, as the columns of `counted_incident` are called. */
export const countedColumns = sql`
  least(i.opened_at, told.fired_at) as began_at, told.acknowledged_at,
  case when i.closed_at is not null
    then least(i.closed_at, coalesce(told.back_at, told.watched_at, i.closed_at)) end as mitigated_at,
  told.severity, told.credit, ${mergedInto} as merged_into,
  json_build_object('offered', coalesce(offered.runs, '[]'), 'firstOffered', offered.first,
    'said', coalesce(said.words, '[]'), 'fix', said.fix) as ledger`;
