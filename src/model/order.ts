/** What a sentence says of the order of things: kept only where a finding of a change, or the times of two shifts, say the same. */

import { isNamed, mentioned } from "./changes-told.ts";
import type { Item } from "./item.ts";
import { inFigures } from "./number-words.ts";
import { unknownWords } from "./vocabulary.ts";

const onset =
  "(?:the |its |this )?(?:onset|trouble|incident|shift|start|beginning|alert|it all|it|that|this)(?: (?:began|begins|started|starts|fired|set in))?";
/** Of a value: "0.4 s before", "than before", "since 14:02": nothing but a time of its own. */
const ofValues = [
  /(?<=\d\s?(?:%|×|[a-zµ]{1,3})?\s)(?:before|until) (?:about |around )?\d{1,2}:\d\d(?::\d\d)?/gi,
  /\b(?:before|after|since|earlier|later)(?=\s*(?:[,.;:()\]]|$|and\b|[-−]?\d[\d,.]*\s?(?:%|ms|s|seconds|[kmgt]i?b)?(?:[^\w]|$)))/gi,
  /\bthan (?:before|earlier)\b/gi,
  // "Before there was none", "earlier it had been 10".
  /\b(?:before|earlier|previously|until then)(?: that)?,? (?=(?:there|it|they) (?:was|were|had(?: been)?) (?:(?:about|around|only|just|some|roughly) )?(?:\d|none\b|no\b|nothing\b))/gi,
  /\b(?:since|from|after|around|at) (?:about |around |roughly )?\d{1,2}:\d\d(?::\d\d)?/gi,
  /\b(?:an?|its|the) (?:earlier|later)\b|\b(?:has|have|had) since\b/gi,
  // "As many as it did", "as against 130", "as a whole": a comparison.
  /\bas (?!soon\b)(?:\w+ ){1,3}as\b(?: (?:it|they) (?:did|was|were|had|used to))?|\bas (?:against|well|for|a whole|opposed to|compared)\b/gi,
];
const ofOnset = new RegExp(
  String.raw`\b(before|after|since|during|until|around|at|in|ahead of|prior to|following) ${onset}(?=\W|$)`,
  "gi",
);
const together =
  /\b(?:meanwhile|simultaneously|concurrently|at the same (?:time|moment)|(?:in|within) the same minute|at that (?:time|moment)|(?:just )?as)\b(?=[\s,.;]|$)/gi;
const alike = /\b(?:meanwhile|simultaneously|concurrently|same|at that)\b/i;

const relation =
  /\b(?:(?:right |shortly |soon |just |immediately |directly |\S+ (?:s|seconds|min|minutes|h|hours) )?(after|following|since|once|when|whenever|as soon as|upon|before|ahead of|prior to|preced(?:es|ed|ing)|followed|follows(?! suit)|until|then|subsequently|already|by the time|in the wake of|on the heels of|meanwhile|simultaneously|at the same (?:time|moment)|in turn|later|earlier|next came|as))\b/gi;
/** "as": only where it joins two things. */
const joins = /^(?:as)$/i;
const later = /^(?:after|following|since|once|when|upon|later)$/i;
const earlier = /^(?:before|earlier|ahead of|prior to|preced\w+)$/i;
const clause = /;|(?<=[.!?])\s+|,\s+(?=(?:and|while|but|whereas)\b)|\s+(?=whereas\b)/;

export function orderIn(text: string, cited: readonly Item[]): string | null {
  for (const each of inFigures(text).split(clause)) {
    const fault = faultInClause(each, cited);
    if (fault !== null) return fault;
  }
  return null;
}

const faultOf = (word: string) =>
  `claims an order in time ("${word}") that no finding that it cites has`;

function faultInClause(text: string, cited: readonly Item[]): string | null {
  const all = cited.filter(({ kind }) => kind === "change");
  const changes = mentioned(text, all);
  const wrong = [...text.matchAll(ofOnset)].find(
    ([, word = ""]) => !isOfOnset(word, text, changes),
  );
  if (wrong !== undefined) return faultOf(wrong[1] ?? "");
  const isTogether = areTogether(cited, text);
  if (
    changes.length > 1 &&
    !areTogether(changes, text) &&
    /\b(?:live|deployed|merged|released|shipped|out|on) together\b/i.test(text)
  )
    return faultOf("together");
  const rest = [ofOnset, ...ofValues]
    .reduce((left, each) => left.replaceAll(each, " "), text)
    .replaceAll(together, (word) => (isTogether && alike.test(word) ? " " : word))
    .replaceAll(/\b(?:already|by then)\b/gi, (word) => (isLiveIn(text, changes) ? " " : word));
  const found = [...rest.matchAll(relation)].filter(
    ({ 0: whole, 1: word = "", index }) =>
      (!joins.test(word) || joinsThings(rest, index + whole.length - word.length)) &&
      !/^(?:when|once|while)\s+[a-z]+ing\b/i.test(rest.slice(index)) &&
      !isTold(word, rest, cited),
  );
  const [first, ...others] = found;
  if (first === undefined) return null;
  const isFound = others.length === 0 && changes.length > 0 && isAsFound(rest, first, all, cited);
  return isFound ? null : faultOf(first[1] ?? "");
}

/** Each change that is spoken of went live on that side of the onset; a value has no side. */
function isOfOnset(word: string, text: string, changes: readonly Item[]): boolean {
  const isMade = /\b(?:merged|committed)\b/i.test(text) && !/\blive\b/i.test(text);
  const leads = changes.map(({ lead, made }) => (isMade ? made : lead));
  if (/^(?:before|ahead of|prior to|until)$/i.test(word))
    return leads.every((lead) => lead !== null && lead > 0);
  if (/^(?:after|since|following)$/i.test(word))
    return leads.every((lead) => lead !== null && lead < 0);
  return leads.every((lead) => lead !== null && lead >= 0);
}

