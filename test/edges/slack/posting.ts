/** An outbox on a real database and the local workspace that it is drained into, for the tests. */

import { randomUUID } from "node:crypto";
import type { WebClient } from "@slack/web-api";
import { outboxOn } from "../../../src/edges/postgres/outbox.ts";
import { startDrain, type Drain, type DrainOptions } from "../../../src/edges/slack/drain.ts";
import type { Effect, OutboxPayload, Place } from "../../../src/flows/change.ts";
import type { Outbox } from "../../../src/flows/outbox.ts";
import { listenLocalWorkspace, type LocalWorkspace } from "../../../src/local/workspace.ts";
import { openLog } from "../../../src/program/log.ts";
import { slackClient } from "../../../src/program/slack.ts";
import type { OutboxId } from "../../../src/vocabulary.ts";
import { openStore, type Opened } from "../postgres/opened.ts";
import { until } from "../../until.ts";

export const ana = "U00000000ANA";
export const silentLog = openLog("silent", false);
export const secrets = { signingSecret: "local-signing-secret", botToken: "xoxb-local" };

export interface Posting extends AsyncDisposable {
  readonly slack: LocalWorkspace;
  readonly client: WebClient;
  readonly opened: Opened;
  /** A channel that the bot is in, unless told otherwise. */
  channel(isMember?: boolean): string;
  put(...effects: Effect[]): Promise<void>;
  outbox(): Outbox;
  drain(told?: Partial<DrainOptions>): Draining;
  /** Waits until nothing is pending in the channel, with the waits between its messages cut short. */
  settled(channel: string, drain: Drain): Promise<void>;
  rows(channel: string): Promise<readonly Row[]>;
  /** What the bot has posted in the channel itself, as it reads now. */
  ours(channel: string): readonly Message[];
  texts(channel: string): string[];
  /** What is below a message. */
  replies(channel: string, ts: string): string[];
  calls(channel: string, method: string): ReturnType<LocalWorkspace["calls"]>;
}

type Message = ReturnType<LocalWorkspace["messages"]>[number];

interface Row {
  readonly state: string;
  readonly refusal: string | null;
  readonly attempts: number;
  readonly message_ts: string | null;
}

interface Draining extends Drain {
  readonly troubles: string[];
  readonly sent: string[];
}

export async function openPosting(): Promise<Posting> {
  await using opening = new AsyncDisposableStack();
  const slack = await listenLocalWorkspace({
    ...secrets,
    eventsUrl: "http://127.0.0.1:9/",
    retryDelaysMs: [],
  });
  opening.defer(() => slack.close());
  const opened = opening.use(await openStore([slack.teamId]));
  const client = slackClient({ botToken: secrets.botToken, apiUrl: slack.apiUrl }, silentLog);
  const outbox = () => outboxOn(opened.connection.sql, slack.teamId);
  const stack = opening.move();
  const ours = (channel: string) =>
    slack
      .messages(channel)
      .filter(({ bot_id: bot, subtype }) => bot !== undefined && subtype === undefined);
  return {
    slack,
    client,
    opened,
    outbox,
    channel: (isMember = true) => newChannel(slack, isMember),
    put: async (...effects) => {
      await opened.store.commit({ workspace: slack.teamId, handled: [], effects });
    },
    drain: (told = {}) =>
      draining({ client, outbox: outbox(), now: () => new Date(), draw: noPicture, ...told }),
    settled: (channel, drain) => settled(opened, channel, drain),
    rows: (channel) => opened.sql<Row[]>`
      select state, refusal, attempts, message_ts from outbox
      where channel_id = ${channel} order by seq`,
    ours,
    texts: (channel) => ours(channel).map(({ text }) => text),
    replies: (channel, ts) =>
      slack
        .replies(channel, ts)
        .slice(1)
        .map(({ text }) => text),
    calls: (channel, method) =>
      slack.calls(method).filter(({ args }) => args["channel"] === channel),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function newChannel(slack: LocalWorkspace, isMember: boolean): string {
  const { id } = slack.createChannel({ name: `inc-${randomUUID().slice(0, 8)}`, by: ana });
  if (isMember) slack.invite(id, slack.botUserId);
  return id;
}

function draining(options: Omit<DrainOptions, "onSent" | "onTrouble">): Draining {
  const [troubles, sent]: [string[], string[]] = [[], []];
  const drain = startDrain({
    ...options,
    onSent: (kind) => void sent.push(kind),
    onTrouble: (sentence) => void troubles.push(sentence),
  });
  return { ...drain, troubles, sent };
}

async function settled({ sql }: Opened, channel: string, drain: Drain): Promise<void> {
  await until("nothing is pending", async () => {
    await sql`update outbox_lease set not_before = null where channel_id = ${channel}`;
    drain.wake();
    const pending = await sql`
      select 1 from outbox where channel_id = ${channel} and state = 'pending' limit 1`;
    return pending.length === 0;
  });
}

export const noPicture = (): Promise<Uint8Array> =>
  Promise.reject(new Error("no chart was to be drawn"));

/** In the thread of our message with this key. */
export const under = (key: string): Place => ({ in: "thread", of: { key } });

/** A message of ours; `key` and text are the same where only one is told. */
export function said(
  channel: string,
  text: string,
  { key = text, place = { in: "channel" } }: { key?: string; place?: Place } = {},
): Effect {
  return effect(channel, key, { kind: "message", as: "answer", place, body: { text, blocks: [] } });
}

export function effect(channel: string, key: string, payload: OutboxPayload): Effect {
  const id: OutboxId = `box_${randomUUID()}`;
  return { id, channel, key, payload };
}
