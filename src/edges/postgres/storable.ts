/** Text that PostgreSQL cannot hold (NUL, half of a surrogate pair), found by its refusal and made so that it can. */

/** SQLSTATE: untranslatable character, invalid text representation, character not in repertoire. */
const refusals = new Set(["22P05", "22P02", "22021"]);

/** Whether a write failed because of such a text; drivers wrap the server's error as the cause. */
export function isUnstorable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && refusals.has(String(error.code))) return true;
  return isUnstorable(error.cause);
}

/** A copy with U+FFFD in the place of what cannot be held, in every text and key. */
export function storable<T>(value: T): T;
export function storable(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\u0000", "\uFFFD");
  if (Array.isArray(value)) return value.map((each: unknown) => storable(each));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => [storable(key), storable(each)]),
  );
}
