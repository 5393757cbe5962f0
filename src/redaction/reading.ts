/** One text read in several ways, each of which knows where its characters stand in the text: unescaped and unwrapped. */

import { escapesIn, meantBy } from "./escapes.ts";

export interface Reading {
  readonly text: string;
  /** Where each character begins in the original; one more for the end. null where they are the same. */
  readonly at: Uint32Array | null;
}

/** Lines that were put together again. */
export interface Unwrapped extends Reading {
  /** Where in it each line goes on with the next; ascending. */
  readonly joints: readonly number[];
  /** The lines are short: whether one goes on with the next only what they hold can tell. */
  readonly isShort: boolean;
}

/** Text within escapes within escapes, as JSON in JSON in an address; deeper is left alone. */
const unescapedMax = 3;

/** As it stands; its lines with escapes (of JSON and other strings, percent signs, entities, characters that nobody sees or that look like others) without them, again and again; and all of these unwrapped. */
export function readingsOf(text: string): {
  readonly lines: readonly Reading[];
  readonly unwrapped: readonly Unwrapped[];
} {
  const lines: Reading[] = [{ text, at: null }];
  for (let times = 0; times < unescapedMax; times += 1) {
    const last = lines.at(-1);
    const next = last === undefined ? null : unescaped(last);
    if (next === null) break;
    lines.push(next);
  }
  const unwrapped = lines.flatMap(unwrappedOf);
  return { lines, unwrapped };
}

function unescaped(reading: Reading): Reading | null {
  const { text } = reading;
  const pieces: Piece[] = [];
  // A name, and what holds both, may stand some lines above or below.
  const isWhole = text.length <= wholeMax;
  let lineEnd = -1;
  for (const { 0: escape, index } of escapesIn(text)) {
    if (index >= lineEnd) {
      const start = isWhole ? 0 : lineAbove(text, index, lineEnd);
      // Two lines that were no neighbours stay apart.
      if (lineEnd >= 0 && start > lineEnd)
        pieces.push({ from: lineEnd, to: lineEnd, instead: "\n\n" });
      if (lineEnd < 0 || start > lineEnd) pieces.push({ from: start, to: start });
      const end = isWhole ? -1 : text.indexOf("\n", index);
      lineEnd = end < 0 ? text.length : end;
    }
    pieces.push({ from: index, to: index + escape.length, instead: meantBy(escape) });
  }
  return pieces.length === 0 ? null : built(reading, pieces, lineEnd);
}

/** The begin of the line above, if it is not too long and not read already. */
function lineAbove(text: string, index: number, readTo: number): number {
  const own = text.lastIndexOf("\n", index) + 1;
  const above = own < 2 ? own : text.lastIndexOf("\n", own - 2) + 1;
  return above > readTo && own - above <= aboveMax ? above : own;
}

/** A shorter text is read as a whole, characters. */
const wholeMax = 8_192;
const aboveMax = 400;

