/** What a measurement never says, however it is put: an average, all users, the others, how it moved, for how long, that it is too small. */

import type { Item } from "./item.ts";
import { judgements, type Unsaid } from "./judgements.ts";
import { smallNumbers } from "./number-words.ts";
import { wordsIn, wordsOfItems } from "./vocabulary.ts";

const people = String.raw`(?:users?|customers?|visitors?|clients?|people|shoppers?|buyers?|persons?)`;
const asked = String.raw`(?:requests?|calls?|purchases?|orders?|responses?|queries|statements?|transactions?|logins?|payments?)`;
const places = String.raw`(?:routes?|endpoints?|versions?|instances?|pods?|hosts?|services?|regions?|pages?|paths?|replicas?|users?|customers?|requests?|traffic)`;

/** Names of metrics that are no average. */
const tailed = /\bp\d{2,3}\b|\bmax\b/i;

const unsaid: readonly Unsaid[] = [
  ...judgements,
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
      String.raw`(?:(?<!\b(?:in|one) )\b(?:every|each)|(?<!\b(?:in|of|across|over|for|on) )\ball)(?: of)?(?: the| its)? (?!second|minute|hour|third|fourth|fifth|tenth)(?:\S+ ){0,3}${asked}\b(?! (?:per|a|each)\b)`,
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
    told: new RegExp(
      String.raw`(?<!\bnot )\b(?:every|(?<!\bin )each|all|any)(?: (?:single|of))?(?: the| its)? (?!(?:${smallNumbers}|\d+)\b)(?:other )?${places.replace("|requests?|traffic", "")}\b|\bthroughout\b`,
      "i",
    ),
    says: "speaks of all of them",
    isSaidBy: ({ kind, text }) =>
      kind === "examined" || kind === "text" || (kind === "scope" && text.startsWith("everywhere")),
  },
  {
    told: new RegExp(
      String.raw`(?:%|\b(?:percent|half|thirds?|quarters?|fifths?|tenths?|\d+|majority|most|some|many)) of (?:the |its |our |all |all the )?${people}\b`,
      "i",
    ),
    says: "counts people",
  },
  {
    told: /\bonly\b[^,;.]*\b(?:is|are) (?:still |now )?(?:running|live|deployed|left|in use|serving|up)\b/i,
    says: "says what else runs",
  },
  {
    told: /\bby the same\b|\bthe same (?:amount|factor|share|way|degree|extent)\b|\bequally\b|\bas (?:much|badly|strongly|slow|high|far) as (?!before\b|it\b|usual\b|ever\b|they\b|\d)/i,
    says: "says that two are alike",
    isSaidBy: () => false,
  },
  {
    told: new RegExp(
      String.raw`\b(?:a few|few|many|some|several|lots|countless|numerous|hardly any|a handful)(?: of)?(?: the| its)? ${asked}\b`,
      "i",
    ),
    says: "counts what is not counted",
    isSaidBy: ({ measures, kind }) =>
      measures === "errors" || measures === "requests" || kind === "text",
  },
  {
    told: new RegExp(
      String.raw`\b${people}(?: who)? (?:now |also |still |can |cannot |may )?(?:give|gave|leave|left|notice|feel|felt|experienc\w*|cannot|suffer|abandon\w*|retr\w+|reload\w*|complain\w*|report\w*|stop\w*|go|went|click\w*)\b`,
      "i",
    ),
    says: "tells what people do",
    isSaidBy: ({ kind }) => kind === "text",
  },
  {
    told: /\b(?:somebody|someone|anybody|anyone)\b/i,
    says: "speaks of a person",
    isSaidBy: ({ kind }) => kind === "text",
  },
  {
    told: /\b(?:rolled back|reverted|restarted|redeployed|scaled|undone|taken back|(?:turned|switched|flipped) (?:off|back)|disabled|patched)\b/i,
    says: "says that something was done",
  },
  {
    told: /\b(?:is|are|be|again|same|repeat\w*|recurr\w*|another)(?: as| of| an?)? INC-?\d+|\bINC-?\d+ (?:again|once more|all over)\b|\bsame (?:cause|incident|problem|reason|as (?:this|now))\b/i,
    says: "says that it is the same incident",
    isSaidBy: () => false,
  },
  {
    told: /\b(?:ever(?! since)|on record|all[- ]time|in history|unprecedented)\b/i,
    says: "compares with all that was before",
  },
  {
    told: /\b(?:for|per|with) (?:each|every) (?!second\b|minute\b|hour\b|of\b)[a-z]+\b/i,
    says: "says what each of them does",
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
    told: /\b(?:will|would|shall|going to|about to|bound to|expected to|could(?!(?: \w+){0,3} (?:no|not)\b)(?! be\b)|might|soon(?! (?:after|before)\b))\b/i,
    says: "says what is to come",
  },
];

/** Of a change what it is called, and not what its code says. */
function wordsOf(item: Item): ReadonlySet<string> {
  return item.kind === "change" ? new Set(wordsIn(item.text)) : wordsOfItems([item]);
}

/** What a text of people says may be told of it, in its words. */
export function unsaidFault(own: string, cited: readonly Item[]): string | null {
  for (const { told, says, isSaidBy } of unsaid) {
    const word = told.exec(own)?.[0];
    if (word === undefined) continue;
    const words = wordsIn(word).filter((each) => each.length > 2);
    const isTold = (item: Item) =>
      item.kind !== "metric" && words.length > 0 && words.every((each) => wordsOf(item).has(each));
    if (!cited.some((item) => isSaidBy?.(item, word) ?? isTold(item)))
      return `${says} ("${word}"), and what it cites does not`;
  }
  return null;
}
