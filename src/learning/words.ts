/** What a text says, as terms: runs of one to three words of a clause, and the runs around the name of a step. */

/** Words of one clause, in order, in small letters. */
export type Clause = readonly string[];

/** More of a text is not read. */
const charsMax = 20_000;
const termsMax = 800;
const runMax = 3;
/** Stands for the name of a step in the runs around it. */
const self = "@";

export function clausesOf(text: string): Clause[] {
  return text
    .slice(0, charsMax)
    .toLowerCase()
    .split(/[\n;,|]+|\.\s/)
    .map((clause) => clause.split(/[\s:=/()[\]{}"'<>]+/).filter((word) => word !== ""))
    .filter((clause) => clause.length > 0);
}

/** Each once. */
export function termsOf(clauses: readonly Clause[]): string[] {
  return runsOf(clauses, () => true);
}

/** The same for whichever step is named: "orders-1 cpu up" is "@ cpu up" for the step "restart orders-1". */
export function termsAround(name: string, clauses: readonly Clause[]): string[] {
  const own = name.toLowerCase();
  const parts = own.split(/[\s:/|,]+/).filter((part) => part !== "");
  const masked = clauses.flatMap((clause) => {
    const words = clause.map((word) => maskedIn(word, own, parts));
    return words.some((word) => word.includes(self)) ? [words] : [];
  });
  return runsOf(masked, (term) => term.includes(self));
}

function runsOf(clauses: readonly Clause[], isKept: (term: string) => boolean): string[] {
  const terms = new Set<string>();
  for (const clause of clauses) {
    for (let from = 0; from < clause.length; from += 1) {
      for (let length = 1; length <= runMax && from + length <= clause.length; length += 1) {
        const term = clause.slice(from, from + length).join(" ");
        if (isKept(term)) terms.add(term);
        if (terms.size >= termsMax) return [...terms];
      }
    }
  }
  return [...terms];
}

/** A word that is part of the name, or has a part of the name in it. Numbers alone name nothing. */
function maskedIn(word: string, name: string, parts: readonly string[]): string {
  if (word.length < 3 || !/[a-z]/.test(word)) return word;
  if (isWithin(word, name)) return self;
  const part = parts.find((one) => one.length >= 3 && isWithin(one, word));
  return part === undefined ? word : word.replace(part, self);
}

/** As whole words: "orders-1" is within "fix-orders-1", not within "fix-orders-11". */
function isWithin(part: string, whole: string): boolean {
  const at = whole.indexOf(part);
  if (at < 0) return false;
  return !isLetter(whole[at - 1]) && !isLetter(whole[at + part.length]);
}

function isLetter(letter: string | undefined): boolean {
  return letter !== undefined && /[a-z0-9]/.test(letter);
}
