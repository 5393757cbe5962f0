/** How a sender shows that it knows the secret: a token in a header, or a signature over the raw bytes. */

import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** "Bearer <token>"; Unleash sends its setting as it stands, so that the bare token counts as well. */
export function bearsToken(secret: string, header: string | undefined): boolean {
  return isSame(secret, (header ?? "").replace(/^Bearer +/i, "").trim());
}

const signaturesMax = 16;

/**
 * HMAC-SHA256 of the body in hexadecimal, with what the sender writes before it. Where the header holds several, parted
 * by commas, one of them has to be right: a sender signs with each secret that is live at its end.
 */
export function isSigned(
  { secret, prefix, body }: { secret: string; prefix: string; body: Buffer },
  header: string | undefined,
): boolean {
  const wanted = prefix + createHmac("sha256", secret).update(body).digest("hex");
  const given = (header ?? "").split(",", signaturesMax);
  return given.some((each) => isSame(wanted, each.trim().toLowerCase()));
}

/** In constant time whatever the lengths: digests are compared, not the texts. */
function isSame(wanted: string, given: string): boolean {
  return timingSafeEqual(digest(wanted), digest(given));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
