/** Sentences of a page, in which what stands in backticks is no punctuation. */

/** Whole sentences, each with its code; a full stop in code ends none. */
export function sentencesWithCode(text: string): readonly string[] {
  const ends = [
    ...masked(text).matchAll(
      /(?<![.\s(](?:e\.g|i\.e|etc|vs))(?:[.!?][)"”]?\s+(?=[\p{Lu}("“\d])|;\s+(?!or\b|nor\b|and\b|also\b|`))/gu,
    ),
  ];
  const starts = [0, ...ends.map(({ index, 0: end }) => index + end.length)];
  return starts
    .map((start, index) => text.slice(start, starts[index + 1]).trim())
    .filter((each) => each !== "");
}

/** Of the same length, with nothing to read in its code. */
export function masked(text: string): string {
  return text.replaceAll(/`[^`]{1,2000}`/g, (code) => `\`${"_".repeat(code.length - 2)}\``);
}
