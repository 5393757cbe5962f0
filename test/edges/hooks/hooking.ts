/** The hooks on a real HTTP server, with the database behind them, as the program puts them together. */

import { createHmac } from "node:crypto";
import { startHttp } from "../../../src/edges/http/server.ts";
import { openMeter } from "../../../src/edges/http/meter.ts";
import { hookListener, type HookSecrets } from "../../../src/edges/hooks/receiver.ts";
import { keepChangeEvents } from "../../../src/edges/postgres/change-events.ts";
import { enqueueNews } from "../../../src/edges/postgres/enqueue-news.ts";
import { openBoss } from "../../../src/edges/postgres/queue.ts";
import { connect } from "../../../src/edges/postgres/connect.ts";
import { team } from "../postgres/opened.ts";

export const secrets = {
  generic: "generic-secret",
  launchdarkly: "launchdarkly-secret",
  unleash: "unleash-secret",
  flagsmith: "flagsmith-secret",
  alertmanager: "alertmanager-secret",
  grafana: "grafana-secret",
  pagerduty: ["pagerduty-old", "pagerduty-new"] as const,
  github: "github-secret",
} satisfies HookSecrets;

export interface Hooking extends AsyncDisposable {
  readonly port: number;
  /** Ends in /hooks/ */
  readonly url: string;
  /** "generic accepted" */
  readonly outcomes: string[];
  /** Repositories that a push was told of. */
  readonly pushed: string[];
  /** What was said of payloads that were taken. */
  readonly notes: string[];
}

export async function openHooking(
  databaseUrl: string,
  set: HookSecrets = secrets,
): Promise<Hooking> {
  await using opening = new AsyncDisposableStack();
  const { db } = opening.use(connect(databaseUrl));
  const boss = await openBoss({ url: databaseUrl, migrates: false, onError: () => undefined });
  opening.defer(() => boss.stop({ graceful: false, close: true }));
  const keep = keepChangeEvents(db, team);
  const news = enqueueNews(boss, team, () => undefined);
  const outcomes: string[] = [];
  const pushed: string[] = [];
  const notes: string[] = [];
  const hooks = hookListener({
    secrets: set,
    keep: async (events) => {
      await keep(events);
      await news.changes(events);
    },
    enqueue: (deliveries) => news.alerts(deliveries),
    tell: (told) => news.incidents(told),
    unplaced: async (told) =>
      new Map(
        told
          .filter(({ channel }) => channel === "#nowhere")
          .map((each) => [each, `${each.id}: #nowhere cannot be seen.`]),
      ),
    issue: (told) => news.issue(told),
    serviceOf: (repository) => (repository === "acme/shop" ? "checkout" : null),
    pushed: (repository) => void pushed.push(repository),
    onNote: (sentence) => void notes.push(sentence),
    onEvent: (source, outcome) => void outcomes.push(`${source} ${outcome}`),
  });
  const http = opening.use(
    await startHttp(
      { host: "127.0.0.1", port: 0 },
      {
        slackEvents: null,
        hooks,
        local: null,
        postmortems: null,
        page: () => Promise.resolve(null),
        readiness: () => Promise.resolve({ isReady: true, said: "ready" }),
        meter: openMeter(() => Promise.resolve([])),
        onError: () => undefined,
      },
    ),
  );
  const stack = opening.move();
  return {
    port: http.port,
    url: `http://127.0.0.1:${http.port}/hooks/`,
    outcomes,
    pushed,
    notes,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export async function post(
  url: string,
  body: string | Buffer | object,
  headers: Readonly<Record<string, string>>,
): Promise<[number, string]> {
  const isRaw = typeof body === "string" || Buffer.isBuffer(body);
  const text = isRaw ? body : JSON.stringify(body);
  const response = await fetch(url, { method: "POST", body: text, headers });
  return [response.status, (await response.text()).trim()];
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

export function signature(secret: string, body: object | string): string {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return createHmac("sha256", secret).update(text).digest("hex");
}
