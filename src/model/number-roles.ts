/** Whether a told number is a given one by where it stands: before or after, how far it moved, a bound, a length, a rate. */

import type { Item } from "./item.ts";
import { isComparable, isRounded, type Quantity, type ToldQuantity } from "./quantities.ts";

const rather = String.raw`(?:(?:about|around|roughly|nearly|almost|some|of|at|near|only|just|a mere|well)\s+)*$`;
const fromBefore = new RegExp(
  String.raw`(?:\bfrom|\bbefore:?|\bnormally|\busually|\bbaseline|\binstead of|\brather than|\bafter|\bnot|[,(;]\s*(?:it |and )?(?:was|were)|\bwhere|\bagainst|\bversus|\bvs\.?|\bpreviously|\bformer|\bused to be|\bcompared (?:to|with)|\bearlier:?|\b(?:before|prior to) (?:the (?:onset|trouble|incident|shift)|it):?)\s*${rather}`,
  "i",
);
const toAfter = new RegExp(
  String.raw`(?:\bto|→|->|\breach(?:ed|es|ing)?|\bnow|\bcurrently|\bhits?|\bduring (?:the (?:trouble|incident|shift)|it):?)\s*${rather}`,
  "i",
);
const wasBefore =
  /^\s*(?:→|->|(?:times |lines |entries )?(?:is |was |were )?(?:usual|usually|before|earlier|previously|normally|normal|until then)\b)/i;
const isNow =
  /^\s*(?:(?!it\b|and\b|is\b|but\b|they\b|which\b)[a-z]+ )?(?:now|currently|at present|today|left|remaining)\b/i;
/** "Is 4 s" is told of what is there now, and "the usual p95 is 0.4 s" of what was. */
const present = new RegExp(
  String.raw`\b(?:is|are|has|have|takes?|stands|sits|runs|serves?|gets?)\s*${rather}`,
  "i",
);
const usual =
  /\b(?:usual\w*|normal\w*|typical\w*|ordinar\w+|baseline|before|earlier|previous\w*|former\w*|otherwise|instead|rather than|compared|against|not|where)\b/i;
const change = new RegExp(
  String.raw`(?:\b(?:(?<!\blag\w* )by|another|additional|extra)|\+)\s*${rather}`,
  "i",
);
/** Of a share either how far it moved, or where it went. */
const moved = new RegExp(
  String.raw`\b(?:up|down|rose|risen|fell|fallen|dropp?\w*|climb\w*|jump\w*|shrank|shrunk|grew|grown|(?:increas|decreas|reduc|declin|ris|gain|drop|jump|fall|growth|reduction)\w*(?: of)?)\s*${rather}`,
  "i",
);
const changeAfter =
  /^\s*(?:percentage points? )?(?:higher|lower|more|less|up|down|above|below|increase|decrease|growth|rise|drop|longer|shorter|slower|faster|quicker|bigger|larger|smaller|greater|fewer)\b/i;

export const bounds =
  /\b(?:(above|over|past|beyond|exceed\w*|more than|greater than|higher than|at least)|(below|under|less than|fewer than|lower than|within|at most))\s+(?:the )?$/i;
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

/** "40 % of what it was" */
const isPart =
  /^\s*of (?:what it (?:was|had been)|(?:its|the|their) (?:former|usual|normal|previous|earlier|original))\b/i;

const spanning =
  /\b(?:in|within|over|during|for)\s+(?:(?:only|just|about|roughly|nearly|the|last|past)\s+)*$/i;
const lasting =
  /\b(?:answer\w*|respon\w+|finish\w*|complet\w+|return\w*|tak\w+|took|wait\w*|held|hold\w*|stop\w*|paus\w+|served?|done)\b/i;

/** "Rose in 0.4 s": how long a move took is not what moved. */
function isSpan(ahead: string, of: Quantity, { kind }: Item): boolean {
  const isLength = kind === "metric" && of.dimension === "seconds";
  return isLength && spanning.test(ahead) && !lasting.test(ahead);
}

/** "1,438 per second" is not said of what is no rate, and no rate is "per request". */
function isOtherRate(behind: string, { kind, text, backing }: Item): boolean {
  const [, of = ""] =
    /^\s*[a-z]*\s*(?:per |\/ ?|an? |each |every )(s|second|minute|hour|day|request|call|user|visitor|order)s?\b/i.exec(
      behind,
    ) ?? [];
  if (kind !== "metric" || of === "") return false;
  return /^s/i.test(of)
    ? !/per second|\/s\b|_per_second/.test(`${text} ${backing}`)
    : !text.includes(`per ${of}`);
}

/** "133 workers were killed": what was counted is lines. */
function isOfThings(
  told: ToldQuantity,
  of: Quantity,
  { kind }: Item,
  [ahead, behind]: readonly [string, string],
): boolean {
  return (
    kind === "log" &&
    of.role !== "other" &&
    told.dimension === "plain" &&
    !/\b(?:log\w*|lines?|messages?|entr(?:y|ies)|report\w*|record\w*|writ\w+|wrote)\b/i.test(
      ahead,
    ) &&
    /^ (?!(?:of|new|more|such|times|lines?|log|entr|messages?|occurrences?|in|by|from|at|on|since|before|after|until|and|or|were|was|are|is|times|per|now|already|only|at|identical|similar|additional|further|cases|attempts|occasions|errors|warnings|failures|timeouts|complaints|reports|records|events)\b)[a-z]{3,}s\b(?! (?:lines?|log|entr|messages?))/i.test(
      behind,
    )
  );
}

/** "164 times" may count lines; of what is measured, and as "tenfold", it is a factor. */
function isFactor({ dimension, text }: ToldQuantity, { kind }: Item): boolean {
  return dimension === "times" && (kind === "metric" || /fold$/i.test(text));
}

/** `text`: the part of a sentence, in figures. */
export function isToldOf(told: ToldQuantity, of: Quantity, item: Item, text: string): boolean {
  const ahead = text.slice(0, told.index);
  const behind = text.slice(told.index + told.text.length);
  if (isSpan(ahead, of, item) || isOtherRate(behind, item)) return false;
  if (isOfThings(told, of, item, [ahead, behind])) return false;
  if (isFactor(told, item) && of.dimension !== "times") return false;
  if (told.dimension === "share" && isPart.test(behind) && of.dimension === "times")
    return isRounded({ ...told, dimension: "times" }, of);
  const isChange = change.test(ahead) || changeAfter.test(behind);
  const isEither = !isChange && told.dimension === "share" && moved.test(ahead);
  if (!isEither && isChange !== (of.role === "change") && of.role !== "other") return false;
  if (
    of.role === "before" &&
    (toAfter.test(ahead) ||
      isNow.test(behind) ||
      (present.test(ahead) && !usual.test(ahead) && !/^\s*(?:→|->)/.test(behind))) &&
    !wasBefore.test(behind)
  )
    return false;
  if (of.role === "after" && (fromBefore.test(ahead) || wasBefore.test(behind))) return false;
  if (of.role === "before" && wasBefore.test(behind)) return isRounded(told, of);
  return isWithinBound(told, of, ahead) ?? isRounded(told, of);
}
