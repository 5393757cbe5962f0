/** Group commit into the queue: whatever arrives while one insert is under way goes into the next. */

import type { PgBoss } from "pg-boss";
import { v5 as uuidv5 } from "uuid";
import { intakeQueue } from "./queue.ts";
import { isUnstorable, storable } from "./storable.ts";

/** A sender must hear 503 within a second when the database is away. */
const commitTimeoutMs = 900;
/** An arbitrary constant namespace: only that it never changes counts. */
const namespace = "6f0b8c1e-5d0a-4d5c-9d1b-3f6f0f3d7a10";

export interface IntakeEvent {
  readonly team: string;
  /** The sender's own id of it. */
  readonly key: string;
  readonly body: object;
}

/** The same workspace, source and key are the same job, for as long as the queue keeps it. */
export function jobIdOf(...words: readonly string[]): string {
  return uuidv5(words.join("\u0000"), namespace);
}

/** A job as it stands in a queue; the same id is the same job. */
export interface Row {
  readonly id: string;
  readonly data: object;
}

interface Into {
  readonly queue: string;
  readonly batchMax: number;
  /** With the database away rows are refused, not hoarded. */
  readonly waitingMax: number;
}

const slackEvents: Into = { queue: intakeQueue, batchMax: 500, waitingMax: 10_000 };

interface Waiting extends Row {
  /** Answered already: by the queue, or with a refusal after `commitTimeoutMs`. */
  isSettled: boolean;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** What Slack sent, each a job of the intake queue. */
export function groupCommit(
  boss: PgBoss,
  afterCommit: () => void,
): { readonly put: (event: IntakeEvent) => Promise<void> } {
  const { put } = groupCommitInto(boss, slackEvents, afterCommit);
  return { put: ({ team, key, body }) => put({ id: jobIdOf(team, "slack", key), data: { body } }) };
}

/** Resolves once the row is committed; rejects after 900 ms, and what is committed later is the same row at the next try. */
export function groupCommitInto(
  boss: PgBoss,
  { queue, batchMax, waitingMax }: Into,
  afterCommit: () => void,
): { readonly put: (row: Row) => Promise<void> } {
  const waiting: Waiting[] = [];
  let isWriting = false;

  const writeAll = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, batchMax).filter(({ isSettled }) => !isSettled);
      if (batch.length > 0 && (await writeBatch(boss, queue, batch))) afterCommit();
    }
    isWriting = false;
  };

  return {
    put: (row) =>
      new Promise<void>((resolve, reject) => {
        if (waiting.length >= waitingMax) {
          reject(new Error(`${waitingMax} rows wait already`));
          return;
        }
        waiting.push(waitingFor(row, resolve, reject));
        if (!isWriting) void writeAll();
      }),
  };
}

/** One insert; true when it was committed in time. One that hangs is left behind, so that it holds nothing else up. */
async function writeBatch(
  boss: PgBoss,
  queue: string,
  batch: readonly Waiting[],
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(noAnswer)), commitTimeoutMs);
  });
  try {
    await Promise.race([insert(boss, queue, batch), late]);
    for (const row of batch) row.resolve();
    return true;
  } catch (error) {
    const reason = new Error("the queue did not take it", { cause: error });
    for (const row of batch) row.reject(reason);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const noAnswer = `the queue did not answer in ${commitTimeoutMs} ms`;

/** The same row twice in a batch is one. */
async function insert(boss: PgBoss, queue: string, batch: readonly Waiting[]): Promise<void> {
  const jobs = new Map(batch.map(({ id, data }) => [id, { id, data }]));
  try {
    await boss.insert(queue, [...jobs.values()], { returnId: false });
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    // One odd text must not turn its neighbours away, nor come back for ever.
    await boss.insert(queue, storable([...jobs.values()]), { returnId: false });
  }
}

function waitingFor(row: Row, resolve: () => void, reject: (error: Error) => void): Waiting {
  const timer = setTimeout(() => waiting.reject(new Error(noAnswer)), commitTimeoutMs);
  const settle = (): void => {
    clearTimeout(timer);
    waiting.isSettled = true;
  };
  const waiting: Waiting = {
    ...row,
    isSettled: false,
    resolve: () => {
      settle();
      resolve();
    },
    reject: (error) => {
      settle();
      reject(error);
    },
  };
  return waiting;
}
