/** How likely a change can have done anything at run time, from its paths, its title and the shape of its diff. */

import {
  addedWork,
  amountsIn,
  flippedSetting,
  onlyAddsCheck,
  onlyMoves,
  removesCheck,
  type DiffLines,
} from "./diff-deeds.ts";
import type { ChangeRecord } from "./input.ts";

/** Of a longer diff, or of a longer line of it, the rest is not read. */
const diffCharsMax = 100_000;
const diffLinesMax = 2_000;
const diffLineCharsMax = 1_000;
/** The limits in words. */
export const diffLimits = `${diffCharsMax} characters, ${diffLinesMax} lines, ${diffLineCharsMax} characters a line`;

/** What a change can do: a factor on its odds, and the reason in words where it is telling. */
export interface Effect {
  readonly factor: number;
  readonly because: string | null;
}

const inertPath =
  /(?:^|\/)(?:docs?|tests?|__tests__|testdata|fixtures|spec|\.github|\.vscode)\/|[._-](?:test|spec|stories|snap)\.|_test\.|\.(?:md|mdx|rst|adoc|txt|css|scss|sass|less|svg|png|jpe?g|gif|ico|woff2?|snap)$|(?:^|\/)(?:LICENSE|NOTICE|CODEOWNERS|AUTHORS|CHANGELOG|\.gitignore|\.editorconfig)[^/]*$/i;
const manifestPath =
  /(?:^|\/)(?:go\.(?:mod|sum)|package(?:-lock)?\.json|[\w-]*requirements[\w-]*\.txt|poetry\.lock|Cargo\.(?:toml|lock)|Gemfile(?:\.lock)?|composer\.(?:json|lock)|pom\.xml|build\.gradle|yarn\.lock|pnpm-lock\.yaml|pyproject\.toml)$/i;
