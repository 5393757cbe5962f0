/** Where a clause tells of a kind of deed on a thing: "raised the pool", "the pool was raised", "pool is now 40", "the pool bump is live". */

import type { ToldBy } from "../playbook/step.ts";
import type { DeedKind } from "../vocabulary.ts";
import { changeOf } from "./deed-change.ts";
import { nounOf, ranIn } from "./deed-noun.ts";
import { readingIn } from "./deed-reading.ts";
import { verbsIn, type Place, type VerbTold } from "./deed-verbs.ts";

/** What a step's deeds are, ready to be looked for. */
export interface DeedTelling {
  readonly kinds: ReadonlySet<DeedKind>;
  readonly of: RegExp;
}

export function tellingOf({ verbs, of }: ToldBy): DeedTelling {
  return {
    kinds: new Set(verbs),
    of: new RegExp(`(?<![\\w-])(?:${of.join("|")})(?!\\w)${notTheirs}`, "gi"),
  };
}

/** "The cert team", "a DNS ticket". */
const notTheirs = String.raw`(?! (?:teams?|folks|guys|people|owners?|experts?|channel|tickets?|docs|runbooks?|alerts?|on-?call)\b)`;

/** How it is told: what is read of a thing, or said of it without a verb of its own, may be what a deed or a look brought to light. */
export type Told = "deed" | "bare" | "reading";

export interface DeedPlace extends Place {
  readonly told: Told;
}

/** A clause with what is looked for in it once. */
export interface ReadClause {
  readonly text: string;
  /** Before a colon: "iostat: 98 % busy". */
  readonly isHead: boolean;
  readonly verbs: readonly VerbTold[];
}

export function readClause(text: string, isHead: boolean): ReadClause {
  return { text, isHead, verbs: verbsIn(text) };
}

/** Where the deed is told; the place spans what must hold no doubt, from its first word to its last. */
export function placesOf({ kinds, of }: DeedTelling, clause: ReadClause): readonly DeedPlace[] {
  const things = [...clause.text.matchAll(of)].map(({ 0: word, index }) => ({
    from: index,
    to: index + word.length,
  }));
  return things.flatMap((thing) => {
    const verbs = clause.verbs.filter((verb) => [...verb.kinds].some((kind) => kinds.has(kind)));
    const byVerb = verbs.flatMap((verb) => placeBy(verb, thing, clause.text, kinds) ?? []);
    const others = [
      changeOf(thing, clause.text, kinds),
      nounOf(thing, clause.text, kinds),
      kinds.has("run") ? ranIn(thing, clause.text) : null,
    ].flatMap((place) => (place === null ? [] : [{ ...place, told: "deed" as const }]));
    const read = kinds.has("find") || kinds.has("read") ? readingIn(clause, thing) : null;
    return [
      ...byVerb,
      ...others,
      ...(read === null ? [] : [{ ...read, told: "reading" as const }]),
    ];
  });
}

function placeBy(
  verb: VerbTold,
  thing: Place,
  text: string,
  kinds: ReadonlySet<DeedKind>,
): DeedPlace | null {
  const shared = [...verb.kinds].filter((kind) => kinds.has(kind));
  const isValue = kinds.has("raise") || kinds.has("lower");
  if (isValue && shared.every((kind) => kind === "set") && !toValue.test(text.slice(verb.to)))
    return null;
  if (thing.from < verb.to) return placeBehind(verb, thing, text);
  const { from, to, apart } = verb;
  const isActive =
    isNear(text.slice(from, to), text.slice(endBefore(verb, thing), thing.from), kinds) &&
    !byThing.test(text.slice(0, from));
  return isActive ? { from, to: Math.max(thing.to, apart?.to ?? 0), told: "deed" } : null;
}

/** Of "scaled checkout up to 14 pods" behind "up". */
function endBefore({ to, apart }: VerbTold, thing: Place): number {
  return apart !== null && apart.to <= thing.from ? apart.to : to;
}

function isNear(verb: string, between: string, kinds: ReadonlySet<DeedKind>): boolean {
  const isGiven = giving.test(verb) && (kinds.has("add") || kinds.has("raise"));
  if (isGiven && !kinds.has("set") && !someMore.test(between)) return false;
  const isFar = kinds.has("read") && !capturing.test(verb);
  return (
    (isFar ? far : near).test(between) ||
    ((kinds.has("fail-over") || kinds.has("revert")) && nearTo.test(between))
  );
}

/** The thing stands before the verb: "the pool was raised". */
function placeBehind(verb: VerbTold, thing: Place, text: string): DeedPlace | null {
  const after = text.slice(verb.to);
  if (thing.to > verb.from || verb.apart !== null || byItself.test(after)) return null;
  const between = text.slice(thing.to, verb.from);
  const place = { from: thing.from, to: verb.to };
  if (passive.test(between)) return { ...place, told: "deed" };
  const isBare = bare.test(between) && ending.test(after) && !ofItself.test(text.slice(verb.from));
  return isBare ? { ...place, told: "bare" } : null;
}

