/** What hooks told: kept once each, and read back as a source of changes. */

import { and, desc, eq, gte, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { changeOf, type ChangeEvent } from "../../evidence/change-event.ts";
import { changesSince } from "../../flows/look-back.ts";
import type { Changes } from "../../flows/ports.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import { withinSignal } from "../outgoing.ts";
import type { Database } from "./connect.ts";
import { changeEvent } from "./schema-hooks.ts";
import { storable } from "./storable.ts";

/** A sender must hear 503 within a second when the database is away. */
const commitTimeoutMs = 900;
/** With the database away requests are refused, not hoarded. */
const underWayMax = 100;
/** A flag that flaps, or 10,000 rows a day, must not hold the answer up. */
const readMax = 1_000;
/** No setting says how long evidence is kept; the design's default is long enough for any look back. */
const keptDays = 90;

type Keep = (events: readonly ChangeEvent[]) => Promise<void>;

/** What is there already is left as it is. Rejects after 900 ms; what is committed later is the same row at the next try. */
export function keepChangeEvents(db: Database, workspace: WorkspaceId): Keep {
  let underWay = 0;
  return async (events) => {
    if (events.length === 0) return;
    if (underWay >= underWayMax) throw new Error(`${underWayMax} requests wait already`);
    underWay += 1;
    const insert = insertAll(db, workspace, events).finally(() => {
      underWay -= 1;
    });
    await withinSignal(AbortSignal.timeout(commitTimeoutMs), insert);
  };
}

async function insertAll(
  db: Database,
  workspaceId: WorkspaceId,
  events: readonly ChangeEvent[],
): Promise<void> {
  const rows = events.map((event) =>
    storable({ ...event, workspaceId, status: event.status ?? "" }),
  );
  await db.insert(changeEvent).values(rows).onConflictDoNothing();
}

/** The newest of the window and the hours before it: of the services, and those that name none. */
export function changesOfHooks(db: Database, workspace: WorkspaceId): Changes {
  const recent: Changes["recent"] = async (services, window) => {
    if (services.length === 0) return { items: [], leftOut: [] };
    const names = new Map(services.map(({ name }) => [name.toLowerCase(), name]));
    const rows = await db
      .select({ event: changeEvent, all: sql<number>`(count(*) over ())::int` })
      .from(changeEvent)
      .where(
        and(
          eq(changeEvent.workspaceId, workspace),
          gte(changeEvent.at, changesSince(window)),
          lte(changeEvent.at, window.to),
          or(
            isNull(changeEvent.service),
            inArray(sql`lower(${changeEvent.service})`, [...names.keys()]),
          ),
        ),
      )
      .orderBy(desc(changeEvent.at), changeEvent.source, changeEvent.id, changeEvent.status)
      .limit(readMax);
    const all = rows[0]?.all ?? 0;
    return {
      items: rows.map(({ event }) => {
        const service = event.service && (names.get(event.service.toLowerCase()) ?? event.service);
        return changeOf({ ...event, service, status: event.status || null });
      }),
      leftOut:
        all > readMax
          ? [`${all - readMax} of ${all} changes that hooks told: the limit is ${readMax}`]
          : [],
    };
  };
  return {
    name: "Hooks",
    recent: (services, window, signal) => withinSignal(signal, recent(services, window, signal)),
  };
}

/** How many each source told, and when last; for `doctor`. */
export async function hookCounts(
  db: Database,
): Promise<readonly { source: string; count: number; newest: Date | null }[]> {
  const { source, receivedAt } = changeEvent;
  return db
    .select({
      source,
      count: sql<number>`count(*)::int`,
      newest: sql<Date | null>`max(${receivedAt})`.mapWith(receivedAt),
    })
    .from(changeEvent)
    .groupBy(source);
}

export async function sweepChangeEvents(db: Database): Promise<void> {
  await db.execute(
    sql`delete from change_event where received_at < now() - make_interval(days => ${keptDays})`,
  );
}