const comment = /^\s*(?:\/\/|#(?!include|define|if|else|endif)|\/?\*|--\s|<!--|"""|$)/;
const importLine = /^\s*(?:import|from|use|using|require|const \S+ = require)\b/;
const logOnly =
  /\b(?:log|logger|logging|slog|zap|console)\b\s*(?:\.\s*\w+\s*)?\(|\b(?:metrics?|counter|histogram|gauge)\b\s*\.\s*\w+|\bLOG_[A-Z]+\(|\bSetAttributes\(|\bprometheus\.\w+\(/i;

const titleFactors: readonly (readonly [RegExp, number])[] = [
  [/^(?:docs?|tests?|style|ci)\b/i, 0.1],
  [/\b(?:typo|comment|readme|changelog|golden|gofmt|lint|format(?:ting)?)\b/i, 0.15],
  [/\b(?:refactor|tidy|rename|extract|cleanup|clean up|code motion)\b/i, 0.6],
  [/^(?:chore|build)\b/i, 0.7],
];

/** Nothing but a title to go by. */
const unreadFactor = 0.5;

const noEffect: Effect = { factor: 0.02, because: "only docs, tests, styles or comments" };

/** Factor in (0, 2.5]; 1 for a plain change of code. */
export function effectOf(change: ChangeRecord, lines: DiffLines): Effect {
  const files = change.files ?? [];
  if (files.length > 0 && files.every((file) => inertPath.test(file) && !manifestPath.test(file)))
    return noEffect;
  const changed = [...lines.added, ...lines.removed];
  if (changed.length > 0 && changed.every((line) => comment.test(line))) return noEffect;
  const active = changed.filter((line) => !comment.test(line) && !importLine.test(line));
  if (active.length > 0 && active.every((line) => logOnly.test(line))) {
    return { factor: 0.15, because: "only log lines or measurements" };
  }
  const [, title = 1] = titleFactors.find(([pattern]) => pattern.test(change.title)) ?? [];
  if (isManifestOnly(change)) return { factor: 0.6, because: "only versions of dependencies" };
  return (
    deedOf(lines, files, title) ?? {
      factor: isUnread(change, changed) ? title * unreadFactor : title,
      because: null,
    }
  );
}

/** A title says what was meant: one that sounds harmless does not make a telling deed so. */
function deedOf(lines: DiffLines, files: readonly string[], title: number): Effect | null {
  if (onlyAddsCheck(lines)) return { factor: 0.4, because: "only adds a check" };
  if (removesCheck(lines)) {
    return { factor: Math.max(title, 0.7) * 2.5, because: "removes a check, a limit or a pause" };
  }
  const work = addedWork(lines);
  if (work !== null) return { factor: Math.max(title, 0.7) * 1.5, because: work };
  const value = changedValue(lines);
  if (value?.givesRoom === true) {
    return { factor: title * 0.3, because: `raises a value: ${value.words}` };
  }
  if (value !== null) {
    return { factor: Math.max(title, 0.7) * 2.5, because: `changes a value: ${value.words}` };
  }
  const flipped = flippedSetting(lines, files);
  if (flipped !== null) {
    return { factor: Math.max(title, 0.7) * 2, because: `changes a setting: ${flipped}` };
  }
  if (onlyMoves(lines)) return { factor: 0.25, because: "moves code without new calls" };
  return null;
}

function isUnread({ kind, files = [] }: ChangeRecord, changed: readonly string[]): boolean {
  return kind !== "deploy" && files.length === 0 && changed.length === 0;
}

export function isManifestOnly({ files = [] }: ChangeRecord): boolean {
  return files.length > 0 && files.every((file) => manifestPath.test(file));
}

/** Lines of a unified diff without their marks, each cut at a thousand characters; file headers are left out. */
export function linesOf(diff: string | undefined): DiffLines {
  const added: string[] = [];
  const removed: string[] = [];
  const context: string[] = [];
  for (const whole of (diff ?? "").slice(0, diffCharsMax).split("\n", diffLinesMax)) {
    if (whole.startsWith("+++") || whole.startsWith("---")) continue;
    const line = whole.slice(0, diffLineCharsMax);
    if (line.startsWith("+")) added.push(line.slice(1));
    else if (line.startsWith("-")) removed.push(line.slice(1));
    else context.push(line);
  }
  return { added, removed, context };
}

/** Whether a part of the diff lies beyond the limits. */
export function isDiffCut(diff: string | undefined): boolean {
  if (diff === undefined) return false;
  if (diff.length > diffCharsMax) return true;
  const lines = diff.split("\n");
  return lines.length > diffLinesMax || lines.some((line) => line.length > diffLineCharsMax);
}

/** "5*time.Second → 300*time.Millisecond": the first line that differs from a removed one only in numbers and their units. */
function changedValue({ added, removed }: DiffLines): { words: string; givesRoom: boolean } | null {
  const numbered = removed.filter((line) => /\d/.test(line));
  const known = new Map(numbered.map((line) => [valueless(line), line.trim()]));
  for (const line of added) {
    if (!/\d/.test(line)) continue;
    const old = known.get(valueless(line));
    const now = line.trim();
    if (old === undefined || !/\d/.test(now) || comment.test(line)) continue;
    if (old.replaceAll(/\s+/g, "") === now.replaceAll(/\s+/g, "")) continue;
    const before = amountsIn(old);
    const givesRoom = amountsIn(now).every((amount, at) => amount >= (before[at] ?? Infinity));
    return { words: difference(old, now), givesRoom };
  }
  return null;
}

/** Without numbers, units and spaces. */
function valueless(line: string): string {
  return line.replaceAll(
    /\b\d[\d_.]*(?:ms|s|m|h|d|k|[KMGT]i?B?)?\b|\b(?:(?:Nano|Micro|Milli)?[sS]econd|Minute|Hour|Day)s?\b|\s+/g,
    "",
  );
}

/** The words that differ, at most 40 characters a side. */
function difference(old: string, now: string): string {
  const [before, after] = [old.split(/\s+/), now.split(/\s+/)];
  let start = 0;
  while (start < after.length - 1 && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < after.length - start - 1 && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const cut = (words: string[]): string =>
    words
      .slice(start, words.length - end)
      .join(" ")
      .slice(0, 40);
  return `${cut(before)} → ${cut(after)}`;
}
