/** Small words that turn what a sentence says: on and off, only and everywhere, all and none. */

import type { Item } from "./item.ts";
import type { Known } from "./known.ts";
import { smallNumbers } from "./number-words.ts";
import { isOrdinary } from "./ordinary-words.ts";
import { wordsIn } from "./vocabulary.ts";

const states: readonly (readonly [one: RegExp, other: RegExp])[] = [
  [/\b(?:on|enabled|true)\b/i, /\b(?:off|disabled|false)\b/i],
];
const turning =
  /\b(?:turn\w*|switch\w*|flip\w*|set|is|was|been|toggled)(?: (?:back|to))? (on|off|enabled|disabled|true|false)\b|\bturn\w* \S+ (on|off)\b/i;

const isOfFlag = ({ text: own }: Item) =>
  /^(?:flag|config)\b/.test(own) || /\b(?:on|off|enabled?|disabled?|true|false)\b/i.test(own);

/** A flag that was turned on was not turned off. */
export function stateFault(text: string, cited: readonly Item[]): string | null {
  const told = turning.exec(text);
  const state = told?.[1] ?? told?.[2];
  if (state === undefined) return null;
  const changes = cited.filter(({ kind }) => kind === "change");
  if (changes.length > 0 && cited.length === changes.length && !changes.some(isOfFlag))
    return `says "${state}", and what it cites does not`;
  const isWrong = changes.some(({ text: own }) =>
    states.some(([one, other]) => {
      const [same, opposite] = one.test(state) ? [one, other] : [other, one];
      return opposite.test(own) && !same.test(own);
    }),
  );
  return isWrong ? `says "${state}", and what it cites says the opposite` : null;
}

const quantifiers =
  /\b(?:all|every|each|once|never|always|only|none|both|any|first|last|before|after|until|unless|without|not|at least|against)\b/gi;

/** Of a runbook or a past incident nothing is told that changes what it says to whom, how much and when. */
export function quantifierFault(text: string, cited: readonly Item[]): string | null {
  if (cited.length === 0 || !cited.every(({ kind }) => kind === "text")) return null;
  const own = cited.map((item) => item.text.toLowerCase()).join(" ");
  const plain = text.replaceAll(/\b(?:the )?last time\b|\bafter (?=\d)/gi, " ");
  const lost = [...plain.matchAll(quantifiers)].find(([word]) => !own.includes(word.toLowerCase()));
  return lost === undefined ? null : `says "${lost[0]}", and what it cites does not`;
}

/** "Only three times", "only since 14:02", "only ten seconds before": of a degree. */
const degree = String.raw`(?:(?:about|some|around|roughly|nearly|almost|slightly|since|now|after|an?|one|half|twice|in part|partly)\b|\d|${smallNumbers}\b)`;
const only = new RegExp(
  String.raw`\b(?:confined|(?:limited|restricted) to|exclusively|solely|nowhere else|nothing but|everywhere|only(?! (?:(?:has|have|had|is|are|takes?|gets?|sees?|serves?|handles?) )?${degree}))`,
  "i",
);
const reach = /^everywhere\b|\bonly \w+ /;

/** How far it reaches is told by the scope alone. */
export function onlyFault(text: string, cited: readonly Item[], known: Known): string | null {
  const word = only.exec(text)?.[0];
  if (
    word === undefined ||
    isOnlyChange(text, cited, known) ||
    cited.some(({ kind }) => kind === "text")
  )
    return null;
  const told = cited.map(({ kind, text: own, said }) => (kind === "scope" ? own : said));
  const scope = told.find((each) => reach.test(each));
  const isEverywhere = scope?.startsWith("everywhere");
  if (scope !== undefined && isEverywhere === (word.toLowerCase() === "everywhere")) return null;
  if (isEverywhere === true && /\bnot (?:only|confined|limited)\b/i.test(text)) return null;
  return `says how far it reaches ("${word}"), and what it cites does not`;
}

/** "The only flag of checkout": of all that were gathered. */
function isOnlyChange(text: string, cited: readonly Item[], { items }: Known): boolean {
  const [, name = ""] =
    /\bthe only (?:[\w-]+ )?(change|commit|flag|deploy|config)\w*\b/i.exec(text) ?? [];
  const [change, ...others] = cited.filter(({ kind }) => kind === "change");
  if (name === "" || change === undefined || others.length > 0) return false;
  const alike = [...items.values()].filter(
    ({ kind, text: own, services }) =>
      kind === "change" &&
      services.join() === change.services.join() &&
      (name.toLowerCase() === "change" || own.startsWith(name.toLowerCase())),
  );
  return alike.length === 1;
}

const isFirst =
  /\bnew(?:ly)?\b|\bfirst (?:seen|appear\w*|written|logged|came)\b|\b(?:for the|the very) first time\b/i;

