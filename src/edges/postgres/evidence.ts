/** What was gathered for an incident, as it was stored. */

import { gunzipSync } from "node:zlib";
import { and, eq } from "drizzle-orm";
import type { EvidenceInput, Series } from "../../evidence/input.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import type { Database } from "./connect.ts";
import * as schema from "./schema.ts";

/** One reading, with the incident that it was made for. */
export async function evidenceById(
  db: Database,
  workspace: WorkspaceId,
  id: string,
): Promise<{ incident: string; title: string; readAt: Date; input: EvidenceInput } | null> {
  const [row] = await db
    .select({
      body: schema.evidenceSnapshot.body,
      readAt: schema.evidenceSnapshot.readAt,
      number: schema.incident.number,
      title: schema.incident.title,
    })
    .from(schema.evidenceSnapshot)
    .innerJoin(schema.incident, eq(schema.incident.id, schema.evidenceSnapshot.incidentId))
    .where(
      and(eq(schema.evidenceSnapshot.workspaceId, workspace), eq(schema.evidenceSnapshot.id, id)),
    );
  if (!row) return null;
  const stored: EvidenceInput = JSON.parse(gunzipSync(row.body).toString("utf8"));
  const input = { ...stored, ...(stored.series && { series: stored.series.map(withNumbers) }) };
  return { incident: `INC-${row.number}`, title: row.title, readAt: row.readAt, input };
}

/** JSON writes what is not finite as null; readers drop both, but only one of them is a number. */
function withNumbers(series: Series): Series {
  return { ...series, points: series.points.map(([at, value]) => [at, value ?? Number.NaN]) };
}
