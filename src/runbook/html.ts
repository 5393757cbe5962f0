/** A simple HTML page as blocks: headings, items, code, paragraphs; what a page has beside its text is passed over. */

import { blocksMax, lineCharsMax, oneLineOf, type Block } from "./block.ts";
import { isHidden, voids } from "./hidden.ts";

/** Their text is not the page's, or no more. */
const passedOver = new Set(
  `script style head nav header footer form aside template noscript svg button select del s strike`.split(
    " ",
  ),
);
/** Between these the text before is a paragraph of its own. */
const parting = new Set(
  "p div br table tr td th section article main body blockquote dl dt dd hr".split(" "),
);

interface Reading {
  readonly blocks: Block[];
  /** What is passed over now, and how deep it stands in its like. */
  over: { readonly name: string; depth: number } | null;
  lists: number;
  /** What the text belongs to. */
  as: Block["kind"];
  level: number;
  language: string;
  text: string[];
}

/** What stands in <title>; "" without one. */
export function pageTitle(page: string): string {
  const from = page.search(/<title\b/i);
  const open = from < 0 ? -1 : page.indexOf(">", from);
  const end = open < 0 ? -1 : page.indexOf("<", open);
  return end < 0 ? "" : oneLineOf(decoded(page.slice(open + 1, end)));
}

export function blocksOfHtml(page: string): readonly Block[] {
  const reading: Reading = {
    blocks: [],
    over: null,
    lists: 0,
    as: "text",
    level: 0,
    language: "",
    text: [],
  };
  let read = 0;
  while (read < page.length && reading.blocks.length < blocksMax) {
    const from = page.indexOf("<", read);
    const end = from < 0 ? -1 : endOfTag(page, from);
    addText(reading, page.slice(read, from < 0 || end < 0 ? page.length : from));
    if (from < 0 || end < 0) break;
    readTag(reading, page.slice(from + 1, end));
    read = end + 1;
  }
  endBlock(reading);
  return reading.blocks;
}

/** Of a comment its own end. −1: it has none, and nothing behind it is read. */
function endOfTag(page: string, from: number): number {
  if (!page.startsWith("<!--", from)) return page.indexOf(">", from);
  const end = page.indexOf("-->", from + 4);
  return end < 0 ? -1 : end + 2;
}

function addText(reading: Reading, text: string): void {
  if (reading.over === null && text !== "") reading.text.push(decoded(text));
}

function readTag(reading: Reading, tag: string): void {
  const [, slash = "", told = ""] = /^(\/?)([a-zA-Z][a-zA-Z0-9]*)/.exec(tag) ?? [];
  const name = told.toLowerCase();
  const isEnd = slash === "/";
  const { over } = reading;
  if (over !== null) {
    if (name === over.name) over.depth += isEnd ? -1 : 1;
    if (over.depth === 0) reading.over = null;
  } else if (passedOver.has(name) || isHidden(tag)) {
    if (!isEnd && !tag.endsWith("/") && !voids.has(name)) reading.over = { name, depth: 1 };
  } else if (name === "code" && reading.as !== "code") reading.text.push("`");
  else if (name === "code") reading.language ||= languageIn(tag);
  else if (name === "ul" || name === "ol") {
    endBlock(reading);
    reading.lists = Math.max(0, reading.lists + (isEnd ? -1 : 1));
  } else if (/^h[1-6]$/.test(name)) beginBlock(reading, isEnd ? "text" : "heading", name);
  else if (name === "li") beginBlock(reading, isEnd ? "text" : "item", name);
  else if (name === "pre") {
    beginBlock(reading, isEnd ? "text" : "code", name);
    reading.language = isEnd ? "" : languageIn(tag);
  } else if (name === "br" && reading.as === "code") reading.text.push("\n");
  else if (parting.has(name) && reading.as !== "code") part(reading);
}

function languageIn(tag: string): string {
  return /(?:language|lang|brush:)[-: ]?([\w+]+)/i.exec(tag)?.[1]?.toLowerCase() ?? "";
}

function beginBlock(reading: Reading, as: Block["kind"], name: string): void {
  endBlock(reading);
  reading.as = as;
  reading.level = Number(name.slice(1)) || 0;
}

/** A paragraph at the beginning of an item is the item. */
function part(reading: Reading): void {
  if (reading.as === "item" && reading.text.join("").trim() === "") return;
  endBlock(reading);
}

function endBlock(reading: Reading): void {
  const { as, level, language, lists, blocks } = reading;
  const text = reading.text.splice(0).join("");
  reading.as = "text";
  if (as === "code") {
    const code = text.replace(/^\n/, "").trimEnd();
    if (code !== "") blocks.push({ kind: "code", indent: 2 * lists, language, text: code });
    return;
  }
  const line = oneLineOf(text.slice(0, 10 * lineCharsMax)).slice(0, lineCharsMax);
  if (line === "" || line === "``") return;
  if (as === "heading") blocks.push({ kind: "heading", level, text: line });
  else if (as === "item") blocks.push({ kind: "item", indent: 2 * (lists - 1), text: line });
  else blocks.push({ kind: "text", indent: 2 * lists, text: line });
}

const named: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
};

function decoded(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi,
    (all, decimal?: string, hexadecimal?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? all;
      const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : "";
    },
  );
}
