/** What a sentence quotes, and whether the evidence says it so. */

import type { Item } from "./item.ts";

const quote = /["“”]([^"“”\n]{1,400})["“”]/g;

export interface Quote {
  readonly inner: string;
  readonly index: number;
  readonly length: number;
}

export function quotesIn(text: string): Quote[] {
  return [...text.matchAll(quote)].map(([whole, inner = ""], at, all) => ({
    inner,
    index: indexOf(
      text,
      whole,
      at,
      all.map(([each]) => each),
    ),
    length: whole.length,
  }));
}

function indexOf(text: string, whole: string, at: number, all: readonly string[]): number {
  const same = all.slice(0, at).filter((each) => each === whole).length;
  let from = -1;
  for (let time = 0; time <= same; time += 1) from = text.indexOf(whole, from + 1);
  return from;
}

/** Verbatim but for spaces, case, and a mark where it was cut. */
export function isQuoted(inner: string, cited: readonly Item[]): boolean {
  const wanted = flat(inner).replace(/(?:…|\.\.\.|[.,;])$/, "");
  return wanted !== "" && cited.some(({ backing }) => flat(backing).includes(wanted));
}

function flat(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, " ").trim();
}
