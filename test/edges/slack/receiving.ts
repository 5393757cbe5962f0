/** The receiver on a real HTTP server, with the queue behind it, as the program puts it together. */

import { createHmac } from "node:crypto";
import { startHttp } from "../../../src/edges/http/server.ts";
import { openMeter } from "../../../src/edges/http/meter.ts";
import { groupCommit } from "../../../src/edges/postgres/group-commit.ts";
import { openBoss } from "../../../src/edges/postgres/queue.ts";
import { answerOf } from "../../../src/edges/slack/answer.ts";
import { slackListener, type ReceiverOptions } from "../../../src/edges/slack/receiver.ts";

const signingSecret = "local-signing-secret";

export interface Receiving extends AsyncDisposable {
  readonly url: string;
  readonly outcomes: string[];
  readonly errors: unknown[];
  readonly options: ReceiverOptions;
}

/** `now`: what the receiver takes for the time. */
export async function openReceiving(
  databaseUrl: string,
  now: () => Date = () => new Date(),
): Promise<Receiving> {
  await using opening = new AsyncDisposableStack();
  const bossOptions = { migrates: false, onError: () => undefined, queryTimeoutMs: 1_000 };
  const boss = await openBoss({ url: databaseUrl, ...bossOptions });
  opening.defer(() => boss.stop({ graceful: false, close: true }));
  const [outcomes, errors]: [string[], unknown[]] = [[], []];
  const options: ReceiverOptions = {
    intake: groupCommit(boss, () => undefined),
    now,
    answer: (envelope) => Promise.resolve(answerOf(envelope)),
    onEvent: (outcome) => void outcomes.push(outcome),
  };
  const http = opening.use(
    await startHttp(
      { host: "127.0.0.1", port: 0 },
      {
        slackEvents: slackListener(signingSecret, options),
        hooks: null,
        local: null,
        postmortems: null,
        page: () => Promise.resolve(null),
        readiness: () => Promise.resolve({ isReady: true, said: "ready" }),
        meter: openMeter(() => Promise.resolve([])),
        onError: (error) => void errors.push(error),
      },
    ),
  );
  const stack = opening.move();
  return {
    url: `http://127.0.0.1:${http.port}/slack/events`,
    outcomes,
    errors,
    options,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export interface Signing {
  readonly secret?: string;
  /** Unix seconds; now by default. */
  readonly at?: number | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The headers that Slack would send with this body. */
export function signed(body: string, told: Signing = {}): Record<string, string> {
  const at = String(told.at ?? Math.floor(Date.now() / 1000));
  const mac = createHmac("sha256", told.secret ?? signingSecret).update(`v0:${at}:${body}`);
  return {
    "content-type": "application/json",
    "x-slack-request-timestamp": at,
    "x-slack-signature": `v0=${mac.digest("hex")}`,
    ...told.headers,
  };
}

export function deliver(url: string, body: string, told: Signing = {}): Promise<Response> {
  return fetch(url, { method: "POST", body, headers: signed(body, told) });
}

export function mention(eventId: string, text = "<@UBOT> help"): string {
  const event = { type: "app_mention", channel: "C1", ts: "1.1", user: "U1", text };
  return JSON.stringify({ type: "event_callback", team_id: "T1", event_id: eventId, event });
}

export const asForm = { "content-type": "application/x-www-form-urlencoded" };
