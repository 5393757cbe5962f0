/** What one kind of secret looks like: a literal sign that is always there, and a bounded pattern from the sign on. */

export interface Rule {
  /** As its placeholder names it: "github-personal-token". */
  readonly kind: string;
  /** One of these stands wherever the secret does; 3 characters at least. Their case counts, unless the pattern ignores it. */
  readonly signs: readonly string[];
  /** Sticky, from the sign on. The secret is what follows its first group, or all where it has none. */
  readonly pattern: RegExp;
  /** What belongs to the secret before its sign; tried on the few characters there. */
  readonly before?: RegExp;
  /** Of two rules for the same characters the more exact one names them: 0 a token's own form, 1 its place, 2 its name. */
  readonly rank: 0 | 1 | 2;
  /** Letters and digits may stand right before the sign. */
  readonly isInside?: boolean;
  /** What the pattern alone cannot tell; gets a kind of its own, or null where it is no secret. */
  readonly told?: (match: Told) => string | null;
}

export interface Told {
  /** A few characters before the sign. */
  readonly before: string;
  readonly lead: string;
  readonly secret: string;
  /** A few characters after it. */
  readonly after: string;
}

/** Filled in elsewhere, or struck out already: "${PASS}", "{{ pass }}", "<password>", "***", "[secret:…]". */
export const unfilled =
  /^(?:\$[A-Za-z_{(]|\{\{|%[({A-Z]|%s|<|\[|\*{2,}|x{3,}$|\.{3}|…|\()|(?:…|\.{3})$/i;

/** Words that are written together, with numbers behind them: "PBKDF2WithHmacSHA256", "oauth2Proxy". */
const words = /^[a-z]{0,20}\d{0,4}(?:[A-Z]{1,20}(?:[a-z]{1,20}\d{0,4}|\d{1,4})){0,12}[A-Z]{0,20}$/;

/** Letters of both cases and digits in no order that words have: a value even where nothing assigns it. */
export function isRandom(text: string): boolean {
  return (
    text.length >= 8 &&
    /\d/.test(text) &&
    /[a-z]/.test(text) &&
    /[A-Z]/.test(text) &&
    !words.test(text)
  );
}

/** A token with a prefix of its own; `body` is a regular expression without unbounded repetition. */
export function token(kind: string, sign: string, body: string): Rule {
  return { kind, signs: [sign], pattern: new RegExp(`${escaped(sign)}${body}`, "y"), rank: 0 };
}

/** A token whose sign stands in its middle or at its end. */
export function around(kind: string, before: RegExp, sign: string, after: string): Rule {
  const pattern = new RegExp(`${escaped(sign)}${after}`, "y");
  return { kind, signs: [sign], pattern, before, rank: 0, isInside: true };
}

/** A secret that its place gives away; the lead is not struck out. */
export function placed(kind: string, signs: readonly string[], before: string, body: string): Rule {
  const pattern = new RegExp(`(${before})${body}`, "iy");
  return { kind, signs, pattern, rank: 1, isInside: true };
}

function escaped(sign: string): string {
  return sign.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
