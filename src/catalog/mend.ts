/** Turns what zod refuses into words that name the place, what is wrong there and the mend. */

import { z } from "zod";

/** An object that knows all its keys; an unknown one is answered with the nearest known one. */
export function keys<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => unknownWord("key", key, known)).join("; ")
        : undefined,
  });
}

/** One word of a closed set; another word is answered with the nearest one, or with all of them. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, {
    error: (issue) =>
      typeof issue.input === "string" ? unknownWord("value", issue.input, words) : undefined,
  });
}

/** "unknown key "runtme"; did you mean "runtime"?", or the whole list where nothing is near. */
export function unknownWord(what: string, word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  const mend =
    near === undefined
      ? `write one of ${known.join(", ")}`
      : `did you mean ${JSON.stringify(near)}?`;
  return `unknown ${what} ${JSON.stringify(word)}; ${mend}`;
}

/** "no step has the id "restrat-service"; did you mean "restart-service"?"; the ids are too many to list. */
export function noSuchStep(id: string, ids: readonly string[]): string {
  const near = nearest(id, ids);
  const mend =
    near === undefined
      ? "the ids stand in the files of playbook/ and of PLAYBOOK"
      : `did you mean ${JSON.stringify(near)}?`;
  return `no step has the id ${JSON.stringify(id)}; ${mend}`;
}

/** The known word at a distance of at most a third of its length, at least 1; undefined where none is near. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(word.slice(0, 40), candidate) }))
    .filter((it) => it.distance <= Math.max(1, Math.ceil(it.candidate.length / 3)))
    .toSorted((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** Levenshtein's distance, case ignored. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a.toLowerCase()).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b.toLowerCase()).entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** What is wrong, where: the path points into the value that was read. */
export interface Refusal {
  readonly at: readonly PropertyKey[];
  readonly message: string;
}

/** The value, or every refusal with its path and its mend. */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { readonly value: z.output<Schema> } | { readonly refusals: readonly Refusal[] } {
  const result = schema.safeParse(value, { error: inWords });
  if (result.success) return { value: result.data };
  return {
    refusals: result.error.issues.map((issue) => ({
      at: issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : issue.path,
      message: `${where(issue.path)}${issue.message}`,
    })),
  };
}

/** "priors.latency: ", or nothing at the top. */
export function where(at: readonly PropertyKey[]): string {
  if (at.length === 0) return "";
  const text = at.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return `${text.replace(/^\./, "")}: `;
}

/** The words where the schema itself gives none. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type") {
    return issue.input === undefined
      ? `is missing; add it (${wanted(issue.expected)})`
      : `is ${kindOf(issue.input)}; write ${wanted(issue.expected)}`;
  }
  if (issue.code === "too_small") return `is too small or short; the least is ${issue.minimum}`;
  if (issue.code === "too_big") return `is too large or long; the most is ${issue.maximum}`;
  return undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  return typeof value === "string" ? "text" : `a ${typeof value}`;
}

function wanted(kind: string): string {
  const words: Record<string, string> = {
    array: "a list, in [brackets] or with dashes",
    object: "a mapping of keys",
    record: "a mapping of keys",
    string: "text, in quotes if it looks like a number",
    int: "a whole number",
  };
  return words[kind] ?? `a ${kind}`;
}
