/** Earlier incidents of the same symptom, and what a person said fixed them. */

import { sql } from "drizzle-orm";
import type { SeenBefore } from "../../message/seen-before.ts";
import type { Likeness, SelfHealed } from "../../flows/ports.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import { isPublic, isShownIn } from "./visible.ts";

const shownMax = 3;

interface Row extends Record<string, unknown> {
  readonly number: number;
  readonly opened_at: string;
  readonly is_same_service: boolean | null;
  readonly title: string | null;
  readonly minutes: number | null;
}

/** Ended ones of the same workspace that may be shown there; the same service first, then the newest. Fixes are looked up of those alone that are shown. */
export async function seenBefore(
  db: Pick<Database, "execute">,
  workspace: WorkspaceId,
  { incident, symptom, service, viewer }: Likeness,
  now: Date,
): Promise<SeenBefore[]> {
  const { rows } = await db.execute<Row>(sql`
    select seen.number, seen.opened_at, seen.is_same_service, fix.title, fix.minutes
    from (
      select i.id, i.number, i.opened_at, i.service = ${service}::text as is_same_service
      from incident i
      join channel on channel.workspace_id = i.workspace_id and channel.id = i.channel_id
      where i.workspace_id = ${workspace} and i.symptom = ${symptom} and i.id <> ${incident}
        and i.closed_at is not null and ${isShownIn(viewer)}
      order by is_same_service desc nulls last, i.opened_at desc
      limit ${shownMax}
    ) seen
    left join lateral (
      select s.offered ->> 'title' as title, o.minutes
      from outcome o join suggestion s on s.id = o.suggestion_id
      where o.incident_id = seen.id and o.label = 'resolved' and o.confidence > 0
        and not exists (
          select 1 from outcome later
          where later.suggestion_id = o.suggestion_id and later.actor = o.actor
            and (later.recorded_at, later.id) > (o.recorded_at, o.id))
      order by o.recorded_at desc limit 1
    ) fix on true
    order by seen.is_same_service desc nulls last, seen.opened_at desc`);
  return rows.map((row) => ({
    name: `INC-${row.number}`,
    agoMs: now.getTime() - new Date(row.opened_at).getTime(),
    isSameService: row.is_same_service === true,
    isSameCause: null,
    fixedBy: row.title === null ? null : { title: row.title, minutes: row.minutes },
  }));
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
      select (
          select t.fact ->> 'credit' from timeline_entry t
          where t.incident_id = i.id and t.kind = 'credited' order by t.seq desc limit 1
        ) as credit,
        exists (
          select 1 from outcome o
          where o.incident_id = i.id and o.label = 'resolved' and o.confidence > 0
            and not exists (
              select 1 from outcome later
              where later.suggestion_id = o.suggestion_id and later.actor = o.actor
                and (later.recorded_at, later.id) > (o.recorded_at, o.id))
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