/** A line that was there before is not new. */
export function newFault(text: string, cited: readonly Item[]): string | null {
  const logs = cited.filter(({ kind }) => kind === "log");
  const word = isFirst.exec(text)?.[0];
  if (word === undefined || logs.length === 0 || cited.some(({ kind }) => kind === "change"))
    return null;
  const isNew = logs.some(
    ({ text: own, backing }) =>
      own.startsWith("new ") || backing.toLowerCase().includes(word.toLowerCase()),
  );
  return isNew ? null : `says "${word}" of a line that was there before`;
}

const firstOf = (whole: string) =>
  whole.split(/[,;.]|\b(?:and )?then\b|\bbefore\b/i).find((part) => /\bfirst\b/i.test(part)) ?? "";

/** Of a runbook: what comes first in it comes first in what is told of it. */
export function turnFault(text: string, cited: readonly Item[]): string | null {
  if (!/\bfirst\b/i.test(text) || !cited.every(({ kind }) => kind === "text")) return null;
  const said = new Set(cited.flatMap((item) => wordsIn(item.text)));
  const told = wordsIn(firstOf(text)).filter((word) => said.has(word) && !isOrdinary(word));
  const own = cited.map((item) => firstOf(item.text)).filter((part) => part !== "");
  const isSaid = own.some((part) => {
    const words = new Set(wordsIn(part));
    return told.every((word) => words.has(word));
  });
  return own.length === 0 || isSaid ? null : 'says "first" of what does not come first';
}

const replacing =
  /([\w.-]+) (?:has |had )?(?:replaced|replaces|superseded|took over from) ([\w.-]+)/i;

/** "3f2a91c (was 9c1d2e0)": which version took the place of which. */
export function replacedFault(text: string, cited: readonly Item[]): string | null {
  const [, taking = "", replaced = ""] = replacing.exec(text) ?? [];
  const isFormer = taking !== "" && cited.some(({ text: own }) => own.includes(`(was ${taking})`));
  if (isFormer) return "says that one version replaced another, and it was the other way round";
  const isBeside =
    replaced !== "" && cited.some(({ text: own }) => own.includes(`(beside ${replaced})`));
  return isBeside ? "says that one version replaced another, and it runs beside it" : null;
}

const towards = /\b(from|to) v?([\w.@-]*\d[\w.-]*\b)/gi;

/** "From 6.19.2 to 6.21.0" is not to 6.19.2. */
export function towardsFault(text: string, cited: readonly Item[]): string | null {
  const pairs = cited.flatMap(({ kind, backing }) =>
    kind === "metric"
      ? []
      : [...backing.matchAll(/\bfrom v?(\S*\d\S*) to v?([\w.@-]*\d[\w.-]*)/gi)],
  );
  const lost = [...text.matchAll(towards)].find(([, word = "", value = ""]) =>
    pairs.some(([, from, to]) =>
      word.toLowerCase() === "to" ? value === from && value !== to : value === to && value !== from,
    ),
  );
  return lost === undefined ? null : `says "${lost[0]}", and what it cites says the opposite`;
}

const ofOne =
  /\b(?:example|instances?|cases?|e\.g|such as|one of|once|like|samples?|for one|at least one|a line)\b/i;

/** What stands in one line of a log and not in what all of them share is told of that line alone. */
export function exampleFault(text: string, cited: readonly Item[]): string | null {
  if (ofOne.test(text)) return null;
  const lost = [
    ...text.matchAll(
      /\b([a-z]+) (\d+)\b(?!\s?(?:×|%|[.,:]\d|(?:ms|s|sec\w*|min\w*|bytes|[kmgt]i?b|times)\b))/gi,
    ),
  ].find(([, noun = "", number = ""]) =>
    cited.some(
      ({ kind, text: own, backing }) =>
        kind === "log" &&
        !new RegExp(`(?<!\\d)${number}(?!\\d)`).test(own.replace(/,(?=\d{3})/g, "")) &&
        new RegExp(`\\b${noun}s? ${number}(?!\\d)`, "i").test(backing),
    ),
  );
  return lost === undefined ? null : `tells of every line what one of them has: ${lost[0]}`;
}

const guard =
  /\b(?:before|until|not|never|unless|without|instead of|rather than|avoid)\b|n['’]t\b/i;

/** "Before you restart anything" is not told as "restart": what a text guards stays guarded. */
export function guardFault(text: string, cited: readonly Item[]): string | null {
  if (guard.test(text)) return null;
  const words = new Set(wordsIn(text));
  const lost = cited
    .filter(({ kind }) => kind === "text")
    .flatMap(({ text: own }) => [
      ...own.matchAll(
        new RegExp(`(?:${guard.source})(?: (?:you|we|to|the|a|any|it))* ([\\w-]+)`, "gi"),
      ),
    ])
    .find(([, guarded = ""]) => wordsIn(guarded).some((word) => words.has(word)));
  return lost === undefined ? null : `leaves out what goes with it: "${lost[0]}"`;
}
