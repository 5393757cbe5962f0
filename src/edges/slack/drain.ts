/** Drains the outbox: each channel in order, at most one post a second, held back as long as Slack asks. */

import type { WebClient } from "@slack/web-api";
import type { Outbox, OutboxRow } from "../../flows/ports.ts";
import type { ChannelId } from "../../vocabulary.ts";
import { tokenErrors } from "./outcome-of-call.ts";
import { sendRow } from "./send.ts";

/** Slack's documented pace: one message a second and channel. */
const postPaceMs = 1_000;
/** Rows that are not new posts may follow one another at once, up to this many a turn. */
const rowsPerTurnMax = 10;
const channelsAtOnce = 8;
const pollMs = 500;
const backoffMaxMs = 30_000;
/** After this a message says nothing true any more. */
const ageMaxMs = 24 * 3600 * 1000;

export interface DrainOptions {
  readonly client: WebClient;
  readonly outbox: Outbox;
  readonly now: () => Date;
  readonly onSent: (kind: string, ageMs: number) => void;
  /** Something a person may have to mend, in a sentence. */
  readonly onTrouble: (sentence: string) => void;
}

export interface Drain extends AsyncDisposable {
  /** Something was written: look at once. */
  wake(): void;
}

export function startDrain(options: DrainOptions): Drain {
  let stopping = false;
  let awake = false;
  let wakeUp = (): void => undefined;
  const active = new Set<Promise<void>>();

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      if (awake) return resolve();
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = async (): Promise<void> => {
    while (!stopping) {
      awake = false;
      try {
        const free = channelsAtOnce - active.size;
        const channels = free > 0 ? await options.outbox.lease(free) : [];
        for (const channel of channels) {
          const turn = drainChannel(options, channel, () => stopping)
            .catch((error: unknown) => options.onTrouble(`outbox of ${channel}: ${String(error)}`))
            .finally(() => {
              active.delete(turn);
              wake();
            });
          active.add(turn);
        }
        const due = await options.outbox.nextDueMs();
        await pause(Math.min(pollMs, due === null ? pollMs : due + 5));
      } catch (error) {
        options.onTrouble(`the outbox cannot be read: ${String(error)}`);
        await pause(pollMs);
      }
    }
    await Promise.all(active);
  };

  const wake = (): void => {
    awake = true;
    wakeUp();
  };
  const running = loop();
  return {
    wake,
    [Symbol.asyncDispose]: async () => {
      stopping = true;
      wake();
      await running;
    },
  };
}

/** One turn of a channel: until a new post was made, a row has to wait, or nothing is left. */
async function drainChannel(
  options: DrainOptions,
  channel: ChannelId,
  isStopping: () => boolean,
): Promise<void> {
  let notBeforeMs = 0;
  try {
    for (let turn = 0; turn < rowsPerTurnMax && !isStopping(); turn += 1) {
      const row = await options.outbox.first(channel);
      if (row === null) return;
      const wait = await drainRow(options, row);
      if (wait > 0) {
        notBeforeMs = wait;
        return;
      }
    }
  } finally {
    await options.outbox.release(channel, notBeforeMs);
  }
}

/** Milliseconds that the channel has to wait before its next row. */
async function drainRow(options: DrainOptions, row: OutboxRow): Promise<number> {
  const { client, outbox, now, onSent, onTrouble } = options;
  const ageMs = now().getTime() - row.createdAt.getTime();
  if (ageMs > ageMaxMs) {
    await outbox.refused(row.id, "not sent within a day");
    return 0;
  }
  const payload = await outbox.attempt(row);
  if (payload === null) return 0;
  const outcome = await sendRow(client, outbox, row, payload);
  switch (outcome.kind) {
    case "done":
      await outbox.sent(row.id, outcome.ts);
      onSent(payload.kind, ageMs);
      return outcome.isNewPost ? postPaceMs : 0;
    case "refused":
      await outbox.refused(row.id, outcome.reason);
      onTrouble(`Slack refused a ${payload.kind} in ${row.channel}: ${outcome.reason}`);
      return 0;
    case "held-back":
      if (row.triedAt === null) await outbox.untried(row.id);
      if (tokenErrors.has(outcome.reason)) {
        onTrouble(`Slack says ${outcome.reason}: check SLACK_BOT_TOKEN and the app's scopes`);
      }
      return outcome.afterMs;
    case "unclear":
      onTrouble(`Slack did not answer a ${payload.kind} in ${row.channel}: ${outcome.reason}`);
      return Math.min(backoffMaxMs, 1_000 * 2 ** Math.min(row.attempts, 5));
  }
}
