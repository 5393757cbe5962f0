/** What a measurement never says, however it is put: an average, all users, the others, how it moved, for how long, that it is too small. */

import type { Item } from "./item.ts";

interface Unsaid {
  readonly told: RegExp;
  /** In words that go on from "It". */
  readonly says: string;
  /** Whether one of the cited does say it. */
  readonly isSaidBy?: (item: Item, word: string) => boolean;
}

const people = String.raw`(?:users?|customers?|visitors?|clients?|people|shoppers?|buyers?|persons?)`;
const asked = String.raw`(?:requests?|calls?|purchases?|orders?|responses?|queries|statements?|transactions?|logins?|payments?)`;
const places = String.raw`(?:routes?|endpoints?|versions?|instances?|pods?|hosts?|services?|regions?|pages?|paths?|replicas?|users?|customers?|requests?|traffic)`;

/** Names of metrics that are no average. */
const tailed = /\bp\d{2,3}\b|\bmax\b/i;

const unsaid: readonly Unsaid[] = [
  {
    told: /\b(?:average[sd]?|averaging|mean(?! \d)(?=\s))\b(?! (?:of \d|that\b|while\b))/i,
    says: "calls an average what is none",
    isSaidBy: ({ name, text }) => !tailed.test(name) || /\b(?:mean|average|avg)\b/i.test(text),
  },
  {
    // What stands before and after a shift is itself a median: "median p95 before the trouble".
    told: /\bmedian\b(?! (?:p\d|[\w ]{0,30}\b(?:max|p\d)))/i,
    says: "calls a median what is none",
    isSaidBy: ({ name }) => !tailed.test(name) || /\bp50\b/i.test(name),
  },
  {
    told: new RegExp(
      String.raw`\b(?<!\bin )(?:every|each|all|most)(?: of)?(?: the| its| our)? (?:single |[\w-]+ )?${people}\b|\beverybody\b|\beveryone\b`,
      "i",
    ),
    says: "speaks of all who are there",
  },
  {
    told: new RegExp(
      String.raw`(?<!\b(?:in|of|across|over|for|on) )\b(?:every|each|all)(?: of)?(?: the| its)? (?:single |[\w-]+ )?${asked}\b(?! (?:per|a|each)\b)`,
      "i",
    ),
    says: "speaks of all of them",
    isSaidBy: ({ measures, quantities }) =>
      measures === "errors" &&
      quantities.some(
        ({ role, value, dimension }) => role === "after" && dimension === "share" && value >= 0.995,
      ),
  },
  {
    told: new RegExp(
      String.raw`\b(?:other|remaining|all but|except for)(?: [\w-]+)? ${places}\b|\bthe rest of the (?:${places}|traffic)\b|\belsewhere\b`,
      "i",
    ),
    says: "speaks of the others",
    isSaidBy: ({ kind }) => kind === "examined",
  },
  {
    told: /\b(?:ever(?! since)|on record|all[- ]time|in history|unprecedented)\b/i,
    says: "compares with all that was before",
  },
  {
    told: /\b(?:gradual(?:ly)?|creep\w*|crept|bit by bit|little by little|over time|step by step)\b/i,
    says: "says in which way it moved",
  },
  {
    told: /\b(?:for|since|over|lasting)(?: (?:the|last|past|many|several|some|a few|a couple of|more than|at least|almost|nearly))* (?:hours|days|weeks|months|years|ages|yesterday|long|last (?:night|week)|this morning|the weekend)\b|\b(?:all|the whole) (?:day|night|week)\b/i,
    says: "says for how long",
  },
  {
    told: new RegExp(
      String.raw`\b(?:\d[\d,.]*|hundreds of|thousands of|dozens of|many|several|some|most) ${people}\b`,
      "i",
    ),
    says: "counts people",
  },
  {
    told: /\b(?:will|would|shall|going to|about to|bound to|expected to|could(?! (?:not|be)\b)|might|soon(?! (?:after|before)\b))\b/i,
    says: "says what is to come",
  },
  {
    told: /\b(?:is|are|was|were|has|have|had|with) (?:far |much |way |simply )?too (?:small|few|little|low|large|big|many|much|high|slow|short|long|tight|weak)\b|\bnot enough\b|\binsufficient\b|\bundersized\b/i,
    says: "judges what is measured",
  },
  {
    told: /\b(?:is|are) (?:still |all |fully )?(?:up|online|reachable|available|answering|serving|responding|alive|usable)(?=\s*(?:[.,;:]|$)|\s+(?:and|again|now)\b)/i,
    says: "says that it works",
  },
];

/** What a text of people says may be told of it, in its words. */
export function unsaidFault(own: string, cited: readonly Item[]): string | null {
  for (const { told, says, isSaidBy = () => false } of unsaid) {
    const word = told.exec(own)?.[0];
    const isSaid = (item: Item) =>
      isSaidBy(item, word ?? "") ||
      (item.kind !== "metric" && item.backing.toLowerCase().includes((word ?? "").toLowerCase()));
    if (word !== undefined && !cited.some(isSaid))
      return `${says} ("${word}"), and what it cites does not`;
  }
  return null;
}

const calling =
  /\bcall\w*|→|->|=>|\brequests? (?:to|from|of)\b|\b(?:dependenc|upstream|downstream|between)\w*/i;

/** What is measured on the calls to a service is not measured at the service. */
export function callsFault(own: string, cited: readonly Item[]): string | null {
  if (calling.test(own)) return null;
  const low = own.toLowerCase();
  const lost = cited.find(
    ({ callee, services }) =>
      callee !== null &&
      low.includes(callee.toLowerCase()) &&
      !low.includes((services[0] ?? "").toLowerCase()),
  );
  return lost === undefined
    ? null
    : `speaks of ${lost.callee} itself, and what it cites is of the calls to it`;
}
