/** Values that are told with what they were, or with "now": "limit went from 512Mi to 2Gi", "pool is at 40 now", "24 workers instead of 8". */

import type { DeedKind } from "../vocabulary.ts";
import type { Place } from "./deed-verbs.ts";

const number = String.raw`(\d[\d.,]*)\s?(k|m|g|t|ki|mi|gi|kb|mb|gb|ms|s|sec|seconds?|min|minutes?|millis)?\b`;
const fromTo = new RegExp(
  String.raw`^(?:'s)?(?:[ :=]+(?!(?:usage|used|use|waits?|errors?)\b)[a-z][\w./-]*){0,4}?[ :=]+(?:from )?${number}(?:\s*(?:->|→|=>|-+>)\s*| (?:up |down )?to )${number}`,
);
const upTo = new RegExp(
  String.raw`^(?:'s)?(?: (?:size|limit|limits|count|max|maximum|on \S+|of \S+|for \S+|to (?!\d)\S+))*(?:'s|'re|(?: (?:is|are|sits?|stands?|set|at|was|were|went|goes|came))+)?(?: (?:now|up|down|up to|down to|to|at|on|already|back))*(?: (?:now|up to|down to|up|down))(?: (?:at|to|on))? ${number}`,
);
const isNow = new RegExp(
  String.raw`^(?:'s)?(?: (?:size|limit|limits|count|max|maximum|on \S+|of \S+|for \S+|to (?!\d)\S+))*(?: is| are|'s|'re| at| sits at| to| set to)+ ${number}(?: [a-z]+)?(?: now| instead of| up from| down from| \(was)`,
);
const beforeThing = /(?:\bfrom )?\b(\d+) ?(?:to|->|→|=>) ?(\d+) (?:\w+ )?$/;
const inPlace =
  /^(?: (?:running|up|live|online|in total|ready|on it|active))?(?: now)?(?: instead of \d+| now$| \(was)|^ more (?:on|for|in|up|running|now|online|started)\b/;
const unitsOf: Readonly<Record<string, number>> = {
  k: 1e3,
  ki: 1e3,
  kb: 1e3,
  m: 1e6,
  mi: 1e6,
  mb: 1e6,
  g: 1e9,
  gi: 1e9,
  gb: 1e9,
  t: 1e12,
  ms: 1e-3,
  millis: 1e-3,
  min: 60,
  minute: 60,
  minutes: 60,
};

/** What a bare number is behind one with a unit: "500m -> 2" are cores; otherwise the same. */
const wholeOf: Readonly<Record<string, string>> = { m: "t" };

/** null: no value, or one that moved the other way. */
export function changeOf(thing: Place, text: string, kinds: ReadonlySet<DeedKind>): Place | null {
  const isUp = kinds.has("raise") || kinds.has("add");
  if (!isUp && !kinds.has("lower")) return null;
  const after = text.slice(thing.to);
  const change = fromTo.exec(after);
  if (change === null) return countOf(thing, text, isUp) ?? nowOf(thing, after);
  const [whole, from = "", unitFrom = "", to = "", unitAfter = ""] = change;
  const unitTo = unitAfter === "" ? (wholeOf[unitFrom] ?? unitFrom) : unitAfter;
  const rise = valueOf(to, unitTo) - valueOf(from, unitFrom === "" ? unitTo : unitFrom);
  return rise > 0 === isUp ? { from: thing.from, to: thing.to + whole.length } : null;
}

/** "From 4 to 10 pods", "24 workers now instead of 8". */
function countOf(thing: Place, text: string, isUp: boolean): Place | null {
  const before = text.slice(0, thing.from);
  const change = beforeThing.exec(before);
  if (change !== null && Number(change[2]) > Number(change[1]) === isUp)
    return { from: change.index, to: thing.to };
  const count = /\b\d+ (?:\w+ )?$/.exec(before);
  return isUp && count !== null && inPlace.test(text.slice(thing.to))
    ? { from: count.index, to: thing.to }
    : null;
}

function nowOf(thing: Place, after: string): Place | null {
  const match = upTo.exec(after) ?? isNow.exec(after);
  return match === null ? null : { from: thing.from, to: thing.to + match[0].length };
}

function valueOf(digits: string, unit: string): number {
  return Number(digits.replaceAll(",", "")) * (unitsOf[unit] ?? 1);
}
