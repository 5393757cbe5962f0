/** What a diff does to the running program, told from its lines alone: a check removed, code only moved, room given or taken. */

export interface DiffLines {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly context: readonly string[];
}

/** Of a longer diff the rest of its lines is not compared. */
const linesMax = 2_000;

const check =
  /\bif\b.*(?:\b(?:nil|null|none|undefined|empty|len|size|length)\b|[<>])|\bLIMIT\s+\d|\b(?:sleep|backoff|timeout|deadline|recover|unlock|close)\b\s*\(/i;
const passedOn = /\berr(?:or)?\b\s*!==?\s*(?:nil|null)/;
const loop = /^\s*(?:for|while|foreach)\b|\.(?:forEach|map)\(/;
const qualifiedCall = /\.\s*([A-Za-z_]\w*)\s*(?:\[[^\]]*\])?\(/g;
const definition = /\b(?:func(?:\s*\([^)]*\))?|function|def|fn)\s+([A-Za-z_]\w*)/g;

/** A check, a limit or a pause that was there and is nowhere in the added lines. */
export function removesCheck({ added, removed }: DiffLines): boolean {
  return checksIn(removed) > checksIn(added);
}

function checksIn(lines: readonly string[]): number {
  return lines.slice(0, linesMax).filter((line) => check.test(line) && !passedOn.test(line)).length;
}

/** The same calls and numbers in other words: nothing is called, looped over or counted that was not before. */
export function onlyMoves({ added, removed }: DiffLines): boolean {
  if (removed.length === 0 || added.length === 0) return false;
  const [now, old] = [added.slice(0, linesMax), removed.slice(0, linesMax)];
  const defined = namesIn(now, definition);
  const known = namesIn(old, qualifiedCall).union(defined);
  return (
    namesIn(old, qualifiedCall).size > 0 &&
    namesIn(now, qualifiedCall).isSubsetOf(known) &&
    numbersIn(now).isSubsetOf(numbersIn(old)) &&
    loopsIn(now) <= loopsIn(old)
  );
}

function loopsIn(lines: readonly string[]): number {
  return lines.filter((line) => loop.test(line)).length;
}

function namesIn(lines: readonly string[], pattern: RegExp): Set<string> {
  return new Set(lines.flatMap((line) => [...line.matchAll(pattern)].map(([, name = ""]) => name)));
}

function numbersIn(lines: readonly string[]): Set<string> {
  return new Set(lines.flatMap((line) => line.match(/\b\d[\d_.]*\b/g) ?? []));
}

const unitSizes: readonly (readonly [RegExp, number])[] = [
  [/^(?:ns|.*nano)/i, 1e-9],
  [/^(?:us|.*micro)/i, 1e-6],
  [/^(?:ms|.*milli)/i, 1e-3],
  [/^(?:m$|[mM]in)/, 60],
  [/^(?:h$|hour)/i, 3_600],
  [/^(?:d$|day)/i, 86_400],
  [/^ki?B?$/i, 1e3],
  [/^Mi?B?$/, 1e6],
  [/^Gi?B?$/i, 1e9],
];

/** Numbers of a line in its order, each times its unit where one follows: "5 * time.Minute" is 300. */
export function amountsIn(line: string): number[] {
  const amounts = line.matchAll(/\b(\d[\d_.]*)\s*(?:\*\s*)?((?:time\.)?[A-Za-z]*)/g);
  return [...amounts].map(([, digits = "", unit = ""]) => {
    const size = unitSizes.find(([pattern]) => pattern.test(unit.replace(/^time\./, "")))?.[1] ?? 1;
    return Number(digits.replaceAll("_", "")) * size;
  });
}
