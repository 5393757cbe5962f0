/** The real Bolt behind a receiver and its queue, fed by a local workspace; every listener only notes what it hears. */

import { startWorkers } from "../../../src/edges/postgres/workers.ts";
import type { Listeners } from "../../../src/edges/slack/heard.ts";
import { listenLocalWorkspace, type LocalWorkspace } from "../../../src/local/workspace.ts";
import { identify, slackClient, startBolt } from "../../../src/program/slack.ts";
import { until } from "../../until.ts";
import { openStore, type Opened } from "../postgres/opened.ts";
import { secrets, silentLog } from "./posting.ts";
import { openReceiving, type Receiving } from "./receiving.ts";

export type Heard = { readonly what: keyof Listeners; readonly text?: unknown } & Readonly<
  Record<string, unknown>
>;

const listening: Readonly<Record<keyof Listeners, true>> = {
  channelSeen: true,
  channelChanged: true,
  channelDeleted: true,
  invited: true,
  joined: true,
  mentioned: true,
  filesShared: true,
  said: true,
  topicSet: true,
  messageStands: true,
  messageGone: true,
  reacted: true,
  ownMessage: true,
  clicked: true,
  commanded: true,
  submitted: true,
};

/** Notes what is heard; the first time that a text holds "stumble" the listener fails. */
function noting(heard: Heard[]): Listeners {
  let hasStumbled = false;
  const note = (what: keyof Listeners) => (event: object) => {
    if (JSON.stringify(event).includes("stumble") && !hasStumbled) {
      hasStumbled = true;
      return Promise.reject(new Error("stumbled"));
    }
    heard.push({ what, ...event });
    return Promise.resolve();
  };
  const names = Object.keys(listening);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one for each name of the record above
  return Object.fromEntries(names.map((name) => [name, note(name as keyof Listeners)])) as never;
}

export interface Hearing extends AsyncDisposable {
  readonly opened: Opened;
  readonly receiving: Receiving;
  readonly slack: LocalWorkspace;
  readonly heard: Heard[];
  readonly failures: string[];
  readonly wake: () => void;
  /** The first of its kind that is so. */
  readonly hear: (what: keyof Listeners, where?: (event: Heard) => boolean) => Promise<Heard>;
}

export async function openHearing(): Promise<Hearing> {
  await using stack = new AsyncDisposableStack();
  const heard: Heard[] = [];
  const failures: string[] = [];
  const opened = stack.use(await openStore());
  const receiving = stack.use(await openReceiving(opened.url));
  const slack = await listenLocalWorkspace({
    ...secrets,
    eventsUrl: receiving.url,
    retryDelaysMs: [100],
  });
  stack.defer(() => slack.close());
  const access = { botToken: secrets.botToken, apiUrl: slack.apiUrl };
  const identity = await identify(slackClient(access, silentLog));
  const bolt = await startBolt(access, identity, noting(heard), silentLog);
  const workers = await startWorkers(opened.boss, {
    slackEvent: ({ id, data }) => bolt.hand(Reflect.get(Object(data), "body"), id),
    alerts: () => Promise.resolve(),
    flowJob: () => Promise.resolve(),
    onFailure: (queue, _job, error) => void failures.push(`${queue}: ${String(error)}`),
  });
  const hear: Hearing["hear"] = (what, where = () => true) =>
    until(`${what} is heard`, () => {
      workers.wake();
      return heard.find((event) => event.what === what && where(event));
    });
  const kept = stack.move();
  const parts = { opened, receiving, slack, heard, failures, wake: () => workers.wake(), hear };
  return { ...parts, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