const word = String.raw`[\w./'%@:#+=<>*-]+`;
const notBetween = String.raw`(?!(?:and|or|but|because|since|after|before|while|when|if|so|then|that|which|who|about|with|without|via|against|as|is|are|was|were|has|have|had|not|no|alarm|alert|ticket|question|concerns?|instead|to|of|will|would|should|could|we|i|they|he|she|you)\b)`;
const amount =
  "(?:numbers?|counts?|amount|size|half|all|most|some|both|each|one|two|three|four|rest|lots?|any|none|dns|endpoint|\\d+\\S*)";
/** Between a verb and what it was done to: a few words, none of which begins something else. */
const near = new RegExp(
  String.raw`^ (?:(?:${amount} of|${notBetween}(?!(?:for|in|on|at|by)\b)${word}) ){0,5}(?:(?:up |out )?(?:from \d\S* )?to \d\S* (?:\w+ )?)?$`,
);
/** "Cut over to the standby", "went back to 2.12". */
const nearTo = /^(?: (?:over|back))?(?: \S+)? (?:to|onto) (?:(?:the|our|a) )?(?:\S+ )?$/;
/** "Gave the pods more memory" is about memory. */
const giving = /^(?:g(?:ave|iven?)|put$)/;
const someMore = /\b(?:more|extra|another|additional|\d+\S*)(?: (?!memory|cpu)\w+)? $/;
/** What is taken and got is near: "took a heap dump". */
const capturing =
  /^(?:took|taken|got|gotten|grabbed|pulled|made|ran|put|cut|laid|drew|called|hit|printed|showed|asked|split)\b/;
/** Looks go far: "checked on node-7 whether the disk is full". */
const far = new RegExp(
  String.raw`^ (?:(?!(?:and|but|because|since|after|before|while|when|so|then|who|without|instead|not|will|would|should|could|we|i|they|he|she|you|runbooks?|tickets?|docs|wiki|threads?(?= (?:about|on))|channel|article|meeting|call)\b)${word} ){0,7}$`,
);
const adverbs =
  "(?:now|already|just|finally|all|since|both|again|fully|also|completely|been|successfully)";
const notAside = String.raw`(?!(?:and|or|but|that|which|who|because|when|if|not|can|cannot|could|be|being|should|will|would|might|may|must|never|hardly|needs?|wants?|\w+n't)\b)`;
const toWhat = String.raw`(?: (?:of|on|to|for|in|from|towards?) (?:(?:the|our|all) )?${notAside}${word}(?: (?!(?:is|are|was|were|to)\b)${notAside}${word}){0,3}?)?`;
const passive = new RegExp(
  String.raw`^(?:'s)?(?: ${notAside}${word}){0,3}?${toWhat}(?: (?:is|are|was|were|has been|have been|got|gets|has|have|been)|'s|'re)(?: ${adverbs})* $`,
);
const bare = new RegExp(
  String.raw`^(?: (?!(?:to|is|are|was|were)\b)${notAside}${word}){0,2}?${toWhat}(?: ${adverbs})* $`,
);
/** "Pool raised to 40" tells it as well as "pool was raised"; "pool raised questions" does not. */
const ending =
  /^(?:$|[,.;!)]| \(| (?:to|from|by|at|on|in|for|now|already|again|since|everywhere|today|just|and|as|until|via|with|across|\d|everything|all|completely|back|off|out|successfully|~|w\/)(?![\w-]))/;
/** "The calls stopped" tells what they did by themselves. */
const ofItself =
  /^(?:dropped|grew|started|failed|ended|moved|shifted|expired|closed|held|hit|ran|came|went|took|got|showed|hung|cleared|drained)\b(?! by (?:me|us|hand)\b)/;
const toValue = /\b(?:to|at|from|by)\b (?:\S+ ){0,2}\S*\d|=\s?\S|→|->|\b(?:higher|lower)\b/;
/** What no person did. */
const byItself =
  /^ (?:by|through) (?:the |a |an |its |our )?(?:\w+[ _-])?(?:itself|themselves|\w*timeout|killer|kubelet|hpa|autoscaler|kernel|watchdog|probes?|deploy|release|migration|drain|scheduler|limiter|provider|platform|mistake|accident|bug)\b/;
/** "The deploy lowered the timeout" tells of a cause. */
const byThing =
  /\b(?:deploy(?:ment)?|release|change|commit|merge|pr|migration|rollout|update|upgrade|version|bot|kernel|kubelet|autoscaler|hpa|scheduler|killer|cron(?:job)?|bug|incident|outage|attacker|traffic|config|node|server|load|spike|leak|postgres|mysql|redis|kafka|kubernetes|k8s|aws|rds|db|database|autovacuum|istio|envoy|linux|systemd|jvm|lb)(?: (?:has|had|have|also|just|already|probably))* $|\b(?:it|that|this|which)(?: (?:has|had|also|just|already))* $/;
