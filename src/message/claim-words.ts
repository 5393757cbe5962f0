/** Bare claims, "it's not the db", beside what they speak of: by whom and when, that no check is recorded, and what was read against them. */

import { counted } from "../evidence/format.ts";
import { speaksOf, type OpenClaim } from "../suggestion/claim-evidence.ts";
import type { About } from "../suggestion/claim.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import { cut, escape, person } from "./escape.ts";
import type { Pen } from "./pen.ts";

const nameMax = 80;
const textMax = 160;
/** Of a step, and of a list as a whole; what stands there is enough to ask those who said it. */
const claimsMax = 3;

/** "@ana ruled the database out 14:06, no check recorded; its p99 is 6× since 14:01." */
function claimLine({ about, by, at, against }: OpenClaim, pen: Pen): string {
  const claimed = `${person(by)} ruled ${nameOf(about)} out ${pen.clock(at)}, no check recorded`;
  if (against === null) return `${claimed}.`;
  return `${claimed}; ${escape(cut(against.text, textMax))} since ${pen.clock(against.since)}.`;
}

function nameOf(about: About): string {
  if (about.kind === "service") return escape(cut(about.service, nameMax));
  return about.thing === "dns" || about.thing === "cpu"
    ? about.thing.toUpperCase()
    : `the ${about.thing}`;
}

/**
 * Under each step what was claimed of it. What was read against a claim stands once: under the first check that looks
 * at it, else the first step that speaks of it.
 */
export function claimsUnder(
  step: Suggestion,
  shown: readonly Suggestion[],
  claims: readonly OpenClaim[],
  pen: Pen,
): readonly string[] {
  return claims
    .filter(({ about }) => speaksOf(about, step))
    .slice(0, claimsMax)
    .map((claim) => {
      const isHere = claim.against !== null && looksAt(claim, shown) === step;
      return isHere
        ? `${claimLine(claim, pen)} Worth ${counted(Math.max(1, Math.round(step.minutes)), "minute")}?`
        : claimLine({ ...claim, against: null }, pen);
    });
}

/** Those that the evidence does not bear out, and that no step which is shown speaks of. */
export function claimsBeside(
  shown: readonly Suggestion[],
  claims: readonly OpenClaim[],
  pen: Pen,
): readonly string[] {
  return claims
    .filter((claim) => claim.against !== null && looksAt(claim, shown) === undefined)
    .slice(0, claimsMax)
    .map((claim) => claimLine(claim, pen));
}

function looksAt({ about }: OpenClaim, shown: readonly Suggestion[]): Suggestion | undefined {
  const speaking = shown.filter((step) => speaksOf(about, step));
  return speaking.find(({ role }) => role === "check") ?? speaking[0];
}

/** Of suspects alone, in the incident's own message: the list says what was read against them. */
export function claimsOnSuspects(claims: readonly OpenClaim[], pen: Pen): readonly string[] {
  return claims
    .filter(({ against }) => against !== null)
    .slice(0, claimsMax)
    .map((claim) => claimLine({ ...claim, against: null }, pen));
}
