/** What the ledger teaches about other incidents: outcomes, what led to fixes, what heals by itself. Public channels only (DESIGN §9). */

import { and, desc, eq, ne } from "drizzle-orm";
import type { PastOutcome, Viewer } from "../../flows/ports.ts";
import { withLinks } from "../../suggestion/led-to.ts";
import type { LedTo } from "../../suggestion/led-to.ts";
import type { IncidentId, WorkspaceId } from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import { toOutcome } from "./read.ts";
import { ledTo } from "./schema-learning.ts";
import * as schema from "./schema.ts";
import { isPublic, isShownIn } from "./visible.ts";

/** Beyond these the oldest teach no more. */
const pastOutcomesMax = 10_000;
const linksMax = 10_000;

/** Outcomes of other incidents of this workspace that may be shown there, newest first: what ranks learn from. */
export async function pastOutcomes(
  db: Database,
  workspace: WorkspaceId,
  viewer: Viewer,
  except: IncidentId | null,
): Promise<PastOutcome[]> {
  const [rows, links] = await Promise.all([
    db
      .select({
        outcome: schema.outcome,
        role: schema.suggestion.role,
        symptom: schema.suggestion.symptom,
        service: schema.suggestion.service,
      })
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
  const past = rows.map(({ outcome, ...situation }) => ({ ...toOutcome(outcome), ...situation }));
  return withLinks(past, links);
}

const ofIncident = and(
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
