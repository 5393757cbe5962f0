/** The Markdown of a postmortem as HTML: what its drafts use and what people usually write; all else stands there as it was typed. */

import { knownUrl } from "../../message/escape.ts";

/** `hosts`: where links may lead. What it gives is escaped. */
export function htmlOf(markdown: string, hosts: readonly string[]): string {
  const lines = markdown.split("\n").filter((line) => !/^<!--.*-->$/.test(line.trim()));
  const told: string[] = [];
  for (let at = 0; at < lines.length;) {
    const block = blockAt(lines, at);
    told.push(asHtml(block, hosts));
    at += block.lines.length + (block.kind === "code" ? block.fences : 0);
  }
  return told.join("\n");
}

type Block =
  | {
      readonly kind: "blank" | "heading" | "list" | "steps" | "quote" | "text";
      readonly lines: readonly string[];
    }
  /** `fences`: how many lines open and close it; one where it is open still at the end. */
  | { readonly kind: "code"; readonly lines: readonly string[]; readonly fences: number };

const starts: readonly (readonly [Exclude<Block["kind"], "code" | "text">, RegExp])[] = [
  ["blank", /^\s*$/],
  ["heading", /^#{1,6} /],
  ["list", /^\s*[-*+] /],
  ["steps", /^\s*\d{1,9}[.)] /],
  ["quote", /^> ?/],
];
const fence = /^ {0,3}(`{3,}|~{3,})/;

function kindOf(line: string): Block["kind"] {
  if (fence.test(line)) return "code";
  return starts.find(([, pattern]) => pattern.test(line))?.[0] ?? "text";
}

function blockAt(lines: readonly string[], at: number): Block {
  const first = lines[at] ?? "";
  const kind = kindOf(first);
  if (kind === "code") return codeAt(lines, at, fence.exec(first)?.[1] ?? "");
  if (kind === "heading" || kind === "blank") return { kind, lines: [first] };
  const isOn = (line: string): boolean =>
    kindOf(line) === kind || (kind !== "text" && /^\s+\S/.test(line));
  return {
    kind,
    lines: lines.slice(
      at,
      endOf(lines, at + 1, (line) => !isOn(line)),
    ),
  };
}

function codeAt(lines: readonly string[], at: number, ticks: string): Block {
  const isEnd = (line: string): boolean => line.trim().startsWith(ticks) && /^[`~\s]+$/.test(line);
  const end = endOf(lines, at + 1, isEnd);
  return { kind: "code", lines: lines.slice(at + 1, end), fences: end < lines.length ? 2 : 1 };
}

/** The first from there on of which it is so, else behind the last. */
function endOf(lines: readonly string[], from: number, isSo: (line: string) => boolean): number {
  let at = from;
  while (at < lines.length && !isSo(lines[at] ?? "")) at += 1;
  return at;
}

function asHtml(block: Block, hosts: readonly string[]): string {
  const inside = (text: string): string => inline(text, hosts);
  switch (block.kind) {
    case "blank":
      return "";
    case "code":
      return `<pre>${escaped(block.lines.join("\n"))}</pre>`;
    case "heading":
      return `<h3>${inside(block.lines.join("").replace(/^#+ +/, ""))}</h3>`;
    case "list":
      return `<ul>${itemsOf(block.lines, /^\s*[-*+] /)
        .map((item) => boxed(inside(item)))
        .join("")}</ul>`;
    case "steps":
      return `<ol>${itemsOf(block.lines, /^\s*\d{1,9}[.)] /)
        .map((item) => `<li>${inside(item)}</li>`)
        .join("")}</ol>`;
    case "quote":
      return `<blockquote>${inside(block.lines.map((line) => line.replace(/^> ?/, "")).join(" "))}</blockquote>`;
    case "text":
      return `<p>${inside(block.lines.join("\n"))}</p>`;
  }
}

/** A line that begins none goes on with the one before. */
function itemsOf(lines: readonly string[], start: RegExp): readonly string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (start.test(line)) items.push(line.replace(start, ""));
    else items.push(`${items.pop() ?? ""} ${line.trim()}`.trim());
  }
  return items;
}

/** A task has its box in place of the list's dot. */
function boxed(item: string): string {
  const [, mark, task = ""] = /^\[( |x)\] ([^]*)$/i.exec(item) ?? [];
  if (mark === undefined) return `<li>${item}</li>`;
  return `<li class="task">${mark === " " ? "☐" : "☑"} ${task}</li>`;
}

/** Labels are bounded, so that a text of brackets alone takes no longer than another. */
const spans =
  /\\([!-/:-@[-`{-~])|`([^`\n]+)`|(?<!!)\[((?:\\.|[^\]\\]){0,500})\]\((https?:\/\/[^\s)]+)\)|\*\*([^*\n]+)\*\*|(?<![\p{L}\p{N}])_([^_\n]+)_(?![\p{L}\p{N}])|&(lt|gt|amp);/gu;
const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&" };

function inline(text: string, hosts: readonly string[]): string {
  let end = 0;
  let told = "";
  for (const found of text.matchAll(spans)) {
    told += escaped(text.slice(end, found.index)) + spanOf(found, hosts);
    end = found.index + found[0].length;
  }
  return told + escaped(text.slice(end));
}

function spanOf(found: RegExpMatchArray, hosts: readonly string[]): string {
  const [whole, sign, code, label, url, strong, slanted, entity] = found;
  if (sign !== undefined) return escaped(sign);
  if (code !== undefined) return `<code>${escaped(code)}</code>`;
  if (strong !== undefined) return `<strong>${inline(strong, hosts)}</strong>`;
  if (slanted !== undefined) return `<em>${inline(slanted, hosts)}</em>`;
  if (entity !== undefined) return escaped(entities[entity] ?? "");
  const known = knownUrl(url, hosts);
  const words = inline(label ?? "", hosts);
  if (known === null) return label === undefined ? escaped(whole) : words;
  return `<a href="${escaped(known)}" rel="noopener noreferrer">${words}</a>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
