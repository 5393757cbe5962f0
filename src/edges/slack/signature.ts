/** Slack's request signature: HMAC-SHA256 over version, time and raw body, good for five minutes each way. */

import { createHmac, timingSafeEqual } from "node:crypto";

const windowSeconds = 300;

export interface SignedRequest {
  /** X-Slack-Request-Timestamp, Unix seconds. */
  readonly timestamp: string | undefined;
  /** X-Slack-Signature. */
  readonly signature: string | undefined;
  readonly body: Buffer;
}

/** False for a wrong, missing, stale, future or malformed signature. */
export function isSignedBySlack(secret: string, request: SignedRequest, now: Date): boolean {
  const { timestamp, signature, body } = request;
  if (timestamp === undefined || signature === undefined) return false;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > windowSeconds) return false;
  const wanted = Buffer.from(
    `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest("hex")}`,
  );
  const given = Buffer.from(signature);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