function isLiveIn(text: string, changes: readonly Item[]): boolean {
  return (
    changes.length > 0 &&
    goesLive.test(text) &&
    changes.every(({ lead }) => lead !== null && lead >= 0)
  );
}

/** In seconds: what began in one minute began at the same time. */
const togetherSecondsMax = 60;

function areTogether(cited: readonly Item[], text: string): boolean {
  const own = /\bmerged\b/i.test(text) ? "made" : "live";
  const times = cited.flatMap(({ moments, kind }) => {
    const began = moments.filter(({ of }) => of === "shift" || of === "line" || of === own);
    return began.length === 0 && kind === "change" ? [Infinity] : began.map(({ at }) => at);
  });
  return times.length > 0 && Math.max(...times) - Math.min(...times) <= togetherSecondsMax;
}

/** A title or a text that is told without quotes: the word stands in it between the same two. */
function isTold(word: string, text: string, cited: readonly Item[]): boolean {
  const around = new RegExp(String.raw`\S+ ${word.toLowerCase()} \S+`).exec(plain(text))?.[0];
  const told = cited.filter(({ kind }) => kind === "change" || kind === "text");
  return (
    isDoing(word, text, cited) ||
    (around !== undefined && told.some((item) => plain(item.text).includes(around))) ||
    told.some((item) => item.kind === "text" && isOrderOf(word, text, item))
  );
}

/** "Killed when it was resizing" is a line's "killed while resizing". */
function isDoing(word: string, text: string, cited: readonly Item[]): boolean {
  const doing = new RegExp(
    String.raw`\b${word}(?: (?:it|they|he|the \w+))? (?:was|were|is|are) (\w+ing)\b`,
    "i",
  ).exec(text)?.[1];
  if (doing === undefined || !/^(?:when|while|as)$/i.test(word)) return false;
  const said = new RegExp(String.raw`\b(?:when|while|during|as) ${doing}\b`, "i");
  return cited.some(({ kind, backing }) => kind !== "metric" && said.test(backing));
}

/** "First the waits, then a restart", or "before a restart": what comes first stands first in the text. */
function isOrderOf(word: string, text: string, { text: own }: Item): boolean {
  if (!/\b(?:then|before|after)\b/i.test(own)) return false;
  const places = text.split(new RegExp(String.raw`\b${word}\b`, "i")).map((side) => {
    const found = unknownWords(side, new Set()).map((each) => own.toLowerCase().indexOf(each));
    return found.filter((at) => at >= 0);
  });
  const [left = [], right = []] = places;
  if (places.length !== 2 || left.length === 0 || right.length === 0) return false;
  if (/^(?:then|before|prior to)$/i.test(word)) return Math.max(...left) < Math.min(...right);
  return word.toLowerCase() === "after" && Math.max(...right) < Math.min(...left);
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
  const after = text.slice(at + match[0].length).replace(/^ than\b/i, "");
  if (!later.test(word) && !earlier.test(word)) return false;
  const before = text.slice(0, at);
  const isLeading = !/[\p{L}\d]/u.test(before);
  const comma = after.indexOf(",");
  if (isLeading && comma < 0) return false;
  const [left, right] = isLeading ? [after.slice(comma), after.slice(0, comma)] : [before, after];
  const sides = [left, right].map((side) => mentioned(side, changes));
  const pair = pairIn(left, right, changes);
  if (pair !== null) return areInOrder(pair, earlier.test(word));
  const [inLeft = [], inRight = []] = onOneSide(sides, [left, right]);
  const [change, ...others] = [...inLeft, ...inRight];
  if (change === undefined || others.length > 0 || change.lead === null) return false;
  const other = inLeft.length > 0 ? right : left;
  if (!/[\p{L}]{3}/u.test(other)) return false;
  return isOnTime(change, inLeft.length > 0 ? earlier.test(word) : later.test(word), other, cited);
}

/** `other`: what is told to have begun. A line has a time at which it was first written, and what it tells of has none. */
function isOnTime(
  { lead, moments }: Item,
  isChangeFirst: boolean,
  other: string,
  cited: readonly Item[],
): boolean {
  const isOfLine = cited.some(({ kind }) => kind === "log");
  if (lead === null || (isOfLine && !/\b(?:log\w*|lines?|messages?|entr(?:y|ies))\b/i.test(other)))
    return false;
  const live = moments.find(({ of }) => of === "live")?.at ?? Infinity;
  const shifts = cited.flatMap((item) =>
    item.moments.filter(({ of }) => of === "shift" || of === "line"),
  );
  if (isChangeFirst) return lead >= 0 && shifts.every((shift) => shift.at >= live);
  return lead < 0 && shifts.every((shift) => shift.at <= live);
}

/** Two changes, one named on each side. */
function pairIn(left: string, right: string, changes: readonly Item[]): readonly Item[] | null {
  const [one = [], other = []] = [left, right].map((side) =>
    changes.filter((change) => isNamed(side, change)),
  );
  const pair = [...one, ...other];
  return one.length === 1 && other.length === 1 && one[0] !== other[0] ? pair : null;
}

/** By when they went live. */
function areInOrder([one, other]: readonly Item[], isOneFirst: boolean): boolean {
  const [lead, next] = [one?.lead ?? null, other?.lead ?? null];
  return lead !== null && next !== null && (isOneFirst ? lead > next : lead < next);
}
