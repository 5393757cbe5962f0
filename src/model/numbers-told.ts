/** Whether the numbers of a part of a sentence are those of what it speaks of. */

import { clocksIn } from "./clocks.ts";
import type { Item } from "./item.ts";
import { blanked, namesIn } from "./names.ts";
import { bounds, isToldOf } from "./number-roles.ts";
import { inFigures, lengthsInFigures } from "./number-words.ts";
import { isRounded, quantitiesIn, type ToldQuantity } from "./quantities.ts";
import { rowFault } from "./rows-told.ts";
import { wordsIn } from "./vocabulary.ts";
import { manyFault, multipleFault, shareFault, tailFault } from "./written-numbers.ts";

interface Said {
  readonly text: string;
  readonly items: readonly Item[];
  /** By the whole sentence. */
  readonly cited: readonly Item[];
  readonly whole: string;
}

export function numberFault({ text, items: own, cited, whole }: Said): string | null {
  const items = own.map((item) => sideTold(item, text));
  const counts = countsOf(cited);
  const clocks = clocksIn(text).map(({ index, text: told }) => ({ index, length: told.length }));
  const unnamed = [...namesIn(text), ...clocks].reduce(
    (left, { index, length }) => blanked(left, index, length),
    text,
  );
  const tails = tailFault(lengthsInFigures(unnamed), items);
  const shares = shareFault(tails.rest, items);
  const fault = tails.fault ?? shares.fault;
  if (fault !== null) return fault;
  const told = quantitiesIn(shares.rest);
  const rest = inFigures(shares.rest);
  const lost = told.find(
    (each, at) =>
      !isRange(each, told[at + 1], rest, items) &&
      !isRange(told[at - 1], each, rest, items) &&
      !(isWritten(each, shares.rest) && counts.includes(each.value)) &&
      !isOfOther(each, told[at - 1], { text: rest, items, cited, whole }) &&
      !isOfLines(each, { text: rest, items, cited, whole }) &&
      (!isHeldBy(each, items, rest) || (isOfBoth(each, rest) && !isOfAll(each, items, rest))),
  );
  if (lost !== undefined) return `gives a number that nothing that it cites has: ${lost.text}`;
  const isHeld = (each: ToldQuantity, of: readonly Item[]) => isHeldBy(each, of, rest);
  return (
    rowFault(rest, told, cited, isHeld) ?? multipleFault(rest, items) ?? manyFault(rest, items)
  );
}

const comparing =
  /\b(?:high|low|slow|fast|larg|bigg|small|great|long|short|wors|strong)e?r\b|\b(?:more|less|fewer)\b/i;

const isNow = (each: ToldQuantity, { quantities }: Item) =>
  quantities.some((own) => own.role === "after" && isRounded(each, own));

/** "POST /buy is slower, 4.7 s against 2.4 s for POST /cart": what each of two is now. */
function isOfOther(
  told: ToldQuantity,
  ahead: ToldQuantity | undefined,
  { text, cited, whole }: Said,
): boolean {
  if (ahead === undefined || !comparing.test(whole)) return false;
  if (
    !/^\s*(?:against|versus|vs\.?|compared (?:with|to))\s*(?:about |around )?$/i.test(
      text.slice(ahead.index + ahead.text.length, told.index),
    )
  )
    return false;
  const metrics = cited.filter(({ kind }) => kind === "metric");
  return metrics.some(
    (one) => isNow(ahead, one) && metrics.some((other) => other !== one && isNow(told, other)),
  );
}

/** "New in the log: checkout 58×", "the log has a new line. It is there 58 times." */
function isOfLines(told: ToldQuantity, { text, items, cited, whole }: Said): boolean {
  return (
    told.dimension === "times" &&
    !/fold$/i.test(told.text) &&
    /\b(?:log\w*|lines?|messages?|entr(?:y|ies))\b/i.test(whole) &&
    !/^\s*[a-z]{3,} /i.test(
      text.slice(told.index + told.text.length).replace(/^\s*since\b/i, ""),
    ) &&
    cited.every(({ kind }) => kind === "log") &&
    items.some((item) => item.quantities.some((each) => isToldOf(told, each, item, text)))
  );
}

function isWritten({ index, dimension }: ToldQuantity, text: string): boolean {
  return dimension === "plain" && !/\d/.test(text.charAt(index));
}

function isHeldBy(told: ToldQuantity, items: readonly Item[], text: string): boolean {
  return items.some(
    (item) =>
      (item.kind !== "log" || speaksOfLog(text, item)) &&
      item.quantities.some((each) => isToldOf(told, each, item, text)),
  );
}

const telling =
  /\b(?:log\w*|lines?|messages?|entr(?:y|ies)|says?|said|saying|writ\w+|wrote|report\w*|complain\w*|repeat\w*|records?|recorded)\b|["“]/i;

/** How often a line was written is not how often something else was. */
function speaksOfLog(text: string, { backing, services }: Item): boolean {
  const names = new Set(wordsIn(services.join(" ")));
  const own = new Set(wordsIn(backing).filter((word) => word.length > 3 && !names.has(word)));
  return telling.test(text) || wordsIn(text).some((word) => own.has(word));
}

const succeeding =
  /\b(?:succe\w+|complet\w+|go(?:es)? through|get(?:s)? through|pass(?:es|ed)?|work(?:s|ed)?|(?:is|are|were) (?:answered|served|fine|ok))\b/i;
const failing = /\b(?:fail\w*|errors?|not|cannot|unable)\b|n['’]t\b/i;

/** Of a share of errors, what succeeds is the rest. */
function sideTold(item: Item, text: string): Item {
  if (item.measures !== "errors" || !succeeding.test(text) || failing.test(text)) return item;
  const quantities = item.quantities.map((each) =>
    each.dimension === "share" && each.role !== "change"
      ? { ...each, value: 1 - each.value }
      : each,
  );
  return { ...item, quantities };
}

/** "Between seven and eight times" */
function isRange(
  low: ToldQuantity | undefined,
  high: ToldQuantity | undefined,
  text: string,
  items: readonly Item[],
): boolean {
  if (low === undefined || high === undefined || low.dimension !== high.dimension) return false;
  if (!/\bbetween\s+$/i.test(text.slice(0, low.index))) return false;
  return items.some(({ quantities }) =>
    quantities.some(
      ({ value, dimension }) =>
        dimension === low.dimension && value >= low.value && value <= high.value,
    ),
  );
}

/** "Both are above one second." */
function isOfBoth(told: ToldQuantity, text: string): boolean {
  return (
    /\b(?:both|each|all|every)\b/i.test(text.slice(0, told.index)) &&
    bounds.test(text.slice(0, told.index))
  );
}

function isOfAll(told: ToldQuantity, items: readonly Item[], text: string): boolean {
  return items
    .filter(({ kind }) => kind === "metric")
    .every((item) => isHeldBy(told, [item], text));
}

/** How many things and services a sentence speaks of: "two services". */
function countsOf(cited: readonly Item[]): number[] {
  return [cited.length, new Set(cited.flatMap(({ services }) => services.slice(0, 1))).size];
}
