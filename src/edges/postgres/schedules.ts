/** What is due again and again: a flow's job by cron, sent by the queue, once however many machines there are. */

import type { PgBoss } from "pg-boss";
import type { Job } from "../../flows/change.ts";
import { flowQueue } from "./queue.ts";

export interface Scheduled {
  /** Letters, digits, hyphens. */
  readonly key: string;
  /** Five fields, in the zone (IANA). */
  readonly cron: string;
  readonly zone: string;
  readonly job: Job;
}

/** These and no others. What came due while nothing ran is sent once. Rejects with the cron expression where it makes no sense. */
export async function keepSchedules(boss: PgBoss, wanted: readonly Scheduled[]): Promise<void> {
  const kept = await boss.getSchedules(flowQueue);
  for (const { key } of kept) {
    if (!wanted.some((each) => each.key === key)) await boss.unschedule(flowQueue, key);
  }
  for (const { key, cron, zone, job } of wanted) {
    const known = kept.find((each) => each.key === key);
    // To write one again would forget when it was last due.
    if (known?.cron === cron && known.timezone === zone) continue;
    try {
      await boss.schedule(flowQueue, cron, { job }, { key, tz: zone, missed: "once" });
    } catch (error) {
      // What the database says has a code, and is no fault of the expression.
      if (!(error instanceof Error) || "code" in error) throw error;
      throw new Error(`"${cron}" is no cron expression: ${error.message}`, { cause: error });
    }
  }
}
