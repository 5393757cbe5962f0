/** Whether a secret that was found over the end of a line does go on there, or the next line is one of its own. */

import type { Found } from "./find.ts";
import type { Unwrapped } from "./reading.ts";

/** Commits, digests, trace ids and UUIDs, whole. */
const longId =
  /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const shortId = /^[0-9a-f]{7,16}$/i;
/** "checkout-7d9fbc6d4-x2x8q", "db-1.shop.svc" */
const name = /^[a-z][a-z0-9]{0,40}(?:[-._/][a-z0-9]{1,40}){0,12}$/;
const hexLengths = [32, 40, 48, 64];
const tailMin = 8;
const longTailMin = 24;
/** Nothing else stands on the line. */
const ends = /^["'`),;\]}>]{0,6}\s{0,8}(?:\n|$)/;

/** `begun`: where secrets begin that were found in one line. */
export function goesOn(
  { from, to, secret, rank }: Found,
  { text, at, joints, isShort }: Unwrapped,
  begun: ReadonlySet<number>,
): boolean {
  const joint = lastBefore(joints, to);
  // What lies within one line was found there.
  if (joint <= from) return false;
  const isBegun = begun.has(at?.[from] ?? from);
  // A token's own form was not whole without the next line.
  if (!isBegun && (rank < 2 || !isShort)) return true;
  if (/^[0-9a-f]+$/i.test(secret) && hexLengths.includes(secret.length)) return true;
  const tail = text.slice(joint, to);
  if (!isShort) return !longId.test(tail);
  if (tail.length < tailMin || longId.test(tail) || shortId.test(tail) || name.test(tail))
    return false;
  return tail.length >= longTailMin || isMixed(tail) || ends.test(text.slice(to, to + 20));
}

/** No word and no id is. */
function isMixed(tail: string): boolean {
  return /\d/.test(tail) && /[a-z]/.test(tail) && /[A-Z]/.test(tail);
}

/** The greatest below `limit`; -1: there is none. */
function lastBefore(joints: readonly number[], limit: number): number {
  let [low, high] = [0, joints.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((joints[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return joints[low - 1] ?? -1;
}
