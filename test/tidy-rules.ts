/** The rules of the house that a linter cannot see, as functions from a file's path and text to what is wrong with it. */

import { dirname, join } from "node:path/posix";

/** The packages that plain thought may use: no clock, no chance, no world behind them. */
const purePackages = new Set(["zod", "yaml", "unbash", "libpg-query"]);

type Part = "noun" | "flow" | "edge" | "shared edge" | "local" | "config" | "program";

/** Whatever is not named here is a noun, so that a new folder is pure until it is moved. `path` begins with src/. */
function partOf(path: string): Part {
  if (path.startsWith("src/flows/")) return "flow";
  if (/^src\/edges\/[^/]+\//.test(path)) return "edge";
  if (path.startsWith("src/edges/")) return "shared edge";
  if (path.startsWith("src/local/")) return "local";
  if (path.startsWith("src/program/") || path === "src/main.ts") return "program";
  if (/^src\/config(-[\w-]+)?\.ts$/.test(path)) return "config";
  return "noun";
}

/** What a part may import of our own; an edge of its own folder only. */
const mayImport: Readonly<Record<Part, readonly Part[]>> = {
  noun: ["noun"],
  flow: ["noun", "flow"],
  edge: ["noun", "flow", "edge", "shared edge"],
  "shared edge": ["noun", "flow", "shared edge"],
  local: ["local"],
  config: ["noun", "config"],
  program: ["noun", "flow", "edge", "shared edge", "local", "config", "program"],
};

/** One sentence an import that breaks the rule; relative paths are resolved here, however they climb. */
export function importFaults(path: string, text: string): string[] {
  return importsOf(text).flatMap((specifier) => {
    const fault = importFault(path, specifier);
    return fault === null ? [] : [`${path}: ${fault}`];
  });
}

function importFault(path: string, specifier: string): string | null {
  const part = partOf(path);
  // An edge may have to look for a package's file where that file has no name of its own.
  if (specifier === "" && part === "edge") return null;
  if (specifier === "") return "imports something that is only known when it runs";
  if (specifier.startsWith(".")) return ownFault(path, join(dirname(path), specifier));
  if (/^(\/|#|\w+:\/)/.test(specifier)) return `imports ${specifier}, which is no package`;
  if (part === "flow") return `is a flow and imports ${specifier}`;
  if (part === "noun" && !purePackages.has(specifier)) return `is a noun and imports ${specifier}`;
  return null;
}

function ownFault(path: string, target: string): string | null {
  if (!target.startsWith("src/")) return `imports ${target}, which lies outside src/`;
  const [from, to] = [partOf(path), partOf(target)];
  const isOtherEdge = from === "edge" && to === "edge" && edgeOf(path) !== edgeOf(target);
  if (mayImport[from].includes(to) && !isOtherEdge) return null;
  return `is ${article(from)} and imports ${target}`;
}

/** src/edges/slack */
function edgeOf(path: string): string {
  return path.split("/").slice(0, 3).join("/");
}

function article(part: Part): string {
  return /^[aeiou]/.test(part) ? `an ${part}` : `a ${part}`;
}

const staticImport =
  /(?:^|[\n;])\s*(?:import|export)\s+(?:[\w$*{}\s,]+?\s+from\s*)?["']([^"']+)["']/g;
const dynamicImport = /\bimport\(\s*(?:["']([^"']+)["'])?/g;

/** Every specifier, "" for one that is computed. */
function importsOf(text: string): string[] {
  const code = withoutComments(text);
  return [...code.matchAll(staticImport), ...code.matchAll(dynamicImport)].map(
    ([, specifier = ""]) => specifier,
  );
}

/** `//` inside a string has no space before it. */
function withoutComments(text: string): string {
  return text
    .replace(/(^|\s)\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(/(^|\s)\/\/.*$/gm, "");
}

/** The clock, chance, the machine's time zone and language, and the doors to all the rest. */
const impure: readonly RegExp[] = [
  /\bnew Date\b(?!\()/,
  /\bnew Date\(\s*\)/,
  /(?<!new )\bDate\(/,
  /\bDate\s*\.\s*now\b/,
  /\bMath\s*\.\s*random\b/,
  /\b(?:Date|Math)\s*\[/,
  /\b(?:globalThis|performance|crypto|process|console)\s*[.[]/,
  /\b(?:fetch|setTimeout|setInterval|setImmediate|queueMicrotask|require|eval)\(/,
  /\bTemporal\.Now\b/,
  /\bAbortSignal\.timeout\b/,
  /\.(?:get|set)(?:Hours|Minutes|Date|Day|Month|FullYear)\(/,
  /\.getTimezoneOffset\(/,
  /\.toLocale\w*String\(\s*\)/,
];

/** What a noun or a flow takes from the world behind everybody's back. */
export function impurities(path: string, text: string): string[] {
  const part = partOf(path);
  if (part !== "noun" && part !== "flow") return [];
  const code = withoutComments(text);
  return impure.flatMap((pattern) => {
    const found = pattern.exec(code);
    return found === null ? [] : [`${path}: ${found[0]}`];
  });
}

export function codeLines(text: string): number {
  return withoutComments(text)
    .split("\n")
    .filter((line) => line.trim() !== "").length;
}

/** A doc comment at the very top whose first words are a sentence about the file. */
export function opensWithSentence(text: string): boolean {
  const [, comment = ""] = /^\/\*\*([\s\S]*?)\*\//.exec(text) ?? [];
  return /^[A-Z"`][\s\S]{9,}\.$/.test(comment.replace(/\n \* ?/g, " ").trim());
}
