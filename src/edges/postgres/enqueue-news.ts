/** What hooks told, on its way into the queue: alerts as a job a group, changes as a word to whoever reads, news of incidents one by one; the same news is the same job. */

import type { PgBoss } from "pg-boss";
import { newsOf, type Delivery } from "../../alert/alert.ts";
import type { ChangeEvent } from "../../evidence/change-event.ts";
import type { IncidentNews } from "../../incident/news.ts";
import type { Job } from "../../flows/change.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import { withinSignal } from "../outgoing.ts";
import { jobIdOf } from "./group-commit.ts";
import { alertQueue, flowQueue } from "./queue.ts";
import { storable } from "./storable.ts";

/** A sender must hear 503 within a second when the database is away. */
const commitTimeoutMs = 900;
/** With the database away requests are refused, not hoarded. */
const underWayMax = 100;

/** Both reject after 900 ms; what is committed later is the same row at the next try. */
export interface News {
  alerts(deliveries: readonly Delivery[]): Promise<void>;
  changes(events: readonly ChangeEvent[]): Promise<void>;
  incidents(news: readonly IncidentNews[]): Promise<void>;
}

interface Row {
  readonly id: string;
  readonly data: object;
}

export function enqueueNews(boss: PgBoss, workspace: WorkspaceId, afterCommit: () => void): News {
  let underWay = 0;
  const insert = async (queue: string, rows: readonly Row[]): Promise<void> => {
    if (rows.length === 0) return;
    if (underWay >= underWayMax) throw new Error(`${underWayMax} requests wait already`);
    underWay += 1;
    const unique = new Map(rows.map((row) => [row.id, row]));
    const inserted = boss.insert(queue, [...unique.values()], { returnId: false }).finally(() => {
      underWay -= 1;
    });
    await withinSignal(AbortSignal.timeout(commitTimeoutMs), inserted);
    afterCommit();
  };
  return {
    alerts: (deliveries) =>
      insert(
        alertQueue,
        deliveries.map((delivery) => ({
          id: jobIdOf(workspace, "alerts", ...newsOf(delivery)),
          data: { delivery: storable(delivery) },
        })),
      ),
    incidents: (news) =>
      insert(
        flowQueue,
        news.map((each) => ({
          id: jobIdOf(workspace, "incident", each.teller, each.id, each.status ?? ""),
          data: storable({ workspace, job: { kind: "hear-news", news: each } satisfies Job }),
        })),
      ),
    changes: (events) => insert(flowQueue, changeRows(workspace, events)),
  };
}

/** One job a payload; none where nothing changed. */
function changeRows(workspace: WorkspaceId, events: readonly ChangeEvent[]): Row[] {
  if (events.length === 0) return [];
  const ids = events.map(({ source, id, status }) => [source, id, status ?? ""].join(" "));
  const services = new Set(events.map(({ service }) => service));
  const named = services.has(null) ? null : [...services].filter((service) => service !== null);
  const job: Job = { kind: "read-changes", services: named };
  const id = jobIdOf(workspace, "changes", ...ids.toSorted());
  return [{ id, data: storable({ workspace, job }) }];
}
