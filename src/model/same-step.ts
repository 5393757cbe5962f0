/** Which canonical step a model's proposal is, though it has another name for it: by id, by its title, by its command. */

import { parsedShell } from "../command/shell.ts";
import type { Step } from "../playbook/step.ts";
import { stem } from "./ordinary-words.ts";

interface Proposed {
  readonly step: string | null;
  readonly title: string;
  readonly kind: Step["role"];
  readonly command: string | null;
}

/** Of the words that the two titles have together. */
const sharedMin = 0.6;
/** Program, verb, object. */
const commandWordsMax = 3;

/** null: none of the playbook. Whoever says "restart" means the step that restarts, whatever id stands beside it. */
export function sameStep(
  proposed: Proposed,
  steps: readonly Step[],
  names: readonly string[],
): Step | null {
  const byId = steps.find(({ id }) => id === proposed.step);
  if (byId !== undefined) return byId;
  const alike = steps.filter(({ role }) => role === proposed.kind);
  return byTitle(proposed.title, alike, names) ?? byCommand(proposed.command, alike);
}

function byTitle(title: string, steps: readonly Step[], names: readonly string[]): Step | null {
  const scored = steps
    .map((step) => ({
      step,
      score: Math.max(...titlesOf(step).map((each) => alikeness(title, each, names))),
    }))
    .toSorted((a, b) => b.score - a.score);
  const [first] = scored;
  return first !== undefined && first.score >= sharedMin ? first.step : null;
}

function titlesOf({ title, plainTitle, id }: Step): string[] {
  return [title.replaceAll(/\{\w+\}/g, " "), plainTitle, id.replaceAll("-", " ")];
}

/** In [0, 1]: of all words of both that say something, those that both have. */
export function alikeness(one: string, other: string, names: readonly string[]): number {
  const [a, b] = [meaning(one, names), meaning(other, names)];
  const shared = [...a].filter((word) => b.has(word)).length;
  const all = new Set([...a, ...b]).size;
  return all === 0 || shared === 0 ? 0 : shared / all;
}

/** Words for the same deed, as one. */
const synonyms: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/\b(?:roll(?:ing|ed)?[ -]?back|rollback|back out)\b/g, "rollback"],
  [/\b(?:revert|undo|take back)\b(?=.*\b(?:deploy\w*|release|version|rollout)\b)/g, "rollback"],
  [/\b(?:bounce|reboot|cycle|relaunch)\b/g, "restart"],
  [/\b(?:deployment|release|rollout|version)s?\b/g, "deploy"],
  [/\b(?:toggle|switch|disable|turn off|turn)\b/g, "turn"],
  [/\b(?:bump|enlarge|increase|grow|widen|lift)\b/g, "raise"],
  [/\b(?:inspect|look at|examine|review|verify|check|see|compare|view|list)\b/g, "read"],
  [/\b(?:replicas?|instances?|pods?)\b/g, "instance"],
  [/\b(?:config|settings?)\b/g, "configuration"],
  [/\b(?:db)\b/g, "database"],
];
const empty = new Set(
  "the a an of to for in on at and its it one what which with from by last all that this now new former previous current running up out is service".split(
    " ",
  ),
);

function meaning(text: string, names: readonly string[]): Set<string> {
  let plain = text.toLowerCase();
  for (const name of names) plain = plain.replaceAll(name.toLowerCase(), " ");
  for (const [pattern, word] of synonyms) plain = plain.replaceAll(pattern, word);
  const words = plain.match(/[a-z]{2,}/g) ?? [];
  return new Set(words.filter((word) => !empty.has(word)).map(stem));
}

function byCommand(command: string | null, steps: readonly Step[]): Step | null {
  const wanted = deedOf(command ?? "");
  // Two words, as in "kubectl logs", are a tool and no step.
  if (wanted.length < commandWordsMax) return null;
  const same = (text: string) =>
    text.split("\n").some((line) => deedOf(line).join(" ") === wanted.join(" "));
  return steps.find(({ ways }) => ways.some((way) => same(way.command))) ?? null;
}

/** "kubectl -n shop rollout undo deploy/checkout" → kubectl, rollout, undo. */
function deedOf(line: string): string[] {
  const [first] = parsedShell(line).commands;
  const words = (first?.words ?? []).map(({ text }) => text);
  return words.filter((word, at) => isDeed(word, words[at - 1])).slice(0, commandWordsMax);
}

function isDeed(word: string, before: string | undefined): boolean {
  return (
    /^[a-z][a-z-]*$/.test(word) && !(before?.startsWith("-") === true && !before.includes("="))
  );
}
