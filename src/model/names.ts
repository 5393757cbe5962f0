/** What in a sentence has the shape of a name: whatever a model could have made up. */

export interface Named {
  readonly text: string;
  readonly index: number;
  /** With what marks it as a name. */
  readonly length: number;
  /** How it is spoken of where it is not known. */
  readonly what: string;
}

/** In order: what an earlier shape took is not looked at by a later one. */
const shapes: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a name in code", /`([^`\n]{1,200})`/g],
  ["a package", /(?<![\w@/])@?[a-z][\w.-]*(?:\/[\w.-]+)?@v?\d[\w.-]*/gi],
  ["a version", /(?<![\w.])v?\d+\.\d+\.\d+[\w.+-]*/gi],
  ["a digest", /\bsha256:[0-9a-f]{6,64}/gi],
  ["an incident", /\bINC-?\d+\b|\bincidents? (?:number |no\.? |#)?\d+\b/gi],
  [
    "a pull request",
    /(?<!\w)[#!]\d+\b|\b(?:PR|MR|GH|pull request|merge request|issue)[ -]?[#!]?\d+\b/gi,
  ],
  ["a ticket", /\b[A-Z][A-Z0-9]+-\d+\b/g],
  ["an address", /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?:\/\d+)?/g],
  [
    "a file or a route",
    /(?<![\w/])(?:\.{0,2}\/)?[\w@.-]+(?:\/[\w@.*{}:-]+)+\/?|(?<![\w/])\/[\w@.*{}:-]+(?:\/[\w@.*{}:-]*)*/g,
  ],
  ["a commit", /(?<![\w-])(?=[a-f]*\d)[0-9a-f]{7,64}(?![\w-])/gi],
  ["a name", /(?<![\w-])(?!(?:i\.e|e\.g)\b)[\p{L}\d]+(?:[_.:]+[\p{L}\d]+)+(?![\w-])/giu],
  ["a name", /(?<![\w-])(?!(?:i\.e|e\.g)\b)_*[\p{L}\d]+(?:[-_.:][\p{L}\d_]+)+(?![\w])/giu],
  ["a name", /(?<![\w-])(?:[a-z]+[A-Z]|[A-Z]+[a-z]+[A-Z])\w*/g],
  ["a name", /(?<![\w-])(?!p\d{2,3}\b)(?:[a-z]+\d[\w]*|\d+[a-z][\w]*)(?![\w-])/gi],
];

/** Hyphens in ordinary words: every part is one of these, or a number. */
const hyphened =
  /^(?:(?:in|on|up|down|to|of|by|per|non|pre|post|re|self|long|short|high|low|half|read|write|only|time|level|side|related|based|wide|specific|fold|like|free|bound|heavy|running|lived|facing|first|last|end|back|off|out|over|under|well|new|old|full|multi|cross|single|double|real|near|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|called|ever|mid|far|around|percentile|flight|so|far|date|step|check|look|follow|still|cut|the|a|and|more|than|less|minute|second|hour|day|ms|s|th|\d+)(?:-|$))+$/i;
/** Slashes in ordinary words. */
const slashed =
  /^(?:and\/or|read\/write|n\/a|i\/o|on\/off|up\/down|before\/after|yes\/no|either\/or)$/i;
const numeric =
  /^\d+(?:[.:,]\d+)*(?:ms|s|x|k|min|h|[kmgt]i?b|th|st|nd|rd|\/(?:s|sec|second|min|minute|h|hour))?$|^[kmgt]i?b$/i;

export function namesIn(text: string): Named[] {
  let rest = text;
  const found: Named[] = [];
  for (const [what, pattern] of shapes) {
    for (const match of rest.matchAll(pattern)) {
      const [whole] = match;
      const named = (match[1] ?? whole).replace(/[.:,]+$/, "");
      if (hyphened.test(named) || slashed.test(named) || numeric.test(named)) continue;
      found.push({ text: named, index: match.index, length: whole.length, what });
      rest = blanked(rest, match.index, whole.length);
    }
  }
  return found.toSorted((a, b) => a.index - b.index);
}

/** The text with a part of it as space, so that places stay what they are. */
export function blanked(text: string, from: number, length: number): string {
  return `${text.slice(0, from)}${" ".repeat(length)}${text.slice(from + length)}`;
}

/** Whether a text holds the name, as a whole; of a commit its beginning will do, of a request its number. */
export function holdsName({ text, what }: Named, backing: string): boolean {
  if (what === "a pull request" || what === "an incident") {
    const digits = /\d+/.exec(text)?.[0] ?? "";
    const sign = what === "an incident" ? "INC-|incident:?\\s?#?" : "#|!|PR |pull request ";
    return new RegExp(`(?:${sign})${digits}(?!\\d)`, "i").test(backing);
  }
  const literal = text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  const end = what === "a commit" ? "" : String.raw`(?![\w])`;
  // "Event-loop lag" is the lag of the event loop.
  const spaced = /^[a-z]+(?:-[a-z]+)+$/i.test(text) ? literal.replaceAll("-", "[- ]") : literal;
  return new RegExp(String.raw`(?<![\w])${spaced}${end}`, "i").test(backing);
}
