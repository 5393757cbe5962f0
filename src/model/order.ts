/** What a sentence says of the order of things: kept only where a change's own finding says the same of it and the onset. */

import type { Item } from "./item.ts";

const onset =
  "(?:the |its |this )?(?:onset|trouble|incident|shift|start|beginning|alert|it all|it|that|this)(?: (?:began|begins|started|starts|fired|set in))?";
/** Of a value: "0.4 s before", "than before", "since 14:02", "before the onset": nothing but a time of its own. */
const ofValues = [
  new RegExp(String.raw`\b(?:before|after|since|during|until|around|at|in) ${onset}(?=\W|$)`, "gi"),
  /(?<=\d\s?(?:%|×|[a-zµ]{1,3})?\s)(?:before|until) (?:about |around )?\d{1,2}:\d\d(?::\d\d)?/gi,
  /\b(?:before|after|since|earlier|later)(?=\s*(?:[,.;:()\]]|$|and after\b|[-−]?\d[\d,.]*\s?(?:%|ms|s|seconds|[kmgt]i?b)?(?:[^\w]|$)))/gi,
  /\b(?:since|from|after|around|at) (?:about |around |roughly )?\d{1,2}:\d\d(?::\d\d)?/gi,
  /\b(?:an?|its|the) (?:earlier|later)\b/gi,
];

const relation =
  /\b(?:(?:right |shortly |soon |just |immediately |directly |\S+ (?:s|seconds|min|minutes|h|hours) )?(after|following|since|once|when|whenever|as soon as|upon|before|ahead of|prior to|preced(?:es|ed|ing)|followed|follows|until|then|subsequently|already|by the time|in the wake of|on the heels of|meanwhile|simultaneously|at the same (?:time|moment)|in turn|later|earlier|next came|as))\b/gi;
/** "as": only where it joins two things. */
const joins = /^(?:as)$/i;
const later = /^(?:after|following|since|once|when|whenever|as soon as|upon)$/i;
const earlier = /^(?:before|ahead of|prior to|preced\w+)$/i;

export function orderIn(text: string, cited: readonly Item[]): string | null {
  const changes = cited.filter(({ kind }) => kind === "change");
  const isOfChange = changes.some((change) => mentions(text, change, changes.length === 1));
  const rest = ofValues
    .slice(isOfChange ? 1 : 0)
    .reduce((left, each) => left.replaceAll(each, " "), text);
  const found = [...rest.matchAll(relation)].filter(
    ({ 0: whole, 1: word = "", index }) =>
      (!joins.test(word) || joinsThings(rest, index + whole.length - word.length)) &&
      !/^(?:when|once|while)\s+[a-z]+ing\b/i.test(rest.slice(index)) &&
      !isTold(word, rest, cited),
  );
  if (found.length === 0) return null;
  const [first] = found;
  const isFound =
    found.length === 1 &&
    first !== undefined &&
    isOfChange &&
    isAsFound(rest, first, changes, cited);
  return isFound
    ? null
    : `claims an order in time ("${first?.[1] ?? ""}") that no finding that it cites has`;
}

/** A title or a text that is told without quotes: the word stands in it between the same two. */
function isTold(word: string, text: string, cited: readonly Item[]): boolean {
  const around = new RegExp(String.raw`\S+ ${word.toLowerCase()} \S+`).exec(plain(text))?.[0];
  const told = cited.filter(({ kind }) => kind === "change" || kind === "text");
  return around !== undefined && told.some((item) => plain(item.text).includes(around));
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ");
}

/** A version may stand beside a metric as well: the change is where it goes live. */
function onOneSide(sides: readonly Item[][], texts: readonly string[]): readonly Item[][] {
  if (!sides.every((side) => side.length > 0)) return sides;
  return sides.map((side, at) => (goesLive.test(texts[at] ?? "") ? side : []));
}

const began = new RegExp(String.raw`^ ${onset}(?=\W|$)`, "i");

const goesLive =
  /\b(?:live|in flight|deployed|released|merged|rolled out|running|run|on|shipped|reached|turned|switched)\b/i;

function joinsThings(text: string, index: number): boolean {
  return /^as\s+(?:soon\b|(?:the |its )?[\w-]+(?: [\w-]+)?\s+(?:went|came|rose|fell|moved|was|did|started|began|grew|slowed|climbed|jumped|dropped|turned)\b)/i.test(
    text.slice(index),
  );
}

function isAsFound(
  text: string,
  match: RegExpMatchArray,
  changes: readonly Item[],
  cited: readonly Item[],
): boolean {
  const at = match.index ?? 0;
  const word = match[1] ?? "";
  const isInFlight = /\bin flight\s*$/i.test(text.slice(0, at));
  if (/^(?:when|as)$/i.test(word) && (isInFlight || began.test(text.slice(at + match[0].length))))
    return (
      changes.length === 1 && (changes[0]?.lead ?? -1) >= 0 && goesLive.test(text.slice(0, at))
    );
  if (!later.test(word) && !earlier.test(word)) return false;
  const before = text.slice(0, at);
  const after = text.slice(at + match[0].length);
  const isLeading = !/[\p{L}\d]/u.test(before);
  const comma = after.indexOf(",");
  if (isLeading && comma < 0) return false;
  const [left, right] = isLeading ? [after.slice(comma), after.slice(0, comma)] : [before, after];
  const isAlone = changes.length === 1;
  const sides = [left, right].map((side) =>
    changes.filter((change) => mentions(side, change, isAlone)),
  );
  const [inLeft = [], inRight = []] = onOneSide(sides, [left, right]);
  const [change, ...others] = [...inLeft, ...inRight];
  if (change === undefined || others.length > 0 || change.lead === null) return false;
  const other = inLeft.length > 0 ? right : left;
  if (!/[\p{L}]{3}/u.test(other)) return false;
  const isChangeFirst = inLeft.length > 0 ? earlier.test(word) : later.test(word);
  const live = change.moments.find(({ of }) => of === "live")?.at ?? Infinity;
  const shifts = cited.flatMap(({ moments }) =>
    moments.filter(({ of }) => of === "shift" || of === "line"),
  );
  if (isChangeFirst) return change.lead >= 0 && shifts.every((shift) => shift.at >= live);
  return change.lead < 0 && shifts.every((shift) => shift.at <= live);
}

/** By its id, its request's number or its title; a change that is cited alone also by what kind of thing it is. */
function mentions(text: string, { id, text: own }: Item, isAlone: boolean): boolean {
  const name = id.slice("change:".length);
  const title = /"([^"]+)"/.exec(own)?.[1] ?? "";
  const number = /#(\d+)/.exec(own)?.[1];
  const low = text.toLowerCase();
  return (
    low.includes((/^[0-9a-f]{12,}$/.test(name) ? name.slice(0, 7) : name).toLowerCase()) ||
    (title.length > 5 && low.includes(title.toLowerCase())) ||
    (number !== undefined &&
      new RegExp(String.raw`(?:#|pr |request )${number}\b`, "i").test(text)) ||
    (isAlone &&
      /\b(?:change|commit|deploy\w*|release|rollout|flag|pull request|pr|merge|revision)\b/i.test(
        text,
      ))
  );
}
