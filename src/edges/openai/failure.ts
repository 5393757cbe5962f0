/** What became of one request that gave no reply: why, in the server's words, and whether it is worth another try. */

import { z } from "zod";
import type { AwayBecause } from "../../model/away.ts";
import { redact } from "../../redaction/redact.ts";
import { failureWords, oneLine } from "../outgoing.ts";

export interface Failure {
  readonly because: AwayBecause;
  /** For the log and the doctor. */
  readonly detail: string;
  /** It may go better in so many milliseconds; null: it will not. */
  readonly againAfterMs: number | null;
  /** The server did not take the request as it was written. */
  readonly isOfShape: boolean;
  /** A model may have worked at it, which is paid for whether or not its answer came. */
  readonly isPaid: boolean;
}

const soonMs = 500;

/** As the package throws it, with the fields that are used; what it throws for a status has one. */
interface Thrown {
  readonly status: number;
  readonly message: string;
  readonly code: string;
  readonly headers: Headers | null;
}

interface Asked {
  readonly now: number;
  /** Functions were offered. */
  readonly hasTools: boolean;
}

export function failureOf(error: unknown, asked: Asked): Failure {
  const thrown = thrownOf(error);
  return thrown === null ? connectionFailure(error) : refusalOf(thrown, asked);
}

export function failure(
  because: AwayBecause,
  detail: string,
  more: Partial<Failure> = {},
): Failure {
  return { because, detail, againAfterMs: null, isOfShape: false, isPaid: false, ...more };
}

function thrownOf(error: unknown): Thrown | null {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") {
    return null;
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const headers = "headers" in error && error.headers instanceof Headers ? error.headers : null;
  return { status: error.status, message: error.message, code, headers };
}

const Refusal = z.object({
  error: z.object({ message: z.string(), code: z.union([z.number(), z.string()]).nullish() }),
  choices: z.undefined().optional(),
});

/** What a router refuses once it has begun to answer with 200, as an error with its status; null: it is none. */
export function refusalIn(answer: unknown, headers: Headers): Error | null {
  const { data } = Refusal.safeParse(answer);
  if (data === undefined) return null;
  const { message, code } = data.error;
  const status = Number(code);
  const isStatus = Number.isInteger(status) && status >= 400 && status < 600;
  return Object.assign(new Error(message), {
    status: isStatus ? status : 500,
    code: String(code ?? ""),
    headers,
  });
}

function connectionFailure(error: unknown): Failure {
  if (error instanceof SyntaxError) {
    return failure("failed", "not JSON", { againAfterMs: soonMs, isPaid: true });
  }
  const detail = failureWords(error);
  if (detail.startsWith("more than")) return failure("senseless", detail, { isPaid: true });
  if (detail === "no answer in time") return failure("no-answer", detail, { isPaid: true });
  const isPaid = detail.startsWith("connection closed");
  return failure("unreachable", detail, { againAfterMs: soonMs, isPaid });
}

const tooLong =
  /context[_ ](?:length|size|window)|maximum context|too many tokens|prompt is too long|exceeds? .{0,40}context|input is too long/i;
const usedUp =
  /insufficient[_ ](?:quota|balance|credits)|billing[_ ](?:hard|not|to be)|credit balance|exceeded your current quota/i;
const noModel =
  /model_not_found|(?:invalid|unknown|no such|not a valid) model|model .{0,80}(?:not found|not exist|not available)/i;
const notServed =
  /unsupported_country|\b(?:country|countries|region|territory|location)\b.{0,60}not (?:supported|available|allowed)|not (?:supported|available|allowed) in your (?:country|region|location)/i;
/** llama.cpp says it with 500, a router with 404. */
const ofTools = /\btools?\b|function.?call|\bjinja\b|chat.?template/i;
const filtered = /content_filter|content management policy/i;

/** By the statuses and codes of OpenAI, vLLM, Ollama and llama.cpp. */
function refusalOf({ status, message, code, headers }: Thrown, { now, hasTools }: Asked): Failure {
  const detail = redact(oneLine(message));
  const all = `${code} ${message}`;
  const isOurs = status === 400 || status === 422;
  if (status === 402 || usedUp.test(all)) return failure("quota", detail);
  if ((isOurs || status === 403) && noModel.test(all)) return failure("unknown-model", detail);
  if (status === 403 && notServed.test(all)) return failure("not-served-here", detail);
  if (status === 401 || status === 403) return failure("wrong-key", detail);
  if (hasTools && ofTools.test(message)) return failure("no-tools", detail);
  if (status === 404) return failure("unknown-model", detail);
  if (status === 429) {
    return failure("rate-limited", detail, { againAfterMs: retryAfterMs(headers, now) ?? 1_000 });
  }
  if (status === 413 || tooLong.test(all)) return failure("too-long", detail);
  if (filtered.test(all)) return failure("refused", detail);
  // Where tools were offered, they are the likeliest thing that it does not know.
  if (isOurs) return failure(hasTools ? "no-tools" : "failed", detail, { isOfShape: true });
  const isPassing = status >= 500 || status === 408 || status === 409;
  const again = isPassing ? (retryAfterMs(headers, now) ?? soonMs) : null;
  return failure("failed", detail, { againAfterMs: again, isPaid: gaveUpWaiting.has(status) });
}

/** A gateway says so of a model that it has asked; Cloudflare by a number of its own. */
const gaveUpWaiting: ReadonlySet<number> = new Set([408, 504, 524]);

/** `Retry-After` in seconds or as a date, `retry-after-ms` as OpenAI has it. */
function retryAfterMs(headers: Headers | null, now: number): number | null {
  const exact = Number(headers?.get("retry-after-ms") ?? Number.NaN);
  if (exact >= 0) return exact;
  const told = headers?.get("retry-after") ?? "";
  if (/^\d+(\.\d+)?$/.test(told.trim())) return Number(told) * 1_000;
  const at = Date.parse(told);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
