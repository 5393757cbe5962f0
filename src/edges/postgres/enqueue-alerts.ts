/** What a hook told of alerts, on its way into the queue: one job a group, the same news the same job. */

import type { PgBoss } from "pg-boss";
import { newsOf, type Delivery } from "../../alert/alert.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import { withinSignal } from "../outgoing.ts";
import { jobIdOf } from "./group-commit.ts";
import { alertQueue } from "./queue.ts";
import { storable } from "./storable.ts";

/** A sender must hear 503 within a second when the database is away. */
const commitTimeoutMs = 900;
/** With the database away requests are refused, not hoarded. */
const underWayMax = 100;

/** Rejects after 900 ms; what is committed later is the same row at the next try. */
export function enqueueAlerts(
  boss: PgBoss,
  workspace: WorkspaceId,
  afterCommit: () => void,
): (deliveries: readonly Delivery[]) => Promise<void> {
  let underWay = 0;
  return async (deliveries) => {
    if (deliveries.length === 0) return;
    if (underWay >= underWayMax) throw new Error(`${underWayMax} requests wait already`);
    underWay += 1;
    const insert = insertAll(boss, workspace, deliveries).finally(() => {
      underWay -= 1;
    });
    await withinSignal(AbortSignal.timeout(commitTimeoutMs), insert);
    afterCommit();
  };
}

async function insertAll(
  boss: PgBoss,
  workspace: WorkspaceId,
  deliveries: readonly Delivery[],
): Promise<void> {
  const jobs = new Map(
    deliveries.map((delivery) => {
      const id = jobIdOf(workspace, "alerts", ...newsOf(delivery));
      return [id, { id, data: { delivery: storable(delivery) } }] as const;
    }),
  );
  await boss.insert(alertQueue, [...jobs.values()], { returnId: false });
}
