/** Comparisons of cited things with each other, and superlatives over all that was gathered: told only where they come out so. */

import { isNamed } from "./changes-told.ts";
import type { Item } from "./item.ts";
import { smallNumbers } from "./number-words.ts";
import type { Known } from "./known.ts";
import { partsOf } from "./parts.ts";

const more =
  "higher|larger|bigger|greater|longer|slower|stronger|sharper|steeper|more|worse|harder|busier|further|fewer|less|lower|smaller|shorter|weaker|milder|quicker|faster";
/** Of a number, of what was before, or of nothing that is cited. */
const ofItself = String.raw`(?:\d|before\b|usual|normal|ever\b|(?:it|they|that(?! of)|this|what|(?:its|their) (?:usual|normal|ordinary|typical|former|earlier|previous|old|own|baseline)|half|twice|an?|allowed|about|around|the (?:usual|normal|baseline|half|hundred|earlier|former)|in|at|on|no change|none)\b|doubl|tripl|quadrupl|quintupl|${smallNumbers}|\w+fold\b|\w+ times\b|the (?:about )?\d|<|\w+ bytes)`;
const comparison = new RegExp(
  String.raw`\b(${more})\b[^,;.]{0,40}?\bthan (?!${ofItself})(?:does |did |is |the )*`,
  "i",
);
const ofTwo = new RegExp(String.raw`\bthe (${more}) (?:one|of (?:the two|both|these|them))\b`, "i");
const superlative =
  /\b(?:the|its) (?:by far )?((?:high|larg|bigg|great|slow|fast|strong|sharp|steep|small|low|short|weak|busi)(?:est|iest)|worst|most (?!of\b|likely\b|suspect|suspic|recent\b)\w+|least \w+)\b(?! (?:\d|(?:one|two|three|four|five|ten) (?:in|percent|%)|percent\b))|\b(?:rose|fell|grew|climbed|slowed|moved|shifted|changed|jumped|dropped|increased|hit|affected|degraded) (?:the )?(most|hardest|furthest|least)\b|\b(by far)\b/i;
const isLess = /^(?:fewer|less|low|small|short|weak|milder|quicker|fast|least)/i;
const moving =
  /\b(?:r[io]se\w*|fell|falls?|gr[eo]w\w*|climb\w*|jump\w*|mov\w+|shift\w*|chang\w+|slowed|increas\w*|drop\w*|degrad\w*|strong\w*|sharp\w*|steep\w*|hardest|most|least|hit|affected|further|furthest)\b/i;

const fault = (word: string) => `compares ("${word}") what does not compare so in the evidence`;

/** Null where nothing is compared, or it comes out so. */
export function comparedFault(own: string, cited: readonly Item[], known: Known): string | null {
  if (cited.every(({ kind }) => kind === "text")) return null;
  const two = comparison.exec(own);
  if (two !== null) {
    const after = own.slice(two.index + two[0].length);
    const sides = [own.slice(0, two.index), after.split(/[,:;]/)[0] ?? ""];
    const [one, other] = sides.map((side) => oneIn(side, cited, known));
    const isSo = one !== undefined && other !== undefined && isOnSide(one, other, two[1], own);
    if (!isSo) return fault(two[0].trim());
  }
  const best = ofTwo.exec(own) ?? superlative.exec(own);
  // How far a scope reaches is what is hit most.
  if (best === null || cited.some(({ kind }) => kind === "scope")) return null;
  const word = best[1] ?? best[2] ?? best[3] ?? "";
  const part = partsOf(own, cited, known).find(({ text }) => text.includes(best[0]));
  const told = part === undefined ? undefined : oneIn(part.text, cited, known);
  if (told === undefined) return fault(word);
  const others = [...known.items.values()].filter((each) => each !== told && isAlike(each, told));
  return others.length > 0 && others.every((each) => isOnSide(told, each, word, own))
    ? null
    : fault(word);
}

/** The one metric or line that a side speaks of; undefined where there are several. */
function oneIn(text: string, cited: readonly Item[], known: Known): Item | undefined {
  const [first] = partsOf(text, cited, known).toReversed();
  const found = first?.items.filter(({ kind }) => kind === "metric" || kind === "log") ?? [];
  return found.length === 1 ? found[0] : undefined;
}

/** A slice is compared with the slices of its service, a call with the calls of its caller. */
function isAlike(one: Item, other: Item): boolean {
  const isWithin = other.slices.length > 0 || other.callee !== null;
  return (
    one.kind === other.kind &&
    one.name === other.name &&
    (one.callee === null) === (other.callee === null) &&
    one.slices.length === other.slices.length &&
    (!isWithin || one.services[0] === other.services[0])
  );
}

const valueOf = ({ quantities }: Item, role: "before" | "after") =>
  quantities.find((each) => each.role === role);

/** By what is now; of a move by how far in parts of what was. */
function isOnSide(one: Item, other: Item, word = "", text: string): boolean {
  const [high, low] = isLess.test(word) ? [other, one] : [one, other];
  const [now, then] = [valueOf(high, "after"), valueOf(low, "after")];
  if (now === undefined || then === undefined || now.dimension !== then.dimension) return false;
  if (one.kind !== other.kind || one.measures !== other.measures) return false;
  if (!moving.test(text) || one.kind === "log") return now.value > then.value;
  const [was, had] = [valueOf(high, "before")?.value ?? 0, valueOf(low, "before")?.value ?? 0];
  return Math.abs(now.value - was) * had > Math.abs(then.value - had) * was;
}

const ofChanges =
  /\b(?:the|its) (?:very )?(?:(nearest|closest|last|latest|newest|most recent)|(first|earliest|oldest)) (?:of (?:the|these|all)|[\w-]+ (?:to|before|that|went)|(?:change|commit|deploy|flag|config|thing|one)\b)|\b(nearest|closest) to\b/i;

/** "The change nearest to the onset": of all that went live before it. */
export function nearestFault(own: string, cited: readonly Item[], known: Known): string | null {
  const told = ofChanges.exec(own);
  const changes = cited.filter(({ kind }) => kind === "change");
  if (told === null || changes.length === 0 || changes.length < cited.length) return null;
  const leads = [...known.items.values()].flatMap(({ lead }) =>
    lead !== null && lead >= 0 ? [lead] : [],
  );
  const named = changes.filter((change) => isNamed(own, change));
  const [change] = named.length > 0 ? named : changes;
  const wanted = told[2] === undefined ? Math.min(...leads) : Math.max(...leads);
  return change?.lead === wanted ? null : `says "${told[0]}" of what is not`;
}
