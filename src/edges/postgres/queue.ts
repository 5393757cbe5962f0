/** The queue: pg-boss on its own connections, with an intake queue for Slack, one for alerts, one for the flows' own jobs, and one for those that ask a model. */

import { PgBoss } from "pg-boss";
import type { Job } from "../../flows/change.ts";

/** What a source sent; the job's id is the event's, so that a redelivery is the same row. */
export const intakeQueue = "slack";
/** What hooks told of alerts; the job's id is made from the news. */
export const alertQueue = "alerts";
/** Deeds that a flow asked for. */
export const flowQueue = "flow";
/** Those of them that ask a language model: however long it hangs, nothing else waits for a worker. */
export const modelQueue = "model";
/** Jobs that failed for good; kept for people to look at. */
export const deadQueue = "dead";

const queueConnectionsMax = 4;
const superviseEverySeconds = 2;
const keepFinishedSeconds = 2 * 24 * 3600;

/** A connection that went dead without a word is given up after this; migrations may take their time. */
const queryTimeoutMs = 5_000;

/** A worker that dies hands its work on after at most this and one supervision. */
const heartbeatSeconds = 10;

const queueOptions = {
  policy: "standard",
  heartbeatSeconds,
  expireInSeconds: 120,
  /** A day and more at the longest pause: what was acknowledged outlasts an outage of Slack's. A crash counts as a try. */
  retryLimit: 1_500,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  deleteAfterSeconds: keepFinishedSeconds,
  deadLetter: deadQueue,
} as const;

export interface BossOptions {
  readonly url: string;
  /** Whether it sends what is due by a schedule; one of them does, whoever is first. */
  readonly schedules?: boolean;
  /** Only `migrate` and the embedded database change the schema. */
  readonly migrates: boolean;
  readonly onError: (error: Error) => void;
  /** 5,000 by default; migrations are not bounded. */
  readonly queryTimeoutMs?: number;
}

export async function openBoss(options: BossOptions): Promise<PgBoss> {
  // pg-boss hands what it does not know to the driver's pool.
  const pool = options.migrates ? {} : { query_timeout: options.queryTimeoutMs ?? queryTimeoutMs };
  const boss = new PgBoss({
    ...pool,
    connectionString: options.url,
    max: queueConnectionsMax,
    application_name: "hindsight-queue",
    migrate: options.migrates,
    createSchema: options.migrates,
    schedule: options.schedules ?? false,
    superviseIntervalSeconds: superviseEverySeconds,
    monitorIntervalSeconds: superviseEverySeconds,
    connectionTimeoutMillis: 5_000,
  });
  boss.on("error", options.onError);
  await boss.start();
  return boss;
}

export async function createQueues(boss: PgBoss): Promise<void> {
  await boss.createQueue(deadQueue, { retryLimit: 0, retentionSeconds: 14 * 24 * 3600 });
  for (const name of [intakeQueue, alertQueue, flowQueue, modelQueue]) {
    await boss.createQueue(name, queueOptions);
    const { policy: _policy, ...updatable } = queueOptions;
    await boss.updateQueue(name, updatable);
  }
}

/** Of a job that a flow asked for. */
export function queueOf({ kind }: Job): string {
  return kind === "ask-model" || kind === "answer-question" ? modelQueue : flowQueue;
}
