/** Numbers in words: "doubled", "a third of", "one in twenty", "hundreds", and whether the evidence has them. */

import type { Item } from "./item.ts";
import { blanked } from "./names.ts";
import { inFigures } from "./number-words.ts";
import type { Quantity } from "./quantities.ts";

const multiples: readonly (readonly [pattern: RegExp, factor: number])[] = [
  [/\b(?:more than |over |nearly |almost )?(?:doubl\w+|twice)\b/i, 2],
  [/\b(?:more than |over |nearly |almost )?tripl\w+\b/i, 3],
  [/\b(?:more than |over |nearly |almost )?quadrupl\w+\b/i, 4],
  [/\b(?:more than |over |nearly |almost )?quintupl\w+\b/i, 5],
  [/\b(?:more than |over |nearly |almost )?halv\w+\b/i, 0.5],
];
const multipleTolerance = 0.2;

export function multipleFault(text: string, items: readonly Item[]): string | null {
  const ratios = items.flatMap(({ quantities }) =>
    quantities.filter(({ dimension }) => dimension === "times"),
  );
  for (const [pattern, factor] of multiples) {
    const told = pattern.exec(text)?.[0];
    if (told === undefined) continue;
    const isMore = /^(?:more than|over)\b/i.test(told);
    const isReached = ratios.some(({ value }) =>
      isMore ? value > factor * 0.98 : Math.abs(value - factor) <= multipleTolerance * factor,
    );
    if (!isReached) return unheld(told);
  }
  return null;
}

const unheld = (told: string) => `gives a number that nothing that it cites has: ${told.trim()}`;

const many: Readonly<Record<string, readonly [from: number, to: number]>> = {
  dozen: [11, 13],
  dozens: [20, 99],
  hundreds: [100, 999],
  thousands: [1_000, 99_999],
};

/** "hundreds of lines" */
export function manyFault(text: string, items: readonly Item[]): string | null {
  const counts = items.flatMap(({ quantities }) =>
    quantities.filter(({ dimension }) => dimension === "plain").map(({ value }) => value),
  );
  const lost = [...text.matchAll(/\b(?:dozens?|hundreds|thousands)\b/gi)].find(([word]) => {
    const [from, to] = many[word.toLowerCase()] ?? [0, 0];
    return (
      !counts.some((count) => count >= from && count <= to) &&
      !items.some(({ kind, text: own }) => kind === "text" && own.toLowerCase().includes(word))
    );
  });
  return lost === undefined ? null : unheld(lost[0]);
}

const near = "(?:about |around |roughly |nearly |almost |close to |some |well |just |only )*";
const bound = `(${near}(?:more than|over|at least|less than|under|below|fewer than) )?${near}`;
const parts: readonly (readonly [name: RegExp, whole: number])[] = [
  [/^hal(?:f|ves)$/i, 2],
  [/^thirds?$/i, 3],
  [/^(?:quarter|fourth)s?$/i, 4],
  [/^fifths?$/i, 5],
  [/^sixths?$/i, 6],
  [/^sevenths?$/i, 7],
  [/^eighths?$/i, 8],
  [/^ninths?$/i, 9],
  [/^tenths?$/i, 10],
  [/^twentieths?$/i, 20],
  [/^hundredths?$/i, 100],
];
const nth =
  "thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twentieths?|hundredths?";
const counted = String.raw`an?|the|every|one|two|three|four|five|six|seven|eight|nine|\d+`;
const fraction = new RegExp(
  String.raw`\b${bound}(?:(${counted}) (${nth})\b(?! (?:time|of the (?:minute|second|hour))\b)|(half)\b(?! an?\b))`,
  "gi",
);
/** "Four out of five", "one in twenty". */
const outOf = new RegExp(
  String.raw`(?<![\d.,])${bound}\b(one|\d+)\s+(?:(?!of\b|in\b|instead\b|out\b)[a-z]+\s+)?(?:out of|in|of)\s+(?:every\s+|the\s+)?(\d+)(?![\d.,]*\d|\s*(?:lines|entries|messages|log|%|ms|s|min|[kmgt]i?b)\b)`,
  "gi",
);
const most = /\b(?:most|the majority) of\b/gi;
const fractionTolerance = 0.13;

interface ToldShare {
  readonly text: string;
  readonly index: number;
  readonly value: number;
  /** "more than", "less than", or neither. */
  readonly bound: string;
}

