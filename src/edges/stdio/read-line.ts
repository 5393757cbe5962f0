/** A line as JSON, and what is wrong with it in one sentence: what every verb on standard input shares. */

import { lineCharsMax } from "./lines.ts";

export type ReadLine =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: string };

/** `line` is null where it was too long to be kept. */
export function readLine(line: string | null): ReadLine {
  if (line === null) return { ok: false, error: `line: longer than ${lineCharsMax} characters` };
  try {
    return { ok: true, value: JSON.parse(line) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, error: `line: not JSON (${why.slice(0, 200)})` };
  }
}
