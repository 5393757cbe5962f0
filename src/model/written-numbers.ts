/** Numbers in words: "doubled", "a third of", "two services", "hundreds", and whether the evidence has them. */

import type { Item } from "./item.ts";

const multiples: readonly (readonly [pattern: RegExp, factor: number])[] = [
  [/\b(?:more than |over )?(?:doubl\w+|twice|twofold)\b/i, 2],
  [/\b(?:more than |over )?(?:tripl\w+|threefold)\b/i, 3],
  [/\b(?:more than |over )?quadrupl\w+\b/i, 4],
  [/\b(?:more than |over )?tenfold\b/i, 10],
  [/\b(?:halv\w+|(?:by|in|to) (?:about |roughly |nearly |almost )?half)\b/i, 0.5],
];
const multipleTolerance = 0.2;

export function multipleFault(text: string, items: readonly Item[]): string | null {
  const isByHalf = /\bby more than half\b/i.exec(text);
  const ratios = items.flatMap(({ quantities }) =>
    quantities.filter(({ dimension }) => dimension === "times"),
  );
  if (isByHalf !== null && !ratios.some(({ value }) => value < 0.5))
    return `gives a number that nothing that it cites has: ${isByHalf[0]}`;
  for (const [pattern, factor] of multiples) {
    const told = pattern.exec(text)?.[0];
    if (told === undefined) continue;
    const isMore = /^(?:more than|over)\b/i.test(told);
    const isHeld = ratios.some(({ value }) =>
      isMore ? value > factor * 0.98 : Math.abs(value - factor) <= multipleTolerance * factor,
    );
    if (!isHeld) return `gives a number that nothing that it cites has: ${told}`;
  }
  return null;
}

const small = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];
const counted =
  /\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?)\b/gi;
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  dozen: [11, 13],
  dozens: [20, 99],
  hundred: [95, 105],
  hundreds: [100, 999],
  thousand: [950, 1_050],
  thousands: [1_000, 99_999],
};

/** "two services": of what is cited, or a number that it has. */
const fractions: readonly (readonly [pattern: RegExp, from: number, to: number])[] = [
  [/\b(?:two|2) thirds\b/i, 0.62, 0.7],
  [/\bthree quarters\b/i, 0.71, 0.79],
  [/\b(?:a|one|every|about|roughly|nearly|almost) third\b/i, 0.3, 0.36],
  [/\b(?:a|one|every|about|roughly|nearly|almost) quarter\b/i, 0.22, 0.28],
  [/\b(?:a|one) fifth\b/i, 0.18, 0.22],
  [/(?<!\bby )\bmore than half\b|\bover half\b|\bmost of\b|\bthe majority of\b/i, 0.5, 1],
  [/\bhalf of\b|\b(?:nearly|almost|about|roughly) half\b/i, 0.42, 0.54],
];

/** "a third of the calls" */
export function fractionFault(text: string, items: readonly Item[]): string | null {
  const shares = items.flatMap(({ quantities }) =>
    quantities.filter(({ dimension }) => dimension === "share"),
  );
  const told = fractions.find(([pattern]) => pattern.test(text));
  if (told === undefined) return null;
  const [pattern, from, to] = told;
  const isHeld = shares.some(
    ({ value, role }) => role !== "change" && value >= from && value <= to,
  );
  return isHeld || isMedian(text, items)
    ? null
    : `gives a number that nothing that it cites has: ${pattern.exec(text)?.[0]}`;
}

/** Half of the requests take as long as the median says. */
function isMedian(text: string, items: readonly Item[]): boolean {
  return /\bhalf of\b/i.test(text) && items.some(({ text: own }) => /\bp50\b|\bmedian\b/.test(own));
}

export function countFault(text: string, cited: readonly Item[]): string | null {
  const services = new Set(cited.flatMap((item) => item.services.slice(0, 1)));
  const counts = [
    cited.length,
    services.size,
    ...cited.flatMap(({ quantities }) =>
      quantities.filter(({ dimension }) => dimension === "plain").map(({ value }) => value),
    ),
  ];
  const told = cited
    .filter(({ kind }) => kind === "text")
    .map(({ text: own }) => own.toLowerCase())
    .join(" ");
  const lost = [...text.matchAll(counted)].find(([word]) => {
    const name = word.toLowerCase();
    const exact = small.indexOf(name);
    const [from, to] = ranges[name] ?? [exact, exact];
    return !counts.some((count) => count >= from && count <= to) && !told.includes(name);
  });
  return lost === undefined ? null : `gives a number that nothing that it cites has: ${lost[0]}`;
}

const outOf = new RegExp(
  String.raw`\b(\d+|${small.slice(1).join("|")}) (?:out of|in|of)(?: every)? (\d+|${small.slice(1).join("|")})\b`,
  "gi",
);
const outOfTolerance = 0.04;

/** "Four out of five"; what is left of the text without it. */
export function outOfFault(
  text: string,
  items: readonly Item[],
): { readonly fault: string | null; readonly rest: string } {
  const shares = items.flatMap(({ quantities }) =>
    quantities.filter(({ dimension, role }) => dimension === "share" && role !== "change"),
  );
  const lost = [...text.matchAll(outOf)].find(([, part = "", whole = ""]) => {
    const share = figure(part) / figure(whole);
    return !shares.some(({ value }) => Math.abs(value - share) <= outOfTolerance);
  });
  const fault =
    lost === undefined ? null : `gives a number that nothing that it cites has: ${lost[0]}`;
  return { fault, rest: text.replaceAll(outOf, (whole) => " ".repeat(whole.length)) };
}

function figure(word: string): number {
  const at = small.indexOf(word.toLowerCase());
  return at < 0 ? Number(word) : at;
}
