/** Words and log lines made comparable: variable parts masked, text cut into words that carry meaning. */

/** Of a longer line the rest is not read. */
export const lineCharsMax = 500;

/** In this order: what is longest and most particular first; looked for only where the sign stands that it needs. */
const masks: readonly (readonly [RegExp, mask: string, sign: string])[] = [
  // No pattern can backtrack over more than one token.
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\b/g, "<time>", ":"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<id>", "-"],
  [/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?\b/g, "<ip>", "."],
  [/\b0x[0-9a-f]+\b/gi, "<hex>", "0"],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b/gi, "<hex>", ""],
  [/(?<![\w.-])[-+]?\d+(?:[.,:]\d+)*/g, "<n>", ""],
  [/(?<=\w-)\d+\b/g, "<n>", "-"],
  [/(?<=[A-Za-z_])\d{4,}/g, "<n>", ""],
];

/** "pool exhausted, waited 212 ms" → "pool exhausted, waited <n> ms". */
export function masked(line: string): string {
  let text = line
    .slice(0, lineCharsMax)
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();
  for (const [pattern, mask, sign] of masks) {
    if (text.includes(sign)) text = text.replace(pattern, mask);
  }
  return text;
}
