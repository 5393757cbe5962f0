/** Why GitHub gave no answer, in the words that a channel reads. */

import { z } from "zod";
import { failureWords } from "../outgoing.ts";

export interface Refusal {
  /** A sentence fragment: "rate limit until 14:32 UTC". */
  readonly said: string;
  /** HTTP status; null where no answer came. */
  readonly status: number | null;
}

const answered = z.object({
  status: z.number(),
  message: z.string(),
  response: z.object({ headers: z.record(z.string(), z.unknown()) }),
});

export function refusalOf(error: unknown, repo: string | null): Refusal {
  const parsed = answered.safeParse(error);
  if (!parsed.success) return { said: failureWords(error), status: null };
  const { status, message, response } = parsed.data;
  return { said: words(status, message, response.headers, repo), status };
}

function words(
  status: number,
  message: string,
  headers: Readonly<Record<string, unknown>>,
  repo: string | null,
): string {
  if (status === 401) return "GitHub refused the token";
  if (status === 404 && repo !== null) return `${repo} not found or not visible to the token`;
  if (status === 403 || status === 429) {
    const isLimit = headers["x-ratelimit-remaining"] === "0" || /rate limit/i.test(message);
    return isLimit || status === 429 ? limitWords(headers) : "HTTP 403, not allowed to the token";
  }
  return `HTTP ${status}`;
}

/** Until when, from the reset time or from `Retry-After` and the answer's own date. */
function limitWords(headers: Readonly<Record<string, unknown>>): string {
  const after = Number(headers["retry-after"] ?? Number.NaN);
  const answeredAt = Date.parse(String(headers["date"]));
  const waited = answeredAt + after * 1000;
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN) * 1000;
  const until = new Date(Number.isNaN(waited) ? reset : waited);
  return Number.isNaN(until.getTime())
    ? "rate limit"
    : `rate limit until ${until.toISOString().slice(11, 16)} UTC`;
}
