/** Markdown as blocks, line by line; comments, front matter, tables, pictures and quotes are passed over. */

import { blocksMax, lineCharsMax, linesMax, type Block } from "./block.ts";
import { withoutHidden } from "./hidden.ts";

interface Reading {
  readonly blocks: Block[];
  /** The paragraph that is being read. */
  lines: { readonly indent: number; readonly text: string }[];
  fence: { readonly mark: string; readonly indent: number; readonly language: string } | null;
  code: string[];
  /** The line before is an item's. */
  isUnderItem: boolean;
  /** The line before defines a link. */
  isUnderDefinition: boolean;
}

export function blocksOfMarkdown(text: string): readonly Block[] {
  const reading: Reading = {
    blocks: [],
    lines: [],
    fence: null,
    code: [],
    isUnderItem: false,
    isUnderDefinition: false,
  };
  for (const line of linesOf(text)) {
    if (reading.blocks.length >= blocksMax) break;
    readLine(reading, line);
  }
  endFence(reading);
  endParagraph(reading);
  return reading.blocks;
}

function linesOf(text: string): readonly string[] {
  const lines = withoutHidden(withoutComments(text))
    .replace(/^\uFEFF/, "")
    .split(/\r\n?|\n/, linesMax)
    .map((line) => line.slice(0, lineCharsMax).replaceAll("\t", "    "));
  const end = lines[0]?.trimEnd() === "---" ? lines.indexOf("---", 1) : -1;
  return end < 0 ? lines : lines.slice(end + 1);
}

/** What a reader of the page does not see is no part of it; one that never ends takes the rest with it. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let read = 0;
  for (;;) {
    const from = text.indexOf("<!--", read);
    if (from < 0) return parts.join("") + text.slice(read);
    parts.push(text.slice(read, from));
    const to = text.indexOf("-->", from + 4);
    if (to < 0) return parts.join("");
    read = to + 3;
  }
}

function readLine(reading: Reading, line: string): void {
  const { fence } = reading;
  const indent = line.length - line.trimStart().length;
  const rest = line.trim();
  if (fence !== null) {
    const isEnd = rest.startsWith(fence.mark) && rest.replaceAll(fence.mark.charAt(0), "") === "";
    if (isEnd) endFence(reading);
    else reading.code.push(line.slice(Math.min(indent, fence.indent)));
    return;
  }
  const [, mark, language = ""] = /^(`{3,}|~{3,})\s*\{?\.?([\w+-]*)/.exec(rest) ?? [];
  if (mark !== undefined) {
    endParagraph(reading);
    reading.fence = { mark, indent, language: language.toLowerCase() };
    return;
  }
  if (!isDefinition(reading, rest)) readProse(reading, indent, rest);
}

/** The address of a link, which is often a comment in disguise, and its title in the line below. */
function isDefinition(reading: Reading, rest: string): boolean {
  const isTitle = reading.isUnderDefinition && /^["'(]/.test(rest);
  reading.isUnderDefinition = isTitle || /^\[[^\]]{1,300}\]:/.test(rest);
  return reading.isUnderDefinition;
}

function readProse(reading: Reading, indent: number, rest: string): void {
  const { blocks, lines } = reading;
  const [, hashes, title = ""] = /^(#{1,6})\s+(.*)$/.exec(rest) ?? [];
  const [, item] = /^(?:[-*+]|\d{1,4}[.)])\s+(.*)$/.exec(rest) ?? [];
  if (rest === "" || /^[|>]/.test(rest)) {
    endParagraph(reading);
    reading.isUnderItem = false;
  } else if (hashes !== undefined) {
    endParagraph(reading);
    blocks.push({ kind: "heading", level: hashes.length, text: plain(title.replace(/\s#+$/, "")) });
  } else if (/^(?:={3,}|-{3,})$/.test(rest)) {
    const level = rest.startsWith("=") ? 1 : 2;
    const said = lines.splice(0).map(({ text }) => text);
    if (said.length > 0) blocks.push({ kind: "heading", level, text: plain(said.join(" ")) });
  } else if (item !== undefined) {
    endParagraph(reading);
    blocks.push({ kind: "item", indent, text: plain(item.replace(/^\[[ xX]\]\s+/, "")) });
    reading.isUnderItem = true;
  } else lines.push({ indent, text: rest });
}

function endFence(reading: Reading): void {
  const { fence, code, blocks } = reading;
  if (fence === null) return;
  const { indent, language } = fence;
  blocks.push({ kind: "code", indent, language, text: code.join("\n") });
  reading.fence = null;
  reading.code = [];
}

/** Directly under an item's line a paragraph belongs to that item; where it goes on with its sentence, to its text. */
function endParagraph(reading: Reading): void {
  const { blocks, lines } = reading;
  const [first] = lines;
  reading.lines = [];
  if (first === undefined) return;
  const text = plain(
    lines
      .map((line) => line.text)
      .join(" ")
      .slice(0, 2 * lineCharsMax),
  );
  const item = reading.isUnderItem ? blocks.at(-1) : undefined;
  reading.isUnderItem = false;
  if (item?.kind !== "item") {
    blocks.push({ kind: "text", indent: first.indent, text });
  } else if (/[.:;]$/.test(item.text) || !/^[a-z`(]/.test(text)) {
    blocks.push({ kind: "text", indent: Math.max(first.indent, item.indent + 1), text });
  } else blocks.splice(-1, 1, { ...item, text: `${item.text} ${text}` });
}

/** Links as their words, without emphasis; what stands in backticks stays as it is. */
function plain(text: string): string {
  const parts = withoutStruck(text).split("`");
  const told = parts.map((part, index) =>
    index % 2 === 1 && index < parts.length - 1
      ? `\`${part}\``
      : withoutMarks(part).replace(/\s+/g, " "),
  );
  return told.join("").trim();
}

/** What is struck through holds no more, its code neither. */
function withoutStruck(text: string): string {
  return text.replaceAll(
    /`[^`]{1,2000}`|(?<![~\w])(~~?)(?=[^\s~])(?:[^~`]|`[^`]{1,2000}`){1,2000}?(?<=\S)\1(?![~\w])/g,
    (all, mark?: string) => (mark === undefined ? all : ""),
  );
}

function withoutMarks(text: string): string {
  return text
    .replaceAll(/!\[[^[\]]{0,300}\]\([^()]{0,1000}\)/g, "")
    .replaceAll(/\[([^[\]]{0,300})\]\([^()]{0,1000}\)/g, "$1")
    .replaceAll(/\*\*|__/g, "")
    .replaceAll(/(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])/g, "")
    .replaceAll(/<\/?[a-z][^<>]{0,200}>/gi, "")
    .replaceAll(/\\([\\`*_{}[\]()#+.!<>-])/g, "$1");
}
