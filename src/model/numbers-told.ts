/** Whether the numbers of a part of a sentence, in figures, are those of what it speaks of. */

import { clocksIn } from "./clocks.ts";
import type { Item } from "./item.ts";
import { blanked, namesIn } from "./names.ts";
import { isRounded, quantitiesIn, type Quantity, type ToldQuantity } from "./quantities.ts";

const fromBefore =
  /(?:\bfrom|\bbefore:?|\bnormally|\busually|\bbaseline|\binstead of|\bagainst|\bversus|\bvs\.?|\bpreviously|\bused to be|\bcompared (?:to|with)|\bearlier:?|\b(?:before|prior to) (?:the (?:onset|trouble|incident|shift)|it):?)\s*(?:about |around |roughly |some |of )*$/i;
const toAfter =
  /(?:\bto|→|->|\breach(?:ed|es|ing)?|\bnow|\bcurrently|\bhits?|\bduring (?:the (?:trouble|incident|shift)|it):?)\s*(?:about |around |roughly |some |at |near )*$/i;
const wasBefore =
  /^\s*(?:→|->|(?:is |was )?(?:usual|usually|before|earlier|previously|normally|normal)\b)/i;
const isNow = /^\s*(?:now|currently|at present|today)\b/i;
const change = /\b(?:by|another|additional|extra)\s*(?:about |around |roughly |some )*$/i;
const changeAfter =
  /^\s*(?:higher|lower|more|less|up|down|increase|decrease|growth|rise|drop|longer|shorter)\b/i;

export function numberFault(text: string, items: readonly Item[]): string | null {
  const clocks = clocksIn(text).map(({ index, text: told }) => ({ index, length: told.length }));
  const rest = [...namesIn(text), ...clocks].reduce(
    (left, { index, length }) => blanked(left, index, length),
    text,
  );
  const known = items.flatMap(({ quantities }) => quantities);
  const lost = quantitiesIn(rest).find(
    (told) =>
      !known.some((each) => isToldOf(told, each, rest)) ||
      (isOfBoth(told, rest) && !isOfAll(told, items, rest)),
  );
  return lost === undefined ? null : `gives a number that nothing that it cites has: ${lost.text}`;
}

/** "Both are above one second." */
function isOfBoth(told: ToldQuantity, text: string): boolean {
  return (
    /\b(?:both|each|all|every)\b/i.test(text.slice(0, told.index)) &&
    bounds.test(text.slice(0, told.index))
  );
}

function isOfAll(told: ToldQuantity, items: readonly Item[], text: string): boolean {
  const metrics = items.filter(({ kind }) => kind === "metric");
  return metrics.every(({ quantities }) => quantities.some((each) => isToldOf(told, each, text)));
}

const bounds =
  /\b(?:(above|over|beyond|exceed\w*|more than|greater than|higher than|at least)|(below|under|less than|fewer than|lower than|within|at most))\s+(?:the )?$/i;
/** "Above 1 s" is not said of 40 s. */
const boundFactorMax = 4;

function isWithinBound(told: ToldQuantity, of: Quantity, ahead: string): boolean | null {
  const bound = bounds.exec(ahead);
  if (bound === null) return null;
  if (told.dimension !== of.dimension) return false;
  const isAbove = bound[1] !== undefined;
  return isAbove
    ? of.value >= told.value && of.value <= told.value * boundFactorMax
    : of.value <= told.value && of.value >= told.value / boundFactorMax;
}

function isToldOf(told: ToldQuantity, of: Quantity, text: string): boolean {
  const ahead = text.slice(0, told.index);
  const behind = text.slice(told.index + told.text.length);
  const isChange = change.test(ahead) || changeAfter.test(behind);
  if (isChange !== (of.role === "change") && of.role !== "other") return false;
  if (
    of.role === "before" &&
    (toAfter.test(ahead) || isNow.test(behind)) &&
    !wasBefore.test(behind)
  )
    return false;
  if (of.role === "after" && (fromBefore.test(ahead) || wasBefore.test(behind))) return false;
  return isWithinBound(told, of, ahead) ?? isRounded(told, of);
}
