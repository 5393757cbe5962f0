/** A part of a model's reply that is not shown, and why. */

export interface Fallen {
  readonly text: string;
  /** In the words of a sentence that begins with "It": "names a commit that was not gathered: 9c1d2e0". */
  readonly because: string;
}

/** In characters. */
const textMax = 200;

/** On one line, with as much of the text as anybody reads. */
export function fallen(text: string, because: string): Fallen {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const shown = line.length > textMax ? `${line.slice(0, textMax).toWellFormed()}…` : line;
  return { text: shown, because };
}
