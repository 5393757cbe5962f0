/** Text from outside on its way into Markdown: one line, in which nothing is markup, a link, a mention or invisible. */

import { cut, knownUrl } from "../message/escape.ts";

const textMax = 300;
const queryMax = 4_000;

/** As it is to be read; beyond `max` characters it is cut at a word. */
export function literal(outside: string, max = textMax): string {
  return cut(oneLine(outside), max)
    .replaceAll(/[\\`*[\]|~$]/g, String.raw`\$&`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/:(?=\/\/)/g, String.raw`\:`)
    .replaceAll(/www\./gi, (found) => `${found.slice(0, -1)}\\.`)
    .replaceAll(/@(?=[\p{L}\p{N}])/gu, "@\u200B")
    .replace(
      /^(?:[-+]|#{1,6}|\d+[.)])(?=\s|$)/,
      (found) => `${found.slice(0, -1)}\\${found.slice(-1)}`,
    );
}

/** A line of Markdown as it reads, links by their labels. */
export function plainText(markdown: string): string {
  return markdown
    .replaceAll(/(?<!\\)\[((?:\\.|[^\]\\])*)\]\(https?:\/\/[^\s)]+\)/g, "$1")
    .replaceAll(/\*\*/g, "")
    .replace(/^_(.*)_$/, "$1")
    .replaceAll(/\\([!-/:-@[-`{-~])/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** What somebody wrote, in quotation marks. */
export function quoted(outside: string, max = textMax): string {
  return `“${literal(outside, max)}”`;
}

function oneLine(outside: string): string {
  return outside
    .slice(0, 100_000)
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

/** `label` is Markdown already; the label alone where the address is not http(s) on one of `hosts`. */
export function linkTo(label: string, url: string, hosts: readonly string[]): string {
  const known = knownUrl(url, hosts);
  return known === null ? label : `[${label}](${escapedUrl(known)})`;
}

function escapedUrl(url: string): string {
  return url.replaceAll(
    /[()[\]\\`]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Whatever is in it stays in it. */
export function codeBlock(outside: string): string {
  const text = cut(outside.replaceAll(/[^\P{C}\n\t]/gu, ""), queryMax);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
