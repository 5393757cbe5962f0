/** Numbers that are written out, in figures: "twenty", "two hundred", "half a minute", "sevenfold". */

const ones =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const sizes: Readonly<Record<string, number>> = { hundred: 100, thousand: 1_000, million: 1e6 };

/** As a part of a pattern. */
export const smallNumbers = `(?:${tens.join("|")})(?:[ -](?:${ones.slice(0, 9).join("|")}))?|${ones.join("|")}`;
const units = String.raw`(?:milli|micro)?seconds?|minutes?|hours?|days?|percent`;
const isCount = String.raw`(?=[ -]?fold\b|[ -]times\b| (?:${units}|connections?)\b)`;
/** "One" is a number before a unit, and where something went to it. */
const one = String.raw`\bone(?:${isCount})|(?<=\b(?:from|to) )one\b(?! (?:of|another|go|place|single)\b)`;
const written = new RegExp(
  String.raw`\b(?:a|an|${smallNumbers})(?: (?:hundred|thousand|million))+\b|${one}|\b(?!one\b)(?:${smallNumbers})(?=fold\b|\b)`,
  "gi",
);
const halves: readonly (readonly [pattern: RegExp, figure: string])[] = [
  [/\bhalf an? (?=(?:milli)?second\b|minute\b|hour\b)/gi, "0.5 "],
  [/\ban? (?=(?:milli)?second\b|minute\b|hour\b)((?:milli)?second|minute|hour) and a half\b/gi, ""],
  // "52 requests a second" is a rate.
  [/(?<!\b\w+s |\d )\ban? (?=(?:milli)?second\b|minute\b|hour\b|day\b)/gi, "1 "],
];

/** Each in its place, so that nothing behind it moves. */
export function inFigures(text: string): string {
  return lengthsInFigures(text).replaceAll(written, (words: string) =>
    String(valueOf(words.toLowerCase())).padStart(words.length),
  );
}

/** Lengths of time alone: "half a minute", "a second", "a minute and a half". */
export function lengthsInFigures(text: string): string {
  return halves.reduce(
    (rest, [pattern, figure]) =>
      rest.replaceAll(pattern, (words: string, unit: unknown) =>
        figure === ""
          ? `1.5 ${String(unit)}`.padStart(words.length)
          : figure.padStart(words.length),
      ),
    text,
  );
}

/** Of written words in lower case: "two hundred" is 200. */
function valueOf(words: string): number {
  let value = 0;
  for (const word of words.split(/[ -]/)) {
    const size = sizes[word];
    if (size !== undefined) value = Math.max(value, 1) * size;
    else if (word !== "a" && word !== "an") value += smallValue(word);
  }
  return value;
}

function smallValue(word: string): number {
  const at = ones.indexOf(word);
  return at >= 0 ? at + 1 : (tens.indexOf(word) + 2) * 10;
}
