/** Drains the outbox: each channel in order, at most one post a second, held back as long as Slack asks. */

import type { WebClient } from "@slack/web-api";
import { errorWords } from "../../error-words.ts";
import type { OutboxPayload } from "../../flows/change.ts";
import type { DrawChart, Lease, Outbox, OutboxRow } from "../../flows/outbox.ts";
import type { Addresses } from "../../redaction/redact.ts";
import type { ChannelId } from "../../vocabulary.ts";
import { isMark } from "./mark-channel.ts";
import { tokenErrors } from "./outcome-of-call.ts";
import { sendRow } from "./send.ts";

/** Slack's documented pace: one message a second and channel. */
const postPaceMs = 1_000;
/** Rows that are not new posts may follow one another at once, up to this many a turn. */
const rowsPerTurnMax = 10;
const channelsAtOnce = 8;
const pollMs = 500;
const troublePauseMs = 2_000;
const backoffMaxMs = 30_000;
/** After this a message says nothing true any more. */
const ageMaxMs = 24 * 3600 * 1000;

export interface DrainOptions {
  readonly client: WebClient;
  readonly outbox: Outbox;
  readonly now: () => Date;
  readonly draw: DrawChart;
  /** Struck out beside secrets of all that is sent. */
  readonly addresses?: Addresses;
  readonly onSent: (kind: string, ageMs: number) => void;
  /** Something a person may have to mend, in a sentence. */
  readonly onTrouble: (sentence: string) => void;
}

interface Sending extends DrainOptions {
  readonly onRefused: (payload: OutboxPayload, row: OutboxRow, reason: string) => void;
}

export interface Drain extends AsyncDisposable {
  /** Something was written: look at once. */
  wake(): void;
}

export function startDrain(options: DrainOptions): Drain {
  const state = {
    isStopping: false,
    active: new Map<ChannelId, Promise<void>>(),
    alarm: alarmClock(),
  };
  const running = drainAll({ ...options, onRefused: refusals(options.onTrouble) }, state);
  return {
    wake: () => state.alarm.ring(),
    [Symbol.asyncDispose]: async () => {
      state.isStopping = true;
      state.alarm.ring();
      await running;
    },
  };
}

/** What only marks a channel is missed by nobody: that it is refused is said once. */
function refusals(onTrouble: DrainOptions["onTrouble"]): Sending["onRefused"] {
  const said = new Set<string>();
  return (payload, { channel }, reason) => {
    const { kind } = payload;
    if (isMark(payload) && said.has(`${kind} ${reason}`)) return;
    said.add(`${kind} ${reason}`);
    const mend =
      reason === "missing_scope" ? "; install the app again from slack-manifest.json" : "";
    onTrouble(`Slack refused a ${kind} in ${channel}: ${reason}${mend}`);
  };
}

interface Draining {
  isStopping: boolean;
  /** The channels that this process drains already. */
  readonly active: Map<ChannelId, Promise<void>>;
  readonly alarm: Alarm;
}

async function drainAll(options: Sending, state: Draining): Promise<void> {
  const { outbox, onTrouble } = options;
  while (!state.isStopping) {
    state.alarm.set();
    let pauseMs = pollMs;
    try {
      const free = channelsAtOnce - state.active.size;
      const leases = free > 0 ? await outbox.lease(free, [...state.active.keys()]) : [];
      for (const lease of leases) {
        const { channel } = lease;
        const turn = drainChannel(options, lease, state)
          .catch((error: unknown) => onTrouble(`outbox of ${channel}: ${errorWords(error)}`))
          .finally(() => {
            state.active.delete(channel);
            state.alarm.ring();
          });
        state.active.set(channel, turn);
      }
      pauseMs = Math.min(pollMs, (await outbox.nextDueMs()) ?? pollMs) + 5;
    } catch (error) {
      onTrouble(`the outbox cannot be read: ${errorWords(error)}`);
    }
    await state.alarm.sleep(pauseMs);
  }
  await Promise.all(state.active.values());
}

interface Alarm {
  /** From here on a ring counts. */
  set(): void;
  ring(): void;
  /** Until it rings, or so long; not at all where it has rung since it was set. */
  sleep(ms: number): Promise<void>;
}

function alarmClock(): Alarm {
  let hasRung = false;
  let end: (() => void) | null = null;
  return {
    set: () => {
      hasRung = false;
    },
    ring: () => {
      hasRung = true;
      end?.();
    },
    sleep: (ms) =>
      new Promise((resolve) => {
        if (hasRung) return resolve();
        const timer = setTimeout(resolve, ms);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

/** One turn of a channel: until a new post was made, a row has to wait, or nothing is left. */
async function drainChannel(
  options: Sending,
  lease: Lease,
  state: Pick<Draining, "isStopping">,
): Promise<void> {
  // Whatever goes wrong here must not go wrong again at once.
  let notBeforeMs = troublePauseMs;
  try {
    for (let turn = 0; turn < rowsPerTurnMax && !state.isStopping; turn += 1) {
      const row = await options.outbox.first(lease.channel);
      if (row === null) break;
      const wait = await drainRow(options, lease, row);
      if (wait > 0) {
        notBeforeMs = wait;
        return;
      }
    }
    notBeforeMs = 0;
  } finally {
    await options.outbox.release(lease, notBeforeMs);
  }
}

/** Milliseconds that the channel has to wait before its next row. */
async function drainRow(options: Sending, lease: Lease, row: OutboxRow): Promise<number> {
  const { client, outbox, now, draw, onSent, onTrouble } = options;
  const ageMs = now().getTime() - row.createdAt.getTime();
  if (ageMs > ageMaxMs) {
    await outbox.refused(lease, row.id, "not sent within a day");
    return 0;
  }
  const payload = await outbox.attempt(lease, row);
  if (payload === null) return 0;
  const outcome = await sendRow(
    { client, outbox, lease, row, addresses: options.addresses },
    payload,
    draw,
  );
  switch (outcome.kind) {
    case "done":
      await outbox.sent(row.id, outcome.ts);
      onSent(payload.kind, ageMs);
      return outcome.isNewPost ? postPaceMs : 0;
    case "refused":
      await outbox.refused(lease, row.id, outcome.reason);
      options.onRefused(payload, row, outcome.reason);
      return 0;
    case "moot":
      await outbox.refused(lease, row.id, outcome.reason);
      return 0;
    case "held-back":
      if (row.triedAt === null) await outbox.untried(lease, row.id);
      if (tokenErrors.has(outcome.reason)) {
        onTrouble(`Slack says ${outcome.reason}: check SLACK_BOT_TOKEN and the app's scopes`);
      }
      return outcome.afterMs;
    case "unclear":
      onTrouble(`Slack did not answer a ${payload.kind} in ${row.channel}: ${outcome.reason}`);
      return Math.min(backoffMaxMs, 1_000 * 2 ** Math.min(row.attempts, 5));
  }
}
