/** Small words that turn what a sentence says: on and off, only and everywhere, all and none. */

import type { Item } from "./item.ts";

const states: readonly (readonly [one: RegExp, other: RegExp])[] = [
  [/\b(?:on|enabled|true)\b/i, /\b(?:off|disabled|false)\b/i],
];
const turning =
  /\b(?:turn\w*|switch\w*|flip\w*|set|is|was|been|toggled)(?: (?:back|to))? (on|off|enabled|disabled|true|false)\b|\bturn\w* \S+ (on|off)\b/i;

/** A flag that was turned on was not turned off. */
export function stateFault(text: string, cited: readonly Item[]): string | null {
  const told = turning.exec(text);
  const state = told?.[1] ?? told?.[2];
  if (state === undefined) return null;
  const changes = cited.filter(({ kind }) => kind === "change");
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
  const plain = text.replace(/\b(?:the )?last time\b/gi, " ");
  const lost = [...plain.matchAll(quantifiers)].find(([word]) => !own.includes(word.toLowerCase()));
  return lost === undefined ? null : `says "${lost[0]}", and what it cites does not`;
}

const only =
  /\b(?:confined|(?:limited|restricted) to|exclusively|solely|nowhere else|nothing but|everywhere|only(?! (?:an?|\d|about|slightly|since|one|now)\b))\b/i;

/** How far it reaches is told by the scope alone. */
export function onlyFault(text: string, cited: readonly Item[]): string | null {
  const word = only.exec(text)?.[0];
  if (word === undefined || cited.some(({ kind }) => kind === "text")) return null;
  const scope = cited.find(({ kind }) => kind === "scope");
  const isEverywhere = scope?.text.startsWith("everywhere");
  if (scope !== undefined && isEverywhere === (word.toLowerCase() === "everywhere")) return null;
  if (
    scope !== undefined &&
    isEverywhere === true &&
    /\bnot (?:only|confined|limited)\b/i.test(text)
  )
    return null;
  return `says how far it reaches ("${word}"), and what it cites does not`;
}

const replacing =
  /([\w.-]+) (?:has |had )?(?:replaced|replaces|superseded|took over from) ([\w.-]+)/i;

/** "3f2a91c (was 9c1d2e0)": which version took the place of which. */
export function replacedFault(text: string, cited: readonly Item[]): string | null {
  const [, taking = ""] = replacing.exec(text) ?? [];
  const isFormer = taking !== "" && cited.some(({ text: own }) => own.includes(`(was ${taking})`));
  return isFormer ? "says that one version replaced another, and it was the other way round" : null;
}
