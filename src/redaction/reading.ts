/** One text read in several ways, each of which knows where its characters stand in the text: unescaped and unwrapped. */

export interface Reading {
  readonly text: string;
  /** Where each character begins in the original; one more for the end. null where they are the same. */
  readonly at: Uint32Array | null;
}

/** Text within escapes within escapes, as JSON in JSON in an address; deeper is left alone. */
const unescapedMax = 3;

const escapes =
  /\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrtbf"'\\/])|%[0-9a-fA-F]{2}|&(?:quot|amp|lt|gt|#39|#34|#x27);/g;
const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
const entities: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#34;": '"',
  "&#39;": "'",
  "&#x27;": "'",
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
};

/** As it stands; its lines with escapes (of JSON and other strings, percent signs, entities) without them, again and again; and all of these unwrapped. */
export function readingsOf(text: string): {
  readonly lines: readonly Reading[];
  readonly unwrapped: readonly Reading[];
} {
  const lines: Reading[] = [{ text, at: null }];
  for (let times = 0; times < unescapedMax; times += 1) {
    const last = lines.at(-1);
    const next = last === undefined ? null : unescaped(last);
    if (next === null) break;
    lines.push(next);
  }
  return { lines, unwrapped: lines.flatMap((reading) => unwrapped(reading) ?? []) };
}

function unescaped(reading: Reading): Reading | null {
  const { text } = reading;
  const pieces: Piece[] = [];
  let lineEnd = -1;
  for (const { 0: escape, index } of text.matchAll(escapes)) {
    if (index >= lineEnd) {
      const start = text.lastIndexOf("\n", index) + 1;
      // Two lines that were no neighbours stay apart.
      if (lineEnd >= 0) pieces.push({ from: lineEnd, to: lineEnd, instead: "\n\n" });
      pieces.push({ from: start, to: start });
      const end = text.indexOf("\n", index);
      lineEnd = end < 0 ? text.length : end;
    }
    pieces.push({ from: index, to: index + escape.length, instead: meantBy(escape) });
  }
  return pieces.length === 0 ? null : built(reading, pieces, lineEnd);
}

function meantBy(escape: string): string {
  if (escape.startsWith("%")) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  if (escape.startsWith("&")) return entities[escape] ?? escape;
  const kind = escape.charAt(1);
  return kind === "u" || kind === "x"
    ? String.fromCharCode(Number.parseInt(escape.slice(2), 16))
    : (controls[kind] ?? kind);
}

/** Between quotes or not, with or without a backslash; the next line's indentation and a diff's mark do not count. */
const wrapBefore = /(?:(["'])[ \t]{0,4}[+.]?[ \t]{0,4}(?:\\[ \t]{0,2})?|\\|[ \t]{1,2})?\r?$/;
const wrapAfter = /\n([+>-] ?)?[ \t]{0,80}(["'])?(?=[\w+/=.~%-])/y;
const wrapCharsMax = 14;
/** A shorter line was hardly wrapped; characters. */
const wrappedLineMin = 40;
const dated = /^\[?\d{4}-\d\d-\d\d[T ]|^\d\d:\d\d:\d\d/;
const assigns = /^[\w.-]{1,40}(?::|=(?!=?(?:\W|$)))/;

/** The lines that were wrapped in the middle of a word, put together again; null where there are none. */
function unwrapped(reading: Reading): Reading | null {
  const { text } = reading;
  const pieces: Piece[] = [];
  let groupEnd = -1;
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) {
    const wrap = wrapAt(text, index);
    if (wrap === null) continue;
    if (index > groupEnd) {
      const start = text.lastIndexOf("\n", index - 1) + 1;
      if (groupEnd >= 0) pieces.push({ from: groupEnd, to: groupEnd, instead: "\n\n" });
      pieces.push({ from: start, to: start });
    }
    const end = text.indexOf("\n", index + 1);
    groupEnd = end < 0 ? text.length : end;
    pieces.push(wrap);
  }
  return pieces.length === 0 ? null : built(reading, pieces, groupEnd);
}

function wrapAt(text: string, index: number): Required<Piece> | null {
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
  if (before[1] !== undefined || before[0].startsWith("\\")) return wrap;
  const rest = text.slice(to, to + 64);
  const isWrapped = from - lineStart >= wrappedLineMin && !dated.test(rest) && !assigns.test(rest);
  return isWrapped ? wrap : null;
}

/** What is put in place of a part of the text; an empty one without a text only says from where on it is copied. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly instead?: string;
}

function built({ text, at }: Reading, pieces: readonly Piece[], end: number): Reading {
  const parts: string[] = [];
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
      put(instead, from, 0);
      read = to;
    }
  }
  put(text.slice(read, end), read, 1);
  where[written] = at === null ? end : (at[end] ?? 0);
  return { text: parts.join(""), at: where };
}