/** Between quotes or not, with or without a backslash; the next line's indentation and a diff's mark do not count. */
const wrapBefore = /(?:(["'])[ \t]{0,4}[+.]?[ \t]{0,4}(?:\\[ \t]{0,2})?|\\|[ \t]{1,2})?\r?$/;
const wrapAfter = /\n([+>-] ?)?[ \t]{0,80}(["'])?(?=[\w+/=.~%-])/y;
const wrapCharsMax = 14;
/** A shorter line was hardly wrapped, unless the next holds nothing but the end of a token; characters. */
const wrappedLineMin = 40;
const restMax = 600;
const run = /^[\w+/=.~%*!@:-]{4,512}/;

/** Letters and digits, or letters of both cases within a word. */
function goesOn(rest: string): boolean {
  const token = run.exec(rest)?.[0] ?? "";
  return (/\d/.test(token) && /[A-Za-z]/.test(token)) || /[a-z][A-Z]/.test(token);
}

const dated = /^\[?\d{4}-\d\d-\d\d[T ]|^\d\d:\d\d:\d\d/;
/** What no name of a setting looks like may be the end of a token that has such a sign in it. */
const assigns =
  /^(?!(?=\w{0,40}\d)(?=\w{0,40}[a-z])(?=\w{0,40}[A-Z])\w{10,40}=)[\w.-]{1,40}(?::|=(?!=?(?:\W|$)))/;

/** The lines that were wrapped in the middle of a word, put together again: the long ones, and the short ones. */
function unwrappedOf(reading: Reading): readonly Unwrapped[] {
  const { text } = reading;
  const long: Wrap[] = [];
  const short: Wrap[] = [];
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) {
    const wrap = wrapAt(text, index);
    if (wrap !== null) (wrap.isShort ? short : long).push({ ...wrap, index });
  }
  return [long, short].flatMap((wraps) => (wraps.length === 0 ? [] : joinedAt(reading, wraps)));
}

interface Wrap extends Required<Piece> {
  /** Of the line's end. */
  readonly index: number;
  readonly isShort: boolean;
}

function joinedAt(reading: Reading, wraps: readonly Wrap[]): Unwrapped {
  const { text } = reading;
  const pieces: Piece[] = [];
  const isWhole = text.length <= wholeMax;
  let groupEnd = -1;
  for (const { index, ...wrap } of wraps) {
    if (index > groupEnd) {
      const start = isWhole ? 0 : text.lastIndexOf("\n", index - 1) + 1;
      if (groupEnd >= 0) pieces.push({ from: groupEnd, to: groupEnd, instead: "\n\n" });
      pieces.push({ from: start, to: start });
    }
    const end = isWhole ? -1 : text.indexOf("\n", index + 1);
    groupEnd = end < 0 ? text.length : end;
    pieces.push(wrap);
  }
  return { ...built(reading, pieces, groupEnd), isShort: wraps[0]?.isShort === true };
}

function wrapAt(text: string, index: number): Omit<Wrap, "index"> | null {
  const before = wrapBefore.exec(text.slice(Math.max(0, index - wrapCharsMax), index));
  wrapAfter.lastIndex = index;
  const after = wrapAfter.exec(text);
  if (before === null || after === null || before[1] !== after[2]) return null;
  const from = index - before[0].length;
  const to = index + after[0].length;
  if (!/[\w+/=.~%-]/.test(text.charAt(from - 1))) return null;
  const mark = after[1] ?? "";
  const lineStart = text.lastIndexOf("\n", index - 1) + 1;
  const isMarked = mark === "" || text.charAt(lineStart) === mark.charAt(0);
  const wrap = { from, to, instead: isMarked ? "" : mark };
  if (before[1] !== undefined || before[0].startsWith("\\")) return { ...wrap, isShort: false };
  const isShort = from - lineStart < wrappedLineMin;
  const rest = text.slice(to, to + restMax);
  if ((isShort && !goesOn(rest)) || dated.test(rest) || assigns.test(rest)) return null;
  return { ...wrap, isShort };
}

/** What is put in place of a part of the text; an empty one without a text only says from where on it is copied. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly instead?: string;
}

function built(
  { text, at }: Reading,
  pieces: readonly Piece[],
  end: number,
): Pick<Unwrapped, "text" | "at" | "joints"> {
  const parts: string[] = [];
  const joints: number[] = [];
  const where = new Uint32Array(text.length + 3 * pieces.length + 1);
  let read = -1;
  let written = 0;
  const put = (part: string, from: number, step: 0 | 1): void => {
    parts.push(part);
    for (let each = 0; each < part.length; each += 1) {
      const original = from + each * step;
      where[written++] = at === null ? original : (at[original] ?? 0);
    }
  };
  for (const { from, to, instead } of pieces) {
    if (instead === undefined) read = from;
    else {
      put(text.slice(read, from), read, 1);
      if (to > from) joints.push(written);
      put(instead, from, 0);
      read = to;
    }
  }
  put(text.slice(read, end), read, 1);
  where[written] = at === null ? end : (at[end] ?? 0);
  return { text: parts.join(""), at: where, joints };
}
