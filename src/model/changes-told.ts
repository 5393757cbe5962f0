/** What is told of a change: it went live at its time, and nothing is told that it did to what is measured. */

import type { Item } from "./item.ts";
import { stemsOfName, wordsIn, wordsOfItems } from "./vocabulary.ts";

/** What stands on two sides of these stands beside each other. */
const beside =
  /[,;:.]\s|\s[–-]\s|[()]|\b(?:and|while|whereas|but|before|after|when|once|since|until|as|followed|preced\w+|alongside|beside|whose|which|where)\b/i;

const changing =
  /\b(?:changes?|commits?|deploy\w*|release[sd]?|rollout|flags?|pull requests?|prs?|merged?|config\w*|live|version)\b/i;

/** "The config cut its pool size." */
const doing =
  /^\s*(?:the|this|that|its|a|one) (?:[\w-]+ ){0,2}(?:config\w*|change|commit|deploy\w*|flag|pull request|pr|release|rollout|update|patch|move|switch)\b/i;

/** "Turning on X saturated the event loop": both in one breath, and the change does not name what is measured. */
export function deedFault(own: string, cited: readonly Item[]): string | null {
  const changes = cited.filter(({ kind }) => kind === "change");
  const metrics = cited.filter(({ kind }) => kind === "metric");
  if (changes.length === 0 || metrics.length === 0) return null;
  if (!changing.test(own) && !changes.some((change) => isNamed(own, change)))
    return "tells what a change does without saying that it is one";
  if (
    /\bwith (?:[^\s,;.]+ ){1,8}?(?:live|on|off|enabled|deployed|released|merged|in place|active|shipped)\b/i.test(
      own,
    )
  )
    return "tells what a change did to what is measured";
  const known = wordsOfItems(changes);
  // "Commit X, live 7 min before onset, made it slow" is one breath.
  const plain = own.replaceAll(
    /, (?:which |that |was |went )*(?:live|merged|in flight|deployed|shipped|released|turned)\b[^,;.]*,/gi,
    " ",
  );
  const isOne = plain.split(beside).some((piece) => {
    const words = new Set(wordsIn(piece));
    return (
      (doing.test(piece) || changes.some((change) => isNamed(piece, change))) &&
      metrics.some(
        (metric) =>
          !changes.some((change) => metric.slices.some((slice) => isNamed(slice, change))) &&
          [...stemsOfName(metric)].some((word) => words.has(word) && !known.has(word)),
      )
    );
  });
  return isOne ? "tells what a change did to what is measured" : null;
}

/** By its id, its request's number or its title. */
export function isNamed(text: string, { id, text: own }: Item): boolean {
  const name = id.slice("change:".length);
  const title = /"([^"]+)"/.exec(own)?.[1] ?? "";
  const number = /#(\d+)/.exec(own)?.[1];
  const low = text.toLowerCase();
  return (
    low.includes((/^[0-9a-f]{12,}$/.test(name) ? name.slice(0, 7) : name).toLowerCase()) ||
    (title.length > 5 && low.includes(title.toLowerCase())) ||
    (number !== undefined && new RegExp(String.raw`(?:#|pr |request )${number}\b`, "i").test(text))
  );
}

/** Those that are named; where none is, those of the kind that is spoken of. */
export function mentioned(text: string, changes: readonly Item[]): Item[] {
  const named = changes.filter((change) => isNamed(text, change));
  if (named.length > 0) return named;
  return kinds
    .filter(([word]) => word.test(text))
    .map(([, kind]) => changes.filter(({ text: own }) => kind.test(own)))
    .reduce((some, each) => (some.length > 0 ? some : each), []);
}

const kinds: readonly (readonly [word: RegExp, text: RegExp])[] = [
  [/\b(?:deploy\w*|rollout|release[sd]?)\b/i, /^deploy\b/],
  [/\b(?:flags?|toggles?|turned on|switched on)\b/i, /^flag\b/],
  [/\b(?:commit\w*|pull requests?|prs?|merged?|revision)\b/i, /^(?:commit|PR)\b/],
  [
    /\b(?:changes?|commit\w*|deploy\w*|release[sd]?|rollout|flag|pull request|pr|merged?|revision|config\w*)\b/i,
    /./,
  ],
];
