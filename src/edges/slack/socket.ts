/** Slack's socket: events as over HTTP, with the acknowledgement in place of the 200; opened again whenever it is lost. */

import { setTimeout as sleep } from "node:timers/promises";
import { LogLevel, SocketModeClient } from "@slack/socket-mode";
import { errorWords } from "../../error-words.ts";
import { sortBody } from "./envelope.ts";
import { outcomeOfError } from "./outcome-of-call.ts";
import { accept } from "./receiver.ts";
import type { EventOutcome, ReceiverOptions } from "./receiver.ts";

/** For `apps.connections.open`. */
const callTimeoutMs = 5_000;
/** From the address to Slack's hello. */
const helloTimeoutMs = 15_000;
const goodbyeTimeoutMs = 2_000;
const firstPauseMs = 1_000;
const pauseMaxMs = 30_000;

export interface SocketOptions extends ReceiverOptions {
  /** Something a person may have to mend, in a sentence; once for a row of equal ones. */
  readonly onTrouble: (sentence: string) => void;
}

export interface Socket extends AsyncDisposable {
  /** Resolves once it is open for the first time. */
  readonly opened: Promise<void>;
  /** Why it is not open, in a sentence; null while it is. */
  readonly trouble: () => string | null;
}

/** Tries until it is open, and again whenever it is lost, until it is disposed of. */
export function openSocket(
  appToken: string,
  apiUrl: string | undefined,
  options: SocketOptions,
): Socket {
  const client = makeClient(appToken, apiUrl);
  client.on("slack_event", (event: SocketEvent) => void acceptFromSocket(event, options));
  const stopping = new AbortController();
  const opened = Promise.withResolvers<void>();
  let trouble: string | null = opening;
  let told: string | null = null;
  const running = keepOpen(client, stopping.signal, (state) => {
    trouble = state === "open" ? null : state === "opening" ? opening : notOpen(state.reason);
    if (state === "open") opened.resolve();
    if (state === "opening") return;
    if (trouble !== null && trouble !== told) options.onTrouble(trouble);
    told = trouble;
  });
  return {
    opened: opened.promise,
    trouble: () => trouble,
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      const left = new AbortController();
      const { signal } = left;
      const late = sleep(goodbyeTimeoutMs, undefined, { signal }).catch(() => undefined);
      await Promise.race([client.disconnect().then(() => running), late]);
      left.abort();
    },
  };
}

/** Its own reconnecting gives up where Slack cannot be reached, and to give up there would end the process. */
function makeClient(appToken: string, apiUrl: string | undefined): SocketModeClient {
  return new SocketModeClient({
    appToken,
    autoReconnectEnabled: false,
    logger: silentLogger,
    clientOptions: {
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: callTimeoutMs,
      ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    },
  });
}

const opening = "Slack's socket is being opened.";

function notOpen(reason: string): string {
  return `Slack's socket is not open (${reason}); check SLACK_APP_TOKEN, an app-level token with connections:write.`;
}

interface Failure {
  readonly reason: string;
  /** Slack asks to wait so long before the next try. */
  readonly afterMs: number;
}

async function keepOpen(
  client: SocketModeClient,
  signal: AbortSignal,
  onState: (state: "open" | "opening" | Failure) => void,
): Promise<void> {
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    const failure = await openOnce(client);
    if (signal.aborted) break;
    onState(failure ?? "open");
    if (failure === null) {
      pauseMs = firstPauseMs;
      // Slack asks for a new connection about hourly.
      await new Promise<void>((resolve) => client.once("disconnected", () => resolve()));
      if (signal.aborted) return;
      onState("opening");
    }
    await sleep(Math.max(pauseMs, failure?.afterMs ?? 0), undefined, { signal }).catch(() => null);
    if (failure !== null) pauseMs = Math.min(pauseMaxMs, pauseMs * 2);
  }
  await client.disconnect();
}

/** null: Slack has said hello. */
async function openOnce(client: SocketModeClient): Promise<Failure | null> {
  let said: unknown = new Error("no connection");
  const hear = (error: unknown): void => {
    said = error;
  };
  client.on("error", hear);
  const tooLong = setTimeout(() => void client.disconnect(), callTimeoutMs + helloTimeoutMs);
  try {
    await client.start();
    return null;
  } catch (error) {
    const outcome = outcomeOfError(error ?? said);
    return { reason: outcome.reason, afterMs: outcome.kind === "held-back" ? outcome.afterMs : 0 };
  } finally {
    clearTimeout(tooLong);
    client.off("error", hear);
  }
}

interface SocketEvent {
  readonly ack: (answer?: object) => Promise<void>;
  readonly body: unknown;
}

async function acceptFromSocket(event: SocketEvent, options: SocketOptions): Promise<void> {
  const started = performance.now();
  const done = (outcome: EventOutcome): void =>
    options.onEvent(outcome, (performance.now() - started) / 1000);
  const envelope = sortBody(event.body);
  if (envelope === null) return done("malformed");
  try {
    const answer = await accept(envelope, options);
    await event.ack(typeof answer === "object" ? answer : undefined);
    done("accepted");
  } catch (error) {
    done("unavailable");
    options.onTrouble(`an event was not taken in, Slack sends it again: ${errorWords(error)}`);
  }
}

/** What matters of it is told by `onTrouble`; by itself it would write to standard output. */
const silentLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
