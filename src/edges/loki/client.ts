/** Asks one server that speaks the Loki HTTP API; only reads, only from the configured origin, bounded in time and bytes. */

import type { z } from "zod";
import { atMost } from "../at-most.ts";
import { credentialHeaders, failureWords, fetchWithin, refusalWords } from "../outgoing.ts";
import type { Fetch, Server } from "../outgoing.ts";

export interface LokiSettings extends Server {
  /** "Loki", or "Loki (eu)" for a named one. */
  readonly name: string;
  readonly key: string;
  readonly fetch?: Fetch | undefined;
  /** One question may take this long; shorter than a source's deadline, so that one slow query does not cost the others. */
  readonly questionTimeoutMs?: number | undefined;
}

/** `said` is a sentence fragment: "HTTP 503", "not JSON". */
type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly said: string };

export interface Question<T> {
  /** Below the base, for instance "/loki/api/v1/query_range". */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly schema: z.ZodType<T>;
}

export type Ask = <T>(question: Question<T>, signal: AbortSignal) => Promise<Answer<T>>;

const concurrencyMax = 6;
const questionTimeoutMsDefault = 4_000;
const answerBytesMax = 8_000_000;

export function clientOf(settings: LokiSettings): Ask {
  const base = new URL(settings.url);
  const headers = credentialHeaders(settings);
  const { fetch: given } = settings;
  const bounds = { origin: base.origin, bytesMax: answerBytesMax };
  const fetch = fetchWithin(given === undefined ? bounds : { ...bounds, fetch: given });
  const timeoutMs = settings.questionTimeoutMs ?? questionTimeoutMsDefault;
  const gate = atMost(concurrencyMax);
  return (question, signal) =>
    gate(async () => {
      try {
        const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
        const response = await fetch(addressOf(settings.url, question), {
          headers,
          signal: bounded,
        });
        return answerOf(response, await response.text(), question.schema);
      } catch (error) {
        return { ok: false, said: failureWords(error) };
      }
    });
}

/** Without credentials, so that it may also be shown. */
export function addressOf(
  server: string,
  { path, parameters = {} }: Pick<Question<unknown>, "path" | "parameters">,
): string {
  const base = new URL(server);
  const address = new URL(base.origin + base.pathname.replace(/\/+$/, "") + path);
  address.search = new URLSearchParams(parameters).toString();
  return address.href;
}

function answerOf<T>(response: Response, text: string, schema: z.ZodType<T>): Answer<T> {
  if (!response.ok) return { ok: false, said: refusalWords(response, text) };
  const body = json(text);
  if (body === undefined) return { ok: false, said: "not JSON" };
  const parsed = schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, said: "not what the Loki API answers" };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
