/** Postmortems: versions are added under the number that their author expected, and never changed. */

import { and, desc, eq, ne } from "drizzle-orm";
import type { Change } from "../../flows/change.ts";
import type { StoredIncident, Viewer } from "../../flows/ports.ts";
import type { Postmortem } from "../../flows/postmortem-ports.ts";
import type { PostmortemVersion } from "../../postmortem/version.ts";
import type { IncidentId, WorkspaceId } from "../../vocabulary.ts";
import type { Database, Transaction } from "./connect.ts";
import { incidentById } from "./read.ts";
import { postmortemVersion } from "./schema-postmortems.ts";
import { channel, incident } from "./schema.ts";
import { isShownIn } from "./visible.ts";

/** False where a version of that number is there already: somebody was quicker. */
export async function writePostmortem(
  tx: Transaction,
  { workspace, postmortem = [] }: Change,
): Promise<boolean> {
  if (postmortem.length === 0) return true;
  const written = await tx
    .insert(postmortemVersion)
    .values(postmortem.map((version) => ({ workspaceId: workspace, ...version })))
    .onConflictDoNothing()
    .returning({ version: postmortemVersion.version });
  return written.length === postmortem.length;
}

export async function latestPostmortem(
  db: Database,
  workspace: WorkspaceId,
  id: IncidentId,
): Promise<Postmortem | null> {
  const own = and(
    eq(postmortemVersion.workspaceId, workspace),
    eq(postmortemVersion.incidentId, id),
  );
  const newest = (which: ReturnType<typeof and>) =>
    db
      .select()
      .from(postmortemVersion)
      .where(which)
      .orderBy(desc(postmortemVersion.version))
      .limit(1);
  const [[last], [head], [drafted]] = await Promise.all([
    newest(own),
    newest(and(own, ne(postmortemVersion.kind, "set-aside"))),
    newest(and(own, eq(postmortemVersion.kind, "drafted"))),
  ]);
  if (last === undefined || head === undefined) return null;
  const draft = drafted ?? head;
  return { head: versionOf(head), drafted: versionOf(draft), last: last.version };
}

export async function postmortemAt(
  db: Database,
  workspace: WorkspaceId,
  { incident: id, version }: { readonly incident: IncidentId; readonly version: number },
): Promise<PostmortemVersion | null> {
  const [row] = await db
    .select()
    .from(postmortemVersion)
    .where(
      and(
        eq(postmortemVersion.workspaceId, workspace),
        eq(postmortemVersion.incidentId, id),
        eq(postmortemVersion.version, version),
      ),
    );
  return row === undefined ? null : versionOf(row);
}

function versionOf(row: typeof postmortemVersion.$inferSelect): PostmortemVersion {
  const { workspaceId: _workspace, ...version } = row;
  return version;
}

/** By the number that people see; null: there is none, or it may not be shown to that viewer. */
export async function incidentShown(
  db: Database,
  workspace: WorkspaceId,
  { number, viewer }: { readonly number: number; readonly viewer: Viewer },
): Promise<StoredIncident | null> {
  const [row] = await db
    .select({ id: incident.id })
    .from(incident)
    .innerJoin(
      channel,
      and(eq(channel.workspaceId, incident.workspaceId), eq(channel.id, incident.channelId)),
    )
    .where(
      and(eq(incident.workspaceId, workspace), eq(incident.number, number), isShownIn(viewer)),
    );
  return row === undefined ? null : incidentById(db, workspace, row.id);
}
