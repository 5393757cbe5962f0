/** A value that stands beside its name by the structure of a text, where no sign of assignment joins the two. */

export interface Pair {
  /** For "known" the kind of secret. */
  readonly name: string;
  /** Of the value, in characters. */
  readonly from: number;
  readonly to: number;
  /** "known": a secret whatever it is. Else the rules of named secrets judge it, as if it stood in quotes or bare. */
  readonly form: "known" | "quoted" | "bare";
}

/** What all names of secrets have in them. */
export const nameOfSecret = /pass|pwd|secret|token|credential|key|_auth/i;
const isPassword = /pass|pwd/i;
/** "db-creds-2", "DB_PASSWORD", "orders.read": what a list of secrets, keys or tokens holds where it only names them. */
const isName = /^(?:[a-z][a-z0-9]{0,40}(?:[-._/:][a-z0-9]{1,40}){1,12}|[A-Z][A-Z0-9_]{1,80})$/;

/** Whatever is called a password is one; of other secrets it has to look like a value. null: it is words, or code, or a name. */
export function judged(name: string, text: string, from: number, to: number): Pair | null {
  const value = text.slice(from, to);
  const isSentence = /\s/.test(value) && /[.!?:,;]$/.test(value);
  if (value === "" || isSentence || /:\s|:$|=(?!=*$)/.test(value)) return null;
  if (isPassword.test(name)) return { name, from, to, form: "quoted" };
  return /\s/.test(value) || isName.test(value) ? null : { name, from, to, form: "bare" };
}

/** Without the space and the pair of quotes around it. */
export function core(text: string, from: number, to: number): readonly [from: number, to: number] {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  const mark = text.charAt(start);
  const isQuoted =
    (mark === '"' || mark === "'") && end - start > 1 && text.charAt(end - 1) === mark;
  return isQuoted ? [start + 1, end - 1] : [start, end];
}
