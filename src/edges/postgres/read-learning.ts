/** What the ledger teaches about other incidents: outcomes, what led to fixes, what heals by itself. Public channels only (DESIGN §9). */

import { and, desc, eq, ne, sql } from "drizzle-orm";
import type { PastOutcome, Viewer } from "../../flows/ports.ts";
import type { PastIncident } from "../../suggestion/learned.ts";
import { withLinks } from "../../suggestion/led-to.ts";
import type { LedTo } from "../../suggestion/led-to.ts";
import { ownForetold } from "../../suggestion/rank.ts";
import type {
  Cause,
  ContextFlag,
  Credit,
  IncidentId,
  Symptom,
  WorkspaceId,
} from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import { mergedInto } from "./counted.ts";
import { toOutcome } from "./read.ts";
import { ledTo } from "./schema-learning.ts";
import * as schema from "./schema.ts";
import { isPublic, isShownIn } from "./visible.ts";

/** Beyond these the oldest teach no more. */
const pastOutcomesMax = 10_000;
const linksMax = 10_000;
export const pastIncidentsMax = 2_000;

/** Outcomes of other incidents of this workspace that may be shown there, newest first: what ranks learn from. */
export async function pastOutcomes(
  db: Database,
  workspace: WorkspaceId,
  viewer: Viewer,
  except: IncidentId | null,
): Promise<PastOutcome[]> {
  const [rows, links] = await Promise.all([
    db
      .select(withSituation)
      .from(schema.outcome)
      .innerJoin(schema.suggestion, eq(schema.suggestion.id, schema.outcome.suggestionId))
      .innerJoin(schema.incident, eq(schema.incident.id, schema.outcome.incidentId))
      .innerJoin(schema.channel, ofIncident)
      .where(
        and(
          eq(schema.outcome.workspaceId, workspace),
          isPublic,
          isShownIn(viewer),
          ...(except === null ? [] : [ne(schema.outcome.incidentId, except)]),
        ),
      )
      .orderBy(desc(schema.outcome.recordedAt), desc(schema.outcome.id))
      .limit(pastOutcomesMax),
    pastLinks(db, workspace),
  ]);
  const past = rows.map(({ outcome, role, symptom, service, ...ranked }) => ({
    ...toOutcome(outcome),
    role,
    symptom,
    service,
    foretold: ownForetold(ranked),
  }));
  return withLinks(past, links);
}

const withSituation = {
  outcome: schema.outcome,
  role: schema.suggestion.role,
  symptom: schema.suggestion.symptom,
  service: schema.suggestion.service,
  policy: schema.suggestion.policy,
  foretold: schema.suggestion.foretold,
};

/** Joins the channel of an incident. */
export const ofIncident = and(
  eq(schema.channel.workspaceId, schema.incident.workspaceId),
  eq(schema.channel.id, schema.incident.channelId),
);

/** Of every incident: one whose outcomes do not teach has no row that a link could mark. */
async function pastLinks(db: Database, workspace: WorkspaceId): Promise<LedTo[]> {
  const rows = await db
    .select()
    .from(ledTo)
    .where(eq(ledTo.workspaceId, workspace))
    .orderBy(desc(ledTo.recordedAt), desc(ledTo.id))
    .limit(linksMax);
  return rows.map(({ workspaceId: _workspace, ...link }) => link);
}

interface IncidentRow extends Record<string, unknown> {
  readonly id: IncidentId;
  readonly title: string;
  readonly service: string | null;
  readonly symptom: Symptom | null;
  readonly flags: ContextFlag[] | null;
  readonly opened_at: string;
  readonly closed_at: string;
  readonly cause: Cause | null;
  readonly credit: Credit | null;
}

/** Of the row `i` of `incident`: the latest answer to what did it, where it was no single step. */
export const creditOf = sql`(
  select t.fact ->> 'credit' from timeline_entry t
  where t.incident_id = i.id and t.kind = 'credited' order by t.seq desc limit 1)`;

/**
 * What others that have ended were like, the newest: of public channels, as far as they may be shown there. What was
 * merged has not ended: it goes on in another.
 */
export async function pastIncidents(
  db: Pick<Database, "execute">,
  workspace: WorkspaceId,
  viewer: Viewer,
  except: IncidentId | null,
): Promise<PastIncident[]> {
  const { rows } = await db.execute<IncidentRow>(sql`
    select i.id, i.title, i.service, i.symptom, i.opened_at, i.closed_at,
      (select s.flags from suggestion s where s.incident_id = i.id order by s.list limit 1) as flags,
      (select l.cause from cause_label l where l.workspace_id = i.workspace_id and l.incident_id = i.id
        order by l.recorded_at desc, l.id desc limit 1) as cause,
      ${creditOf} as credit
    from incident i
    join channel on channel.workspace_id = i.workspace_id and channel.id = i.channel_id
    where i.workspace_id = ${workspace} and i.closed_at is not null and i.id <> ${except ?? ""}
      and ${isPublic} and ${isShownIn(viewer)} and ${mergedInto} is null
    order by i.closed_at desc, i.id desc
    limit ${pastIncidentsMax}`);
  return rows.map(({ opened_at: openedAt, closed_at: closedAt, flags, ...row }) => ({
    ...row,
    flags: flags ?? [],
    openedAt: new Date(openedAt),
    closedAt: new Date(closedAt),
  }));
}