function sharesTold(text: string): ToldShare[] {
  const figures = inFigures(text);
  return [
    ...[...figures.matchAll(outOf)].map(({ 0: told, 1: than = "", 2: part, 3: whole, index }) => ({
      text: told,
      index,
      bound: than,
      value: countOf(part) / Number(whole),
    })),
    ...[...text.matchAll(fraction)].map(
      ({ 0: told, 1: than = "", 2: count, 3: name, 4: half, index }) => ({
        text: told,
        index,
        bound: than,
        value: half === undefined ? countOf(count) / wholeOf(name) : 0.5,
      }),
    ),
    ...[...text.matchAll(most)].map(({ 0: told, index }) => ({
      text: told,
      index,
      bound: "more than",
      value: 0.5,
    })),
  ];
}

/** "A third" and "one third" are one. */
const countOf = (word = "a") => Number(inFigures(`${word} times`).replace(/\D/g, "")) || 1;
const wholeOf = (word = "") => parts.find(([name]) => name.test(word))?.[1] ?? 1;

/** "A third", "one in twenty" */
export const hasShare = (text: string) => sharesTold(text).length > 0;

/** The text without its shares, and what the first of them is that the evidence does not have. */
export function shareFault(
  text: string,
  items: readonly Item[],
): { readonly fault: string | null; readonly rest: string } {
  const told = sharesTold(text).filter(({ value }) => value > 0 && value <= 1);
  const lost = told.find((each) => !isHeld(each, text, items));
  const rest = told.reduce((left, { index, text: own }) => blanked(left, index, own.length), text);
  return { fault: lost === undefined ? null : unheld(lost.text), rest };
}

function isHeld(told: ToldShare, text: string, items: readonly Item[]): boolean {
  const isChange = /\bby $/i.test(text.slice(0, told.index)) || /^by\b/i.test(told.text);
  return (
    isMedian(told, text, items) ||
    isOfText(told, items) ||
    items.some((item) => item.quantities.some((each) => isShareOf(told, each, item, isChange)))
  );
}

/** A share as it is; of what fell also the part that is left of it. */
function isShareOf(told: ToldShare, of: Quantity, item: Item, isChange: boolean): boolean {
  if (of.dimension === "times" && item.direction === "down" && of.value <= 1 && !isChange)
    return isNear(told, of.value);
  return of.dimension === "share" && (of.role === "change") === isChange && isNear(told, of.value);
}

function isNear({ bound: than, value }: ToldShare, of: number): boolean {
  if (/more|over|least/i.test(than)) return of >= value && of <= Math.max(2 * value, value + 0.5);
  if (/less|under|below|fewer/i.test(than)) return of <= value && of >= value / 2;
  return Math.abs(of - value) <= fractionTolerance * value;
}

const tail = /\b(?:slowest|longest|worst|top|highest)\s+(\d+)\s?(?:%|percent\b)/gi;

/** "The slowest 1 %" is what p99 is of; the text without it. */
export function tailFault(
  text: string,
  items: readonly Item[],
): { readonly fault: string | null; readonly rest: string } {
  const told = [...inFigures(text).matchAll(tail)];
  const lost = told.find(
    ([, share]) =>
      !items.some(({ name }) => new RegExp(`\\bp${100 - Number(share)}\\b`).test(name)),
  );
  return {
    fault: lost === undefined ? null : unheld(lost[0]),
    rest: told.reduce((left, { index, 0: own }) => blanked(left, index, own.length), text),
  };
}

/** "31 of 1204", as a text has it. */
function isOfText({ text }: ToldShare, items: readonly Item[]): boolean {
  const numbers = text.match(/\d+/g) ?? [];
  return (
    numbers.length > 0 &&
    items.some(
      ({ kind, text: own }) =>
        kind === "text" && numbers.every((each) => new RegExp(`(?<!\\d)${each}(?!\\d)`).test(own)),
    )
  );
}

/** Half of the requests take as long as the median says. */
function isMedian({ value }: ToldShare, text: string, items: readonly Item[]): boolean {
  return (
    value === 0.5 &&
    /\bhalf (?:of )?\w+/i.test(text) &&
    items.some(({ text: own }) => /\bp50\b|\bmedian\b/.test(own))
  );
}
