/** Our own Bolt receiver: an event is in the queue before Slack hears 200, and reaches Bolt from there. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { App, Receiver } from "@slack/bolt";
import { readBody } from "../read-body.ts";
import type { Envelope } from "./envelope.ts";
import { parseEnvelope } from "./envelope.ts";
import { isSignedBySlack } from "./signature.ts";

/** Slack's own payloads stay far below. */
const bodyBytesMax = 1_000_000;
/** Slack waits three seconds for an answer; a slow one is worth less than an empty one. */
const answerTimeoutMs = 2_000;

interface Intake {
  /** Resolves once the event is on disk; rejects within a second when that cannot be. */
  put(event: { readonly team: string; readonly key: string; readonly body: object }): Promise<void>;
}

export interface ReceiverOptions {
  readonly intake: Intake;
  readonly now: () => Date;
  /** What a command or a modal gets in the response; undefined: an empty 200. */
  readonly answer: (
    envelope: Extract<Envelope, { kind: "answered" }>,
  ) => Promise<object | undefined>;
  readonly onEvent: (outcome: EventOutcome, seconds: number) => void;
}

export type EventOutcome = "accepted" | "bad-signature" | "too-large" | "malformed" | "unavailable";

/** Handles POST /slack/events; every refusal is an HTTP status and nothing is written. */
export function slackListener(
  signingSecret: string,
  options: ReceiverOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const started = performance.now();
    const finish = (outcome: EventOutcome, status: number, body?: object | string): void => {
      options.onEvent(outcome, (performance.now() - started) / 1000);
      end(response, status, body);
    };
    const body = await readBody(request, bodyBytesMax);
    if (body === undefined) return;
    if (body === null) return finish("too-large", 413, "The body is larger than 1 MB.");
    const signed = {
      timestamp: header(request, "x-slack-request-timestamp"),
      signature: header(request, "x-slack-signature"),
      body,
    };
    if (!isSignedBySlack(signingSecret, signed, options.now())) {
      return finish("bad-signature", 401, "The signature does not match SLACK_SIGNING_SECRET.");
    }
    const envelope = parseEnvelope(header(request, "content-type") ?? "", body);
    if (envelope === null) return finish("malformed", 400, "This is no payload of Slack's.");
    try {
      finish("accepted", 200, await accept(envelope, options));
    } catch {
      finish("unavailable", 503, "The database is away; please send it again.");
    }
  };
}

/** Into the queue; gives what is to be said in the response. */
export async function accept(
  envelope: Envelope,
  { intake, answer }: ReceiverOptions,
): Promise<object | string | undefined> {
  switch (envelope.kind) {
    case "challenge":
      return envelope.challenge;
    case "ssl-check":
      return undefined;
    case "queued":
      await intake.put(envelope);
      return undefined;
    case "answered":
      await intake.put(envelope);
      return withinTime(answer(envelope));
  }
}

async function withinTime(answer: Promise<object | undefined>): Promise<object | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), answerTimeoutMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function end(response: ServerResponse, status: number, body: object | string | undefined): void {
  if (body === undefined) response.writeHead(status).end();
  else if (typeof body === "string") {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(body);
  } else {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }
}

/** The receiver that Bolt is given: it starts nothing, the queue hands events on. */
export function queueReceiver(): Receiver & { hand(body: object, job: string): Promise<void> } {
  let app: App | null = null;
  return {
    init: (bolt) => {
      app = bolt;
    },
    start: async () => undefined,
    stop: async () => undefined,
    /** Rejects when a listener failed, so that the queue tries again. */
    hand: async (body, job) => {
      if (app === null) throw new Error("Bolt has not been started");
      await app.processEvent({
        body,
        ack: async () => undefined,
        customProperties: { job },
      });
    },
  };
}
