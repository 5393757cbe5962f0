/** Workers on the queues: each job settled by itself, all of them woken as soon as something was written. */

import type { Job, JobResult, PgBoss } from "pg-boss";
import { errorWords } from "../../error-words.ts";
import { flowQueue, intakeQueue } from "./queue.ts";

/** pg-boss's floor; the wake-up makes it rarely matter. */
const pollSeconds = 0.5;
const intakeWorkers = 4;
const intakeBatch = 10;
const flowWorkers = 6;

export interface QueuedJob {
  readonly id: string;
  readonly data: unknown;
  /** 0 at the first run. */
  readonly tries: number;
}

export interface Handlers {
  /** Rejects where the event has to be tried again. */
  readonly slackEvent: (job: QueuedJob) => Promise<void>;
  readonly flowJob: (job: QueuedJob) => Promise<void>;
  readonly onFailure: (queue: string, job: QueuedJob, error: unknown) => void;
}

export interface Workers {
  wake(): void;
}

/** They end when the queue is stopped. */
export async function startWorkers(boss: PgBoss, handlers: Handlers): Promise<Workers> {
  const ids: string[] = [];
  const work = async (
    queue: string,
    batchSize: number,
    handle: (job: QueuedJob) => Promise<void>,
  ): Promise<void> => {
    const options = {
      batchSize,
      perJobResults: true,
      pollingIntervalSeconds: pollSeconds,
      burstWhenBatchFull: true,
    } as const;
    ids.push(
      await boss.work<object, object>(queue, options, (jobs) =>
        Promise.all(jobs.map((job) => settle(queue, job, handle, handlers.onFailure))),
      ),
    );
  };
  for (let i = 0; i < intakeWorkers; i += 1) {
    await work(intakeQueue, intakeBatch, handlers.slackEvent);
  }
  for (let i = 0; i < flowWorkers; i += 1) await work(flowQueue, 1, handlers.flowJob);
  return {
    wake: () => {
      for (const id of ids) boss.notifyWorker(id);
    },
  };
}

async function settle(
  queue: string,
  { id, data, retryCount }: Job,
  handle: (job: QueuedJob) => Promise<void>,
  onFailure: Handlers["onFailure"],
): Promise<JobResult<object>> {
  const job = { id, data, tries: retryCount };
  try {
    await handle(job);
    return { id, status: "completed" };
  } catch (error) {
    onFailure(queue, job, error);
    const output = { message: errorWords(error) };
    return { id, status: "failed", output };
  }
}
