/** What a model is told of systems and people: quoted data on lines of its own, the most important first, within a budget of tokens. */

import { tokensIn } from "./tokens.ts";

export interface Section {
  readonly name: string;
  /** Most important first; each becomes a line of JSON. */
  readonly items: readonly unknown[];
  /** Of this section. */
  readonly tokensMax: number;
}

/** `cut`: what was left out for its length, in words. */
export function toldData(
  sections: readonly Section[],
  tokensMax: number,
): { readonly lines: readonly string[]; readonly cut: readonly string[] } {
  let left = tokensMax;
  const lines: string[] = [];
  const cut: string[] = [];
  for (const { name, items, tokensMax: most } of sections) {
    const heading = `# ${name}`;
    const kept = within(items.map(quoted), Math.min(most, left - tokensIn(heading) - 1));
    if (kept.length > 0) {
      lines.push(heading, ...kept);
      left -= tokensOf([heading, ...kept]);
    }
    const count = items.length - kept.length;
    if (count > 0) cut.push(`${count} of ${items.length} of ${name}`);
  }
  return { lines, cut };
}

function tokensOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + tokensIn(line) + 1, 0);
}

function within(lines: readonly string[], tokensMax: number): string[] {
  let left = tokensMax;
  const kept: string[] = [];
  for (const line of lines) {
    const tokens = tokensOf([line]);
    if (tokens > left) continue;
    left -= tokens;
    kept.push(line);
  }
  return kept;
}

/** On a line of its own, and without a sign that could end the data. */
function quoted(item: unknown): string {
  return JSON.stringify(item).replaceAll("<", String.raw`\u003c`);
}

/** On one line of so many characters at most, without secrets. */
export type Short = (text: string, max: number) => string;

/** Of one text; what is shown of it is far shorter. */
const readCharsMax = 20_000;

/** `clean` strikes out secrets, before anything is cut: half a token is not recognised as one. */
export function shortened(clean: (text: string) => string): Short {
  return (text, max) => {
    const line = clean(text.slice(0, readCharsMax)).replaceAll(/\s+/g, " ").trim();
    return line.length > max ? `${line.slice(0, max).toWellFormed()}…` : line;
  };
}
