/** What is told of a change: it went live at its time, and nothing is told that it did to what is measured. */

import type { Item } from "./item.ts";
import { stemsOfName, wordsIn, wordsOfItems } from "./vocabulary.ts";

/** What stands on two sides of these stands beside each other. */
const beside =
  /[,;:.]\s|\s[–-]\s|[()]|\b(?:and|while|whereas|but|before|after|when|once|since|until|as|followed|preced\w+|alongside|beside|whose|which|where)\b/i;

const changing =
  /\b(?:changes?|commits?|deploy\w*|release[sd]?|rollout|flags?|pull requests?|prs?|merged?|config\w*|live|version)\b/i;

/** "Turning on X saturated the event loop": both in one breath, and the change does not name what is measured. */
export function deedFault(own: string, cited: readonly Item[]): string | null {
  const changes = cited.filter(({ kind }) => kind === "change");
  const metrics = cited.filter(({ kind }) => kind === "metric");
  if (changes.length === 0 || metrics.length === 0) return null;
  if (!changing.test(own) && !changes.some((change) => isNamed(own, change)))
    return "tells what a change does without saying that it is one";
  const known = wordsOfItems(changes);
  const isOne = own.split(beside).some((piece) => {
    const words = new Set(wordsIn(piece));
    return (
      changes.some((change) => isNamed(piece, change)) &&
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
