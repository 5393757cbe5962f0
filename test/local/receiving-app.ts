/** A small app for tests: an HTTP server that verifies Slack's signatures and keeps what it receives. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import assert from "node:assert/strict";
import { WebClient, type WebAPIPlatformError } from "@slack/web-api";
import { z } from "zod";

export const secrets = { signingSecret: "local-signing-secret", botToken: "xoxb-local" };

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly isSigned: boolean;
  /** The event envelope, the interaction's payload, or the command's fields. */
  readonly body: Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- foreign JSON, read freely by tests
}

type Reaction = {
  status?: number;
  body?: unknown;
  hang?: boolean;
  headers?: Record<string, string>;
};

export interface ReceivingApp extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  /** Decides what the app answers; 200 with nothing by default. */
  answer: (received: Received) => Reaction;
  /** The events received of one type. */
  events(type: string): Record<string, any>[]; // oxlint-disable-line typescript/no-explicit-any -- foreign JSON
}

export async function openReceivingApp(): Promise<ReceivingApp> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const raw = Buffer.concat(chunks).toString();
    const entry = {
      headers: request.headers,
      isSigned: verify(request.headers, raw),
      body: parsed(request.headers["content-type"] ?? "", raw),
    };
    received.push(entry);
    const reaction = app.answer(entry);
    if (reaction.hang === true) return;
    response.writeHead(reaction.status ?? 200, {
      "content-type": "application/json",
      ...reaction.headers,
    });
    response.end(reaction.body === undefined ? "" : JSON.stringify(reaction.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const app: ReceivingApp = {
    url: `http://127.0.0.1:${port}/slack/events`,
    received,
    answer: () => ({}),
    events: (type) =>
      received.filter(({ body }) => body["event"]?.type === type).map(({ body }) => body["event"]),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return app;
}

function parsed(contentType: string, raw: string): Record<string, unknown> {
  if (contentType.includes("json")) return JSON.parse(raw);
  const form = Object.fromEntries(new URLSearchParams(raw));
  return form["payload"] === undefined ? form : JSON.parse(form["payload"]);
}

function verify(headers: IncomingHttpHeaders, raw: string): boolean {
  const timestamp = String(headers["x-slack-request-timestamp"]);
  const expected = createHmac("sha256", secrets.signingSecret)
    .update(`v0:${timestamp}:${raw}`)
    .digest("hex");
  const given = String(headers["x-slack-signature"]);
  return timingSafeEqual(Buffer.from(`v0=${expected}`), Buffer.from(given));
}

export const ana = "U00000000ANA";
export const bo = "U000000000BO";

/** Slack's own client on a local workspace; it does not try again by itself. */
export const clientOf = (slack: { apiUrl: string }, token = secrets.botToken) =>
  new WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });

/** Asserts that a Web API call is refused with this error. */
export async function refused(call: Promise<unknown>, error: string): Promise<void> {
  await assert.rejects(call, (thrown: WebAPIPlatformError) => {
    assert.equal(thrown.data?.error, error);
    return true;
  });
}
