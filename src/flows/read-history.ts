/** Reads what was said in an incident's channel before the bot came or while it was away: a page a job, each stored with the job of the next. */

import type { MessageTs } from "../vocabulary.ts";
import type { NewJob } from "./change.ts";
import type { HistoryMessage, HistoryPage, HistorySpan } from "./chat.ts";
import { historyOf } from "./history-to-read.ts";
import { keptOf } from "./keep-messages.ts";
import type { HistoryJob, ThreadToRead } from "./message-change.ts";
import { answerMissed, nameMissed } from "./missed-mentions.ts";
import type { World } from "./ports.ts";

/** Of one reading, threads included. */
const messagesMax = 500;
const threadsMax = 20;
/** The join is on its way, or Slack is held to its rate: at most so often between two pages. */
const waitsMax = 40;
const firstWaitMs = 250;
const longestWaitMs = 30_000;

type Read = Extract<HistoryPage, { kind: "read" }>;

/** Of a thread that was deleted since. */
const nothing: Read = { kind: "read", messages: [], firstTs: null, lastTs: null, hasMore: false };

/** After the program, or its database, was away: the gap of each channel whose incident is open. */
export async function catchUpOnHistory(world: World): Promise<void> {
  const { workspace, store } = world;
  const open = await store.openChannels(workspace, null);
  const because = `after ${world.newId()}`;
  const jobs = open.map((each) => historyOf(world, each, because));
  if (jobs.length > 0) await store.commit({ workspace, handled: [], jobs });
}

/** Nothing where the incident is over, or has moved to another channel. */
export async function readHistory(world: World, id: string, job: HistoryJob): Promise<void> {
  const { workspace, store, chat } = world;
  if (await store.wasHandled(workspace, [id])) return;
  const open = await store.openChannels(workspace, [job.channel]);
  if (!open.some(({ incident }) => incident === job.incident)) return;
  const told = await chat.history(job.channel, spanOf(job));
  const page = told.kind === "unseen" && job.isBack ? nothing : told;
  if (page.kind !== "read") return putOff(world, id, job, page);
  const fresh = page.messages.filter(
    ({ ts, user }) => Number(ts) > Number(job.after) && user !== world.botUser,
  );
  const said = fresh.slice(0, messagesMax - job.stored).map(keptOf);
  const missed = [...(job.missed ?? []), ...(await answerMissed(world, job, fresh))];
  const next = nextOf({ ...job, stored: job.stored + said.length, waits: 0, missed }, page);
  const isOver = next.stored >= messagesMax || (next.isBack && next.threads.length === 0);
  if (isOver) await nameMissed(world, next);
  const readTo = isOver && next.newest !== null ? { readTo: next.newest } : {};
  await store.commit({
    workspace,
    handled: [id],
    messages: { channel: job.channel, said, ...readTo },
    jobs: isOver ? weighing(world, id, next) : [{ id: world.idOf(`${id} next`), job: next }],
  });
}

/** The channel goes backward, a thread forward. */
function spanOf({ isBack, before, threads }: HistoryJob): HistorySpan {
  const [thread] = threads;
  return isBack && thread !== undefined
    ? { thread: thread.ts, after: thread.after, before: null }
    : { thread: null, after: null, before };
}

function nextOf(job: HistoryJob, { messages, firstTs, lastTs: last, hasMore }: Read): HistoryJob {
  const hasNext = hasMore && last !== null;
  const [thread, ...others] = job.threads;
  if (job.isBack && thread !== undefined) {
    return { ...job, threads: hasNext ? [{ ...thread, after: last }, ...others] : others };
  }
  const threads = [...job.threads, ...threadsIn(messages, job.after)].slice(0, threadsMax);
  const newest = job.newest ?? firstTs;
  const isBack = !hasNext || Number(last) <= Number(job.after);
  return { ...job, threads, newest, isBack, before: last ?? job.before };
}

/** Those with an answer that is newer, though they may have begun before. */
function threadsIn(messages: readonly HistoryMessage[], after: MessageTs): ThreadToRead[] {
  return messages
    .filter(({ lastReplyTs }) => lastReplyTs !== null && Number(lastReplyTs) > Number(after))
    .map(({ ts }) => ({ ts, after }));
}

/** Where nothing was stored nothing changes what is proposed. */
function weighing(world: World, id: string, { channel, incident, stored }: HistoryJob): NewJob[] {
  if (stored === 0) return [];
  const job = { kind: "weigh-history", channel, incident, waits: 0 } as const;
  return [{ id: world.idOf(`${id} weigh`), job }];
}

/** The same page later; in the end it is left, and the readings see the newest messages alone. */
async function putOff(
  world: World,
  id: string,
  job: HistoryJob,
  page: Exclude<HistoryPage, Read>,
): Promise<void> {
  const { workspace, store } = world;
  const { channel, waits } = job;
  if (waits >= waitsMax) {
    world.trouble(
      `the history of ${channel} was not read: Slack gave no page after ${waits} waits`,
    );
    return;
  }
  const unseenMs = Math.min(longestWaitMs, firstWaitMs * 2 ** waits);
  const afterMs = page.kind === "later" ? page.afterMs : unseenMs;
  const startAfter = new Date(world.now().getTime() + afterMs);
  const next = { id: world.idOf(`${id} later`), job: { ...job, waits: waits + 1 }, startAfter };
  await store.commit({ workspace, handled: [id], jobs: [next] });
}
