/** How a sender shows that it knows the secret: a token in a header, or a signature over the raw bytes. */

import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** "Bearer <token>"; Unleash sends its setting as it stands, so that the bare token counts as well. */
export function bearsToken(secret: string, header: string | undefined): boolean {
  return isSame(secret, (header ?? "").replace(/^Bearer +/i, "").trim());
}

/** HMAC-SHA256 of the body in hexadecimal, as LaunchDarkly and Flagsmith sign. */
export function isSigned(secret: string, header: string | undefined, body: Buffer): boolean {
  const wanted = createHmac("sha256", secret).update(body).digest("hex");
  return isSame(wanted, (header ?? "").trim().toLowerCase());
}

/** In constant time whatever the lengths: digests are compared, not the texts. */
function isSame(wanted: string, given: string): boolean {
  return timingSafeEqual(digest(wanted), digest(given));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
