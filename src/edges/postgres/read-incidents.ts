/** Open incidents that were read at least once: whom news of a change may concern. */

import { and, desc, eq, gte, isNotNull, isNull } from "drizzle-orm";
import type { ReadIncident } from "../../flows/ports.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import { incident } from "./schema.ts";

/** After a day an incident is read no more by itself. */
const ageMaxMs = 24 * 3_600_000;
const incidentsMax = 50;

export async function readIncidents(
  db: Database,
  workspace: WorkspaceId,
): Promise<readonly ReadIncident[]> {
  return db
    .select({ id: incident.id, channel: incident.channelId, service: incident.service })
    .from(incident)
    .where(
      and(
        eq(incident.workspaceId, workspace),
        isNull(incident.closedAt),
        // Its first reading tells the symptom.
        isNotNull(incident.symptom),
        gte(incident.openedAt, new Date(Date.now() - ageMaxMs)),
      ),
    )
    .orderBy(desc(incident.openedAt))
    .limit(incidentsMax);
}
