/** A language model behind any server with OpenAI's chat completions API; all that is sent has its secrets struck out. */

import { setTimeout as pause } from "node:timers/promises";
import type { ModelAnswer, ModelRequest } from "../../model/asked.ts";
import type { IncidentId } from "../../vocabulary.ts";
import type { Addresses } from "../../redaction/redact.ts";
import { fetchWithin, withinSignal } from "../outgoing.ts";
import { openBreaker, type Breaker } from "./breaker.ts";
import { bodyOf, replyOf, type Served, type Unfit } from "./completion.ts";
import { failureOf } from "./failure.ts";
import { redactor } from "./redacted.ts";

const timeoutMsUsual = 25_000;
const triesMax = 3;
const answerBytesMax = 1_000_000;
const openAi = "https://api.openai.com/v1";

export interface ModelServer {
  readonly model: string;
  /** null: OpenAI's own. */
  readonly baseUrl: string | null;
  readonly apiKey: string | null;
  /** Struck out beside secrets of all that is sent; both by default. */
  readonly addresses?: Addresses;
  readonly now: () => number;
  /** Hears when it is left alone because it keeps failing, and when it is well again. */
  readonly onTurn: (isResting: boolean) => void;
  /** Of one ask, its tries together; 25,000 by default. */
  readonly timeoutMs?: number;
}

export interface AskedModel {
  /** The server's host, as people are told it. */
  readonly host: string;
  /** As it is sent for that incident: who cuts a text has to do so afterwards, for half a secret is not recognised. */
  clean(incident: IncidentId | null, text: string): string;
  /** Never rejects; takes at most the timeout. */
  ask(request: ModelRequest): Promise<ModelAnswer>;
}

function hostOf({ baseUrl }: Pick<ModelServer, "baseUrl">): string {
  return new URL(baseUrl ?? openAi).host;
}

/** Loads the package, which takes a moment and 33 MB: only who has a model pays for it. */
export async function openModel(server: ModelServer): Promise<AskedModel> {
  const { default: OpenAI } = await import("openai");
  const baseURL = server.baseUrl ?? openAi;
  const timeoutMs = server.timeoutMs ?? timeoutMsUsual;
  const within = fetchWithin({ origin: new URL(baseURL).origin, bytesMax: answerBytesMax });
  const client = new OpenAI({
    baseURL,
    // The package wants one; a server without keys does not look at it.
    apiKey: server.apiKey ?? "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    // Ours ends the ask with all its tries; the package's own only has to come after it.
    timeout: 2 * timeoutMs,
    logLevel: "off",
    fetch: (address, init) => within(address instanceof Request ? address.url : address, init),
  });
  const breaker = openBreaker(server.now, server.onTurn);
  const { clean, cleanAll } = redactor(server.addresses ?? { emails: true, ips: true });
  const shape: Shape = { served: firstGuess(server) };
  const send: Send = (request, served, signal) =>
    withinSignal(
      signal,
      client.chat.completions.create(bodyOf(server.model, request, served), { signal }),
    );
  return {
    host: hostOf(server),
    clean,
    ask: async (request) => {
      if (!breaker.mayAsk()) return away({ because: "resting", detail: "", tokens: null });
      const signal = AbortSignal.timeout(timeoutMs);
      const { now } = server;
      const endsAt = now() + timeoutMs;
      return tried({ send, breaker, shape, now, endsAt, signal }, cleanAll(request));
    },
  };
}

/** OpenAI's newer models take the one limit alone; some other servers know the older one alone and pass over the rest. */
function firstGuess(server: ModelServer): Served {
  const isOpenAis = /(^|\.)openai\.(com|azure\.com)(:\d+)?$/.test(hostOf(server));
  return { limit: isOpenAis ? "max_completion_tokens" : "max_tokens", hasJsonFormat: true };
}

type Send = (request: ModelRequest, served: Served, signal: AbortSignal) => Promise<unknown>;

/** What the server was found to take, kept while the program runs. */
interface Shape {
  served: Served;
}

interface Asking {
  readonly send: Send;
  readonly breaker: Breaker;
  readonly shape: Shape;
  readonly now: () => number;
  /** When the ask has to have ended, by `now`. */
  readonly endsAt: number;
  readonly signal: AbortSignal;
}

async function tried(asking: Asking, request: ModelRequest): Promise<ModelAnswer> {
  const { breaker, shape, endsAt, now } = asking;
  const known = shape.served;
  let served = known;
  for (let tries = 1; ;) {
    // oxlint-disable-next-line no-await-in-loop -- each try follows from what became of the one before
    const outcome = await once(asking, request, served);
    if ("kind" in outcome || outcome.tokens !== null) shape.served = served;
    if ("kind" in outcome) {
      breaker.heard(true);
      return outcome;
    }
    const other = outcome.isOfShape ? otherShape({ served, known }, request, outcome.detail) : null;
    if (other !== null) {
      served = other;
      continue;
    }
    const waitMs = outcome.againAfterMs;
    const isLate = waitMs !== null && now() + waitMs >= endsAt;
    if (waitMs !== null && !isLate && tries < triesMax) {
      tries += 1;
      // oxlint-disable-next-line no-await-in-loop -- as above
      await pause(waitMs, undefined, { signal: asking.signal }).catch(() => undefined);
      continue;
    }
    breaker.heard(isServerWell(outcome), isLate ? waitMs : 0);
    return away(outcome);
  }
}

/** What it answered and was paid for, or did not want to answer, says nothing against the server. */
function isServerWell({ tokens, because }: Unfit): boolean {
  return tokens !== null || because === "too-long" || because === "refused";
}

async function once(
  { send, signal, now }: Asking,
  request: ModelRequest,
  served: Served,
): Promise<Extract<ModelAnswer, { kind: "reply" }> | Unfit> {
  try {
    return replyOf(await send(request, served, signal), request);
  } catch (error) {
    return { ...failureOf(error, now()), tokens: null };
  }
}

/** Another way to write the same, where this server has refused one; null: all that apply were tried. */
function otherShape(
  { served, known }: { readonly served: Served; readonly known: Served },
  { isJson = false }: ModelRequest,
  detail: string,
): Served | null {
  if (/max_(completion_)?tokens/.test(detail) && served.limit === known.limit) {
    const limit = served.limit === "max_tokens" ? "max_completion_tokens" : "max_tokens";
    return { ...served, limit };
  }
  return isJson && served.hasJsonFormat ? { ...served, hasJsonFormat: false } : null;
}

function away({ because, detail, tokens }: Pick<Unfit, "because" | "detail" | "tokens">) {
  return { kind: "away", because, detail, tokens } as const;
}
