/** The values that a name has below it or in brackets behind it: blocks and lists of YAML, arrays of JSON, TOML and code. */

import { isBlank, linesWhile, type Line } from "./indented.ts";
import { isRandom } from "./rule.ts";
import { core, judged, nameOfSecret, type Pair } from "./pair.ts";

/** `password:`, `"tokens": |`, and nothing more on the line; before it words of a log may stand. */
const named = /(?<![\w.$/-])(["']?)([\w.$/-]{1,80})\1\s{0,8}$/;
const opens = /^:\s{0,8}(?:!\S{1,40}\s{1,4})?([|>][+-]?\d?[+-]?)?\s{0,8}(?:#[^:]{0,100})?$/;
const heredoc = /^=\s{0,8}(<<)[-~]?["']?([A-Za-z_]\w{0,30})["']?\s{0,8}$/;
const nameMax = 100;
const markMax = 200;

export function pairsBelow(text: string, lines: readonly Line[]): readonly Pair[] {
  if (!nameOfSecret.test(text)) return [];
  // Behind a comment's mark or that of a here-document any character may stand last.
  const isMarked = text.includes(" #") || text.includes("<<");
  const pairs: (Pair | null)[] = [];
  for (let index = 0; index < lines.length - 1; index += 1) {
    const line = lines[index];
    if (line === undefined || !(mayOpen(text.charCodeAt(line.to - 1)) || isMarked)) continue;
    const start = Math.max(line.from, line.to - markMax);
    const end = text.slice(start, line.to);
    const at = Math.max(end.lastIndexOf(":"), end.lastIndexOf("="));
    const opened = at < 0 ? null : (opens.exec(end.slice(at)) ?? heredoc.exec(end.slice(at)));
    if (opened === null) continue;
    const colon = start + at;
    const [, , name = ""] =
      named.exec(text.slice(Math.max(line.from, colon - nameMax), colon)) ?? [];
    const [, mark, tag] = opened;
    if (!nameOfSecret.test(name)) continue;
    const values =
      tag !== undefined
        ? until(text, lines, index, tag)
        : mark === undefined
          ? listed(text, lines, index)
          : within(lines, index);
    pairs.push(...values.map(([from, to]) => judged(name, text, ...core(text, from, to))));
    index += values.length;
  }
  return pairs.filter((pair) => pair !== null);
}

type Range = readonly [from: number, to: number];

/** A block: all that is further in. */
function within(lines: readonly Line[], index: number): readonly Range[] {
  const column = lines[index]?.column ?? 0;
  return linesWhile(lines, index + 1, (line) => isBlank(line) || line.indent > column).map(
    ({ from, to }) => [from, to],
  );
}

/** All up to the word that ends it. */
function until(text: string, lines: readonly Line[], index: number, tag: string): readonly Range[] {
  return linesWhile(lines, index + 1, ({ from, to }) => text.slice(from, to).trim() !== tag).map(
    ({ from, to }) => [from, to],
  );
}

/** A list without maps, or one value alone. */
function listed(text: string, lines: readonly Line[], index: number): readonly Range[] {
  const column = lines[index]?.column ?? 0;
  const items = linesWhile(
    lines,
    index + 1,
    (line) =>
      line.indent >= column &&
      line.column > line.indent &&
      !isMap(text.slice(line.from, Math.min(line.to, line.from + 120))),
  );
  if (items.length > 0)
    return items.map(({ from, to, indent, column: start }) => [from + start - indent, to]);
  const [first, second] = [lines[index + 1], lines[index + 2]];
  if (first === undefined || first.column > first.indent) return [];
  const isAlone = second === undefined || isBlank(second) || second.indent <= column;
  const value = text.slice(first.from, Math.min(first.to, first.from + wordMax));
  // Without an indentation it is the answer to a prompt, or the next thing that was said.
  if (first.indent <= column && !isRandom(value.trim())) return [];
  return isAlone && !/\s/.test(value.trim()) ? [[first.from, first.to]] : [];
}

const wordMax = 1_000;

/** "- name: db" */
const isMap = (item: string): boolean => /^(?:-\s{1,4})+[\w.$/"'-]{1,80}:(?:\s|$)/.test(item);

/** A colon, the mark of a block with its signs, or a space behind them. */
const mayOpen = (code: number): boolean => " \t:|>-+0123456789".includes(String.fromCharCode(code));

/** What is looked ahead at is not tried again shorter. */
const brackets = /(?:=>|[:=])[ \t]{0,4}[[(](?=([^[\]()]{1,2000}))\1[\])]/g;
const before = /([\w.-]{1,80})["']?\]?[ \t]{0,4}:?$/;
/** Quotes first, then any other character: nothing that was taken is ever tried again. */
const item = /((?:"(?:[^"\\\n]|\\.){0,400}"|'(?:[^'\\\n]|\\.){0,400}'|[^,\n])*)(?:[,\n]|$)/g;

/** `passwords = ["a", "b"]` */
export function pairsInBrackets(text: string): readonly Pair[] {
  if (!nameOfSecret.test(text)) return [];
  const pairs: (Pair | null)[] = [];
  for (const match of text.matchAll(brackets)) {
    const [whole, inner = ""] = match;
    const name = before.exec(text.slice(Math.max(0, match.index - 90), match.index))?.[1] ?? "";
    if (!nameOfSecret.test(name)) continue;
    const start = match.index + whole.length - 1 - inner.length;
    for (const each of inner.matchAll(item)) {
      const from = start + each.index;
      pairs.push(judged(name, text, ...core(text, from, from + (each[1] ?? "").length)));
    }
  }
  return pairs.filter((pair) => pair !== null);
}
