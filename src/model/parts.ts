/** A sentence in parts, each with those of the cited things that it speaks of, so that no number is told of another. */

import type { Item } from "./item.ts";
import type { Known } from "./known.ts";
import { isNamed } from "./changes-told.ts";
import { clocksIn } from "./clocks.ts";
import { wordsOfKind } from "./kind-words.ts";
import { blanked, namesIn } from "./names.ts";
import { inFigures } from "./number-words.ts";
import { servicesIn } from "./services-named.ts";
import { stemsOfName, unknownWords, wordsIn, wordsOfItems } from "./vocabulary.ts";
import { hasRow } from "./rows-told.ts";
import { hasShare } from "./written-numbers.ts";

export interface Part {
  readonly text: string;
  readonly items: readonly Item[];
  readonly services: readonly string[];
}

const joint =
  /;|(?<=[.!?])\s+|,\s+(?=(?:and|while|but|whereas|which|yet|though|although)\b)|\s+(?=(?:while|whereas|although)\b)|\s–\s/;
/** Where a part may end that has told its number, if the next speaks of another thing. */
const seam = /(,\s+|:\s+|\s*[()]\s*|\s+(?=(?:and|with|but|against)\b))/;

export function partsOf(own: string, cited: readonly Item[], known: Known): Part[] {
  return own
    .split(joint)
    .flatMap((clause) => cutAtSeams(clause, cited))
    .map((text) => {
      const services = servicesIn(text, known);
      return { text, services, items: narrowed(text, services, cited) };
    });
}

function cutAtSeams(clause: string, cited: readonly Item[]): string[] {
  const told = cited.filter(({ kind }) => kind === "metric" || kind === "change" || kind === "log");
  if (told.length < 2 || hasRow(clause)) return [clause];
  const parts: string[] = [""];
  const pieces = clause.split(seam);
  for (const [at, piece] of pieces.entries()) {
    const last = parts.at(-1) ?? "";
    const isFull = hasNumber(last) && !/\bbetween\s+\S+\s*$/i.test(last);
    if (isFull && hasNumber(pieces.slice(at).join("")) && tells(piece, told)) parts.push(piece);
    else parts[parts.length - 1] = last + piece;
  }
  return parts;
}

/** Beside names and times of day. */
function hasNumber(text: string): boolean {
  const taken = [
    ...namesIn(text),
    ...clocksIn(text).map((each) => ({ ...each, length: each.text.length })),
  ];
  const rest = taken.reduce((left, { index, length }) => blanked(left, index, length), text);
  return /\d/.test(inFigures(rest)) || hasShare(rest);
}

/** Whether it speaks of one of them by what the others do not have. */
function tells(piece: string, metrics: readonly Item[]): boolean {
  const near = metrics.map((item) => nearness(piece, item));
  return near.some((each) => each > 0) && new Set(near).size > 1;
}

/** What its kind may be called counts less than any word of its own. */
const kindWordsMax = 100;

/** How many of the words that tell a metric from others a text has: of its name, its places, its slices. */
function nearness(text: string, item: Item): number {
  if (item.kind === "change") return isNamed(text, item) ? 1 : 0;
  if (item.kind === "log")
    return servicesIn(text, item).length + overlap(text, item) / kindWordsMax;
  const words = new Set(wordsIn(text));
  const ofKind = item.measures === null ? [] : wordsIn(wordsOfKind(item.measures));
  const alike = ofKind.filter((word) => words.has(word)).length;
  const named = [...stemsOfName(item)].filter((word) => words.has(word)).length;
  const places = servicesIn(text, item).length;
  return (
    (named || alike / kindWordsMax) +
    places +
    (hasSlice(text, item) || isOfWhole(text, item) ? 2 : 0)
  );
}

const overlap = (text: string, item: Item): number => {
  const own = wordsOfItems([item]);
  return unknownWords(text, new Set()).filter((word) => own.has(word)).length;
};

/** "checkout as a whole" */
function isOfWhole(text: string, { slices }: Item): boolean {
  return slices.length === 0 && /\b(?:as a whole|overall|in total|altogether)\b/i.test(text);
}

function hasSlice(text: string, { slices }: Item): boolean {
  const low = text.toLowerCase();
  return slices.some((slice) => low.includes(slice.toLowerCase()));
}

/** Those of the services that the part names, and of these the ones whose words it uses most. */
function narrowed(
  text: string,
  services: readonly string[],
  cited: readonly Item[],
): readonly Item[] {
  const own = cited.filter((item) => item.services.some((service) => services.includes(service)));
  const near = own.length === 0 ? cited : own;
  const used = new Set(unknownWords(text, new Set()));
  const scores = near.map((item) =>
    item.kind === "metric" || item.kind === "change"
      ? nearness(text, item)
      : [...wordsOfItems([item])].filter((word) => used.has(word)).length,
  );
  return near.filter(
    (item, at) =>
      !near.some(
        (other, place) =>
          other.kind === item.kind &&
          item.kind !== "examined" &&
          ((scores[place] ?? 0) > (scores[at] ?? 0) || isWholeOf(other, item, text)),
      ),
  );
}

/** Where no slice is named, the whole is meant. */
function isWholeOf(whole: Item, slice: Item, text: string): boolean {
  return (
    slice.slices.length > 0 &&
    whole.slices.length === 0 &&
    whole.name === slice.name &&
    whole.services.join() === slice.services.join() &&
    !hasSlice(text, slice)
  );
}
