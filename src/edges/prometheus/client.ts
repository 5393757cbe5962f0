/** Asks one server that speaks the Prometheus HTTP API; only reads, only from the configured origin, bounded in time and bytes. */

import { z } from "zod";
import { atMost } from "../at-most.ts";
import { credentialHeaders, failureWords, fetchWithin, oneLine } from "../outgoing.ts";
import type { Fetch, Server } from "../outgoing.ts";

export interface PrometheusSettings extends Server {
  /** "Prometheus", or "Prometheus (eu)" for a named one. */
  readonly name: string;
  /** Key of `metrics.source` in the catalog: "" for the unnamed one. */
  readonly key: string;
  readonly fetch?: Fetch | undefined;
  /** One question may take this long; shorter than a source's deadline, so that one slow query does not cost the others. */
  readonly questionTimeoutMs?: number | undefined;
  /** All questions of one reading together; what was answered by then is kept. */
  readonly readingTimeoutMs?: number | undefined;
  /** Milliseconds after which a reading that somebody waits for asks no second question; 600 by default. */
  readonly hurryMs?: number;
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly string[] }
  | {
      readonly ok: false;
      /** A sentence fragment: "HTTP 503", "not JSON". */
      readonly said: string;
      /** The server understood and would not: a smaller question may succeed. */
      readonly isRefusal: boolean;
    };

export interface Question<T> {
  /** Below the base, for instance "/api/v1/query_range". */
  readonly path: string;
  readonly parameters?: readonly (readonly [string, string])[];
  /** Whether the path takes its parameters as a form as well, for what is too long for an address. */
  readonly mayPost?: boolean;
  readonly schema: z.ZodType<T>;
}

export type Ask = <T>(question: Question<T>, signal: AbortSignal) => Promise<Answer<T>>;

/** A little more than the 20 queries that a Prometheus evaluates at once: names and labels are no queries. */
const concurrencyMax = 24;
const questionTimeoutMsDefault = 4_000;
const answerBytesMax = 8_000_000;
const addressLengthMax = 1_500;

export function clientOf(settings: PrometheusSettings): Ask {
  const base = new URL(settings.url);
  const headers = credentialHeaders(settings);
  const fetch = fetchWithin({
    origin: base.origin,
    bytesMax: answerBytesMax,
    ...(settings.fetch ? { fetch: settings.fetch } : {}),
  });
  const timeoutMs = settings.questionTimeoutMs ?? questionTimeoutMsDefault;
  const gate = atMost(concurrencyMax);
  return (question, signal) =>
    gate(async () => {
      try {
        const [address, init] = requestOf(base, question);
        const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
        const response = await fetch(address, {
          ...init,
          headers: { ...headers, ...init.headers },
          signal: bounded,
        });
        return answerOf(response.status, await response.text(), question.schema);
      } catch (error) {
        const said = failureWords(error);
        return { ok: false, said, isRefusal: said.startsWith("more than") };
      }
    });
}

function requestOf(
  base: URL,
  question: Question<unknown>,
): [address: URL, init: { method: string; body?: string; headers?: Record<string, string> }] {
  const address = new URL(base.origin + base.pathname.replace(/\/+$/, "") + question.path);
  const form = new URLSearchParams(
    (question.parameters ?? []).map(([name, value]): [string, string] => [name, value]),
  );
  if (question.mayPost && form.toString().length > addressLengthMax) {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return [address, { method: "POST", body: form.toString(), headers }];
  }
  address.search = form.toString();
  return [address, { method: "GET" }];
}

const failed = z.object({ status: z.literal("error"), error: z.string() });
const succeeded = z.object({
  status: z.literal("success"),
  data: z.unknown(),
  warnings: z.array(z.string()).default([]),
  /** VictoriaMetrics: a part of its storage did not answer. */
  isPartial: z.boolean().default(false),
});

function answerOf<T>(status: number, text: string, schema: z.ZodType<T>): Answer<T> {
  const body = json(text);
  const isRefusal = status === 400 || status === 413 || status === 422;
  const told = failed.safeParse(body);
  if (told.success && (isRefusal || status === 200)) {
    return { ok: false, said: oneLine(told.data.error), isRefusal };
  }
  if (status === 401 || status === 403) {
    return {
      ok: false,
      said: `HTTP ${status}, the credentials are not accepted`,
      isRefusal: false,
    };
  }
  if (status < 200 || status > 299) return { ok: false, said: `HTTP ${status}`, isRefusal };
  if (body === undefined) return { ok: false, said: "not JSON", isRefusal: false };
  const envelope = succeeded.safeParse(body);
  const data = envelope.success ? schema.safeParse(envelope.data.data) : null;
  if (!envelope.success || !data?.success) {
    return { ok: false, said: "not what the Prometheus API answers", isRefusal: false };
  }
  const { warnings, isPartial } = envelope.data;
  const partial = isPartial ? ["the answer is partial"] : [];
  return { ok: true, value: data.data, warnings: [...warnings, ...partial] };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
