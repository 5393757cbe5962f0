/** Workers on the queues: each job settled by itself; whoever finds work wakes the next worker before it begins. */

import type { JobResult, JobWithMetadata as Job, PgBoss } from "pg-boss";
import { errorWords } from "../../error-words.ts";
import { alertQueue, flowQueue, intakeQueue, modelQueue } from "./queue.ts";

/** One of a crew looks this often, for what is due by now and what no wake-up told of. */
const lookEveryMs = 500;
/** A floor of its own beneath that. */
const pollSeconds = 10;
/** A batch holds its worker until its slowest event is over, so there are more workers than batches are likely to be slow. */
const intakeWorkers = 16;
const intakeBatch = 10;
const flowWorkers = 8;
const modelWorkers = 4;
/** Each decision on alerts rests on the one before: more at once would only wait for one another. */
const alertWorkers = 1;
/** What has ended waits at most so long for the slower ones of its batch. */
const settleEveryMs = 250;

export interface QueuedJob {
  readonly id: string;
  readonly data: unknown;
  /** When it came into the queue. */
  readonly since: Date;
  /** 0 at the first run. */
  readonly tries: number;
  /** Where it fails this time too, it is not tried again. */
  readonly isLastTry: boolean;
}

export interface Handlers {
  /** Rejects where the event has to be tried again. */
  readonly slackEvent: (job: QueuedJob) => Promise<void>;
  readonly alerts: (job: QueuedJob) => Promise<void>;
  readonly flowJob: (job: QueuedJob) => Promise<void>;
  readonly onFailure: (queue: string, job: QueuedJob, error: unknown) => void;
}

export interface Workers {
  wake(): void;
}

interface Crew {
  readonly queue: string;
  readonly workers: number;
  readonly batch: number;
  readonly handle: (job: QueuedJob) => Promise<void>;
  readonly onFailure: Handlers["onFailure"];
}

/** They end when the queue is stopped. */
export async function startWorkers(boss: PgBoss, handlers: Handlers): Promise<Workers> {
  const { slackEvent, alerts, flowJob, onFailure } = handlers;
  const intake = { queue: intakeQueue, workers: intakeWorkers, batch: intakeBatch };
  const alert = { queue: alertQueue, workers: alertWorkers, batch: 1 };
  const flow = { queue: flowQueue, workers: flowWorkers, batch: 1 };
  const model = { queue: modelQueue, workers: modelWorkers, batch: 1 };
  const crews = [
    await startCrew(boss, { ...intake, handle: slackEvent, onFailure }),
    await startCrew(boss, { ...alert, handle: alerts, onFailure }),
    await startCrew(boss, { ...flow, handle: flowJob, onFailure }),
    await startCrew(boss, { ...model, handle: flowJob, onFailure }),
  ];
  const wake = (): void => crews.forEach((wakeOne) => wakeOne());
  const looking = setInterval(wake, lookEveryMs);
  boss.once("stopped", () => clearInterval(looking));
  return { wake };
}

/** Gives what wakes one of the crew. */
async function startCrew(boss: PgBoss, crew: Crew): Promise<() => void> {
  const free = new Set<string>();
  let isMissed = false;
  const wakeOne = (): void => {
    const [next] = free;
    isMissed = next === undefined;
    if (next === undefined) return;
    // To the end of the line: one whose connection hangs must not be woken for ever.
    free.delete(next);
    free.add(next);
    boss.notifyWorker(next);
  };
  const startOne = async (): Promise<void> => {
    const id = await boss.work(crew.queue, optionsOf(crew), async (jobs: Job[]) => {
      free.delete(id);
      wakeOne();
      try {
        return await handleBatch(boss, crew, jobs);
      } finally {
        free.add(id);
        if (isMissed) wakeOne();
      }
    });
    free.add(id);
  };
  for (let n = 0; n < crew.workers; n += 1) await startOne();
  return wakeOne;
}

function optionsOf({ batch }: Crew) {
  return {
    batchSize: batch,
    perJobResults: true,
    includeMetadata: true,
    pollingIntervalSeconds: pollSeconds,
  } as const;
}

/** All at once; what has ended is settled while the rest still runs. */
async function handleBatch(
  boss: PgBoss,
  crew: Crew,
  jobs: readonly Job[],
): Promise<JobResult<object>[]> {
  const ended: Ended[] = [];
  const settling = setInterval(() => {
    // Where this fails, pg-boss settles them with the whole batch.
    settle(boss, crew.queue, ended.splice(0)).catch(() => undefined);
  }, settleEveryMs);
  try {
    return await Promise.all(
      jobs.map(async (job) => {
        const result = await handleJob(crew, job);
        ended.push({ ...result, retryCount: job.retryCount });
        return result;
      }),
    );
  } finally {
    clearInterval(settling);
  }
}

/** With the attempt that it was: a later one of the same job is left alone. */
type Ended = JobResult<object> & { readonly retryCount: number };

async function settle(boss: PgBoss, queue: string, ended: readonly Ended[]): Promise<void> {
  const completed = ended.filter(({ status }) => status === "completed");
  if (completed.length > 0) await boss.complete(queue, completed);
  for (const job of ended) {
    if (job.status === "failed") await boss.fail(queue, job, job.output);
  }
}

async function handleJob(
  { queue, handle, onFailure }: Crew,
  { id, data, createdOn, retryCount, retryLimit }: Job,
): Promise<JobResult<object>> {
  const job = {
    id,
    data,
    since: createdOn,
    tries: retryCount,
    isLastTry: retryCount >= retryLimit,
  };
  try {
    await handle(job);
    return { id, status: "completed" };
  } catch (error) {
    onFailure(queue, job, error);
    const output = { message: errorWords(error) };
    return { id, status: "failed", output };
  }
}
