/** What a Web API call came to, in the ways that matter to a sender and to a reader. */

import { errorWords } from "../../error-words.ts";

export type CallOutcome =
  | { readonly kind: "done"; readonly ts: string | null; readonly isNewPost: boolean }
  /** Slack said no for good: nothing was posted and trying again is useless. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Nothing is left to do, and nobody has to mend anything. */
  | { readonly kind: "moot"; readonly reason: string }
  /** Nothing was posted; try again after so long. */
  | { readonly kind: "held-back"; readonly afterMs: number; readonly reason: string }
  /** It may or may not have arrived. */
  | { readonly kind: "unclear"; readonly reason: string };

/** Slack's errors that pass by themselves. */
const passing = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
]);

/** The token is at fault, not the message: hold everything back until somebody mends it. */
export const tokenErrors = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "missing_scope",
]);

/** There is nothing here that we may see: for a reader an answer, not a failure. */
const unseen = new Set([
  "channel_not_found",
  "not_in_channel",
  "thread_not_found",
  "message_not_found",
  "user_not_found",
  "user_not_visible",
  "missing_scope",
]);

/** What was to be edited was deleted, or was posted by somebody that we are no more. */
const gone = new Set(["message_not_found", "cant_update_message"]);

const tokenRetryMs = 30_000;

/** Reads what WebClient threw; its error codes are documented in @slack/web-api. */
export function outcomeOfError(error: unknown): Exclude<CallOutcome, { kind: "done" | "moot" }> {
  const code = field(error, "code");
  if (code === "slack_webapi_rate_limited_error") {
    const seconds = Number(field(error, "retryAfter"));
    const afterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 1000;
    return { kind: "held-back", afterMs, reason: "ratelimited" };
  }
  const reason = refusalIn(error);
  if (reason !== null) {
    if (tokenErrors.has(reason)) return { kind: "held-back", afterMs: tokenRetryMs, reason };
    if (reason === "ratelimited") return { kind: "held-back", afterMs: 1000, reason };
    return passing.has(reason) ? { kind: "unclear", reason } : { kind: "refused", reason };
  }
  return { kind: "unclear", reason: errorWords(error) };
}

/** The same for people who read what is missing: "HTTP 503", "Slack's rate limit". */
export function wordsOf(error: unknown): string {
  const status = field(error, "statusCode");
  if (typeof status === "number") return `HTTP ${status}`;
  const { reason } = outcomeOfError(error);
  return reason === "ratelimited" ? "Slack's rate limit" : reason;
}

/** Whether Slack said that there is nothing for us to see; false where it only could not tell. */
export function isUnseen(error: unknown): boolean {
  return unseen.has(refusalIn(error) ?? "");
}

export function isRefusedWith(error: unknown, reason: string): boolean {
  return refusalIn(error) === reason;
}

export function isGone(error: unknown): boolean {
  return gone.has(refusalIn(error) ?? "");
}

/** Slack's own word for why it did not do it; null where Slack said nothing of the kind. */
export function refusalIn(error: unknown): string | null {
  if (field(error, "code") !== "slack_webapi_platform_error") return null;
  const said = field(field(error, "data"), "error");
  return typeof said === "string" ? said : "unknown_error";
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
