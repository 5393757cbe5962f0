/** A language model behind any server with OpenAI's chat completions API; all that is sent has its secrets struck out. */

import type OpenAI from "openai";
import type { ModelAnswer, ModelRequest } from "../../model/asked.ts";
import type { IncidentId } from "../../vocabulary.ts";
import type { Addresses } from "../../redaction/redact.ts";
import { fetchWithin, withinSignal } from "../outgoing.ts";
import { openBreaker } from "./breaker.ts";
import { bodyOf, type Served } from "./completion.ts";
import { redactor } from "./redacted.ts";
import { tried, type Send, type Shape } from "./tried.ts";

const timeoutMsUsual = 25_000;
const answerBytesMax = 1_000_000;
const openAi = "https://api.openai.com/v1";

export interface ModelServer {
  readonly model: string;
  /** null: OpenAI's own. */
  readonly baseUrl: string | null;
  readonly apiKey: string | null;
  /** Whether it is asked for JSON by `response_format`; true by default. */
  readonly takesJson?: boolean;
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
  /** Whether it is asked for JSON by `response_format`: until its server has refused that. */
  takesJson(): boolean;
}

function hostOf({ baseUrl }: Pick<ModelServer, "baseUrl">): string {
  return new URL(baseUrl ?? openAi).host;
}

export async function openModel(server: ModelServer): Promise<AskedModel> {
  const timeoutMs = server.timeoutMs ?? timeoutMsUsual;
  const client = await clientOf(server, timeoutMs);
  const breaker = openBreaker(server.now, server.onTurn);
  const { clean, cleanAll } = redactor(server.addresses ?? { emails: true, ips: true });
  const shape: Shape = { served: firstGuess(server) };
  const send: Send = (request, served, signal) =>
    withinSignal(
      signal,
      client.chat.completions
        .create(bodyOf(server.model, request, served), { signal })
        .asResponse(),
    );
  return {
    host: hostOf(server),
    clean,
    takesJson: () => shape.served.hasJsonFormat,
    ask: async (request) => {
      if (!breaker.mayAsk()) return { kind: "away", because: "resting", detail: "", tokens: null };
      const signal = AbortSignal.timeout(timeoutMs);
      const { now } = server;
      const endsAt = now() + timeoutMs;
      return tried({ send, breaker, shape, now, endsAt, signal }, cleanAll(request));
    },
  };
}

/** Loads the package, which takes a moment and 33 MB: only who has a model pays for it. */
async function clientOf(server: ModelServer, timeoutMs: number): Promise<OpenAI> {
  const { default: Client } = await import("openai");
  const baseURL = server.baseUrl ?? openAi;
  const within = fetchWithin({ origin: new URL(baseURL).origin, bytesMax: answerBytesMax });
  return new Client({
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
}

/** OpenAI's newer models take the one limit alone; some other servers know the older one alone and pass over the rest. */
function firstGuess(server: ModelServer): Served {
  const isOpenAis = /(^|\.)openai\.(com|azure\.com)(:\d+)?$/.test(hostOf(server));
  const limit = isOpenAis ? "max_completion_tokens" : "max_tokens";
  return { limit, hasJsonFormat: server.takesJson ?? true };
}
