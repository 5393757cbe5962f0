/** Whether the numbers of a part of a sentence are those of what it speaks of. */

import { clocksIn } from "./clocks.ts";
import type { Item } from "./item.ts";
import { blanked, namesIn } from "./names.ts";
import { inFigures, lengthsInFigures } from "./number-words.ts";
import {
  isComparable,
  isRounded,
  quantitiesIn,
  type Quantity,
  type ToldQuantity,
} from "./quantities.ts";
import { servicesIn } from "./services-named.ts";
import { manyFault, multipleFault, shareFault, tailFault } from "./written-numbers.ts";

const rather = String.raw`(?:(?:about|around|roughly|nearly|almost|some|of|at|near|only|just|a mere|well)\s+)*$`;
const fromBefore = new RegExp(
  String.raw`(?:\bfrom|\bbefore:?|\bnormally|\busually|\bbaseline|\binstead of|\bagainst|\bversus|\bvs\.?|\bpreviously|\bformer|\bused to be|\bcompared (?:to|with)|\bearlier:?|\b(?:before|prior to) (?:the (?:onset|trouble|incident|shift)|it):?)\s*${rather}`,
  "i",
);
const toAfter = new RegExp(
  String.raw`(?:\bto|→|->|\breach(?:ed|es|ing)?|\bnow|\bcurrently|\bhits?|\bduring (?:the (?:trouble|incident|shift)|it):?)\s*${rather}`,
  "i",
);
const wasBefore =
  /^\s*(?:→|->|(?:times |lines |entries )?(?:is |was |were )?(?:usual|usually|before|earlier|previously|normally|normal|until then)\b)/i;
const isNow = /^\s*(?:now|currently|at present|today)\b/i;
const change = new RegExp(String.raw`\b(?:by|another|additional|extra)\s*${rather}`, "i");
/** Of a share either how far it moved, or where it went. */
const moved = new RegExp(
  String.raw`\b(?:up|down|rose|risen|fell|fallen|dropp?\w*|climb\w*|jump\w*|shrank|shrunk|grew|grown|(?:increas|decreas|reduc|declin|ris|gain|drop|jump|fall|growth|reduction)\w*(?: of)?)\s*${rather}`,
  "i",
);
const changeAfter =
  /^\s*(?:percentage points? )?(?:higher|lower|more|less|up|down|increase|decrease|growth|rise|drop|longer|shorter)\b/i;

interface Said {
  readonly text: string;
  readonly items: readonly Item[];
  /** By the whole sentence. */
  readonly cited: readonly Item[];
}

export function numberFault({ text, items: own, cited }: Said): string | null {
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
      (!isHeldBy(each, items, rest) || (isOfBoth(each, rest) && !isOfAll(each, items, rest))),
  );
  if (lost !== undefined) return `gives a number that nothing that it cites has: ${lost.text}`;
  const without = servicesListed(rest, cited).find(
    (service) =>
      told.length > 0 &&
      !told.some((each) =>
        isHeldBy(
          each,
          cited.filter((item) => item.services.includes(service)),
          rest,
        ),
      ),
  );
  if (without !== undefined) return `gives no number that ${without} has`;
  return multipleFault(rest, items) ?? manyFault(rest, items);
}

/** "checkout and frontend alike": what is told of a row of services is told of each. */
function servicesListed(text: string, items: readonly Item[]): string[] {
  const services = [...new Set(items.flatMap((item) => item.services))];
  const name = services
    .toSorted((a, b) => b.length - a.length)
    .map((each) => each.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`))
    .join("|");
  if (services.length < 2) return [];
  const row = new RegExp(
    String.raw`(?<![\w-])(?:${name})(?:(?:,| and|, and| as well as)(?: the)? (?:${name}))+(?![\w-])`,
    "gi",
  );
  return [...text.matchAll(row)].flatMap(([told]) => servicesIn(told, { services }));
}

function isWritten({ index, dimension }: ToldQuantity, text: string): boolean {
  return dimension === "plain" && !/\d/.test(text.charAt(index));
}

function isHeldBy(told: ToldQuantity, items: readonly Item[], text: string): boolean {
  return items.some((item) => item.quantities.some((each) => isToldOf(told, each, item, text)));
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

const bounds =
  /\b(?:(above|over|beyond|exceed\w*|more than|greater than|higher than|at least)|(below|under|less than|fewer than|lower than|within|at most))\s+(?:the )?$/i;
/** "Above 1 s" is not said of 40 s. */
const boundFactorMax = 4;

function isWithinBound(told: ToldQuantity, of: Quantity, ahead: string): boolean | null {
  const bound = bounds.exec(ahead);
  if (bound === null) return null;
  if (!isComparable(told, of)) return false;
  const isAbove = bound[1] !== undefined;
  return isAbove
    ? of.value >= told.value && of.value <= told.value * boundFactorMax
    : of.value <= told.value && of.value >= told.value / boundFactorMax;
}

const spanning =
  /\b(?:in|within|over|during|for)\s+(?:(?:only|just|about|roughly|nearly|the|last|past)\s+)*$/i;
const lasting =
  /\b(?:answer\w*|respon\w+|finish\w*|complet\w+|return\w*|tak\w+|took|wait\w*|held|hold\w*|stop\w*|paus\w+|served?|done)\b/i;

/** "Rose in 0.4 s": how long a move took is not what moved. */
function isSpan(ahead: string, of: Quantity, { kind }: Item): boolean {
  const isLength = kind === "metric" && of.dimension === "seconds" && of.role !== "other";
  return isLength && spanning.test(ahead) && !lasting.test(ahead);
}

function isToldOf(told: ToldQuantity, of: Quantity, item: Item, text: string): boolean {
  const ahead = text.slice(0, told.index);
  const behind = text.slice(told.index + told.text.length);
  if (isSpan(ahead, of, item)) return false;
  const isChange = change.test(ahead) || changeAfter.test(behind);
  const isEither = !isChange && told.dimension === "share" && moved.test(ahead);
  if (!isEither && isChange !== (of.role === "change") && of.role !== "other") return false;
  if (
    of.role === "before" &&
    (toAfter.test(ahead) || isNow.test(behind)) &&
    !wasBefore.test(behind)
  )
    return false;
  if (of.role === "after" && (fromBefore.test(ahead) || wasBefore.test(behind))) return false;
  return isWithinBound(told, of, ahead) ?? isRounded(told, of);
}

/** How many things and services a sentence speaks of: "two services". */
function countsOf(cited: readonly Item[]): number[] {
  return [cited.length, new Set(cited.flatMap(({ services }) => services.slice(0, 1))).size];
}
