/** Where postmortems and action items stand elsewhere as well: one row of each kind, which the next takes the place of. */

import { and, eq, inArray, sql } from "drizzle-orm";
import type { Change } from "../../flows/change.ts";
import type { Counterpart, Sought } from "../../flows/counterpart.ts";
import type { MirroredItem } from "../../flows/postmortem-ports.ts";
import type { ActionId, WorkspaceId } from "../../vocabulary.ts";
import type { Database, Transaction } from "./connect.ts";
import { counterpart } from "./schema-postmortems.ts";

/** False where a mirror was looked at meanwhile. */
export async function writeCounterparts(
  tx: Transaction,
  { workspace, counterparts = [] }: Change,
): Promise<boolean> {
  if (counterparts.length === 0) return true;
  const { workspaceId, of, kind, looks } = counterpart;
  const written = await tx
    .insert(counterpart)
    .values(
      counterparts.map((each) => ({
        workspaceId: workspace,
        ...each,
        looks: each.mirror?.looks ?? 0,
        lookedAt: sql`now()`,
      })),
    )
    .onConflictDoUpdate({
      target: [workspaceId, of, kind],
      set: {
        place: sql`excluded.place`,
        ref: sql`excluded.ref`,
        url: sql`excluded.url`,
        mirror: sql`excluded.mirror`,
        looks: sql`excluded.looks`,
        lookedAt: sql`excluded.looked_at`,
      },
      setWhere: sql`excluded.looks = 0 or excluded.looks = ${looks} + 1`,
    })
    .returning({ of });
  return written.length === counterparts.length;
}

export async function counterpartsSought(
  db: Database,
  workspace: WorkspaceId,
  sought: Sought,
): Promise<Counterpart[]> {
  const rows = await db
    .select()
    .from(counterpart)
    .where(
      and(
        eq(counterpart.workspaceId, workspace),
        eq(counterpart.kind, sought.kind),
        "of" in sought
          ? inArray(counterpart.of, [...sought.of])
          : and(eq(counterpart.place, sought.place), eq(counterpart.ref, sought.ref)),
      ),
    );
  return rows.map(({ of, kind, place, ref, url, mirror }) => ({
    of,
    kind,
    place,
    ref,
    url,
    mirror,
  }));
}

interface MirroredRow extends Record<string, unknown> {
  readonly item: ActionId;
  readonly number: string;
  readonly read_at: string;
}

export async function mirroredItems(
  db: Database,
  workspace: WorkspaceId,
  asked: { readonly place: string; readonly closedSince: Date; readonly atMost: number },
): Promise<MirroredItem[]> {
  const found = await db.execute<MirroredRow>(sql`
    select c.of as item, c.ref as number, c.looked_at as read_at from counterpart c
    join lateral (
      select a.state, a.at from action_item a
      where a.workspace_id = c.workspace_id and a.id = c.of order by a.revision desc limit 1
    ) newest on true
    where c.workspace_id = ${workspace} and c.kind = 'issue' and c.place = ${asked.place}
      and c.mirror is not null
      and (newest.state = 'open' or newest.at >= ${asked.closedSince.toISOString()})
    order by c.looked_at, c.of limit ${asked.atMost}`);
  return found.rows.map(({ item, number, read_at: at }) => ({
    item,
    number,
    readAt: new Date(at),
  }));
}
