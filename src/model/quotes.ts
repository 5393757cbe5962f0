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

/** In characters: a line of a log, or a title. A longer one speaks for whoever wrote it. */
export const quoteMax = 110;

/** Of the incident itself, or to whoever reads: neither in words of its own nor in a quotation. */
export function isOrder(inner: string): boolean {
  return (
    /\b(?:incident|alert|outage|steps?)\b.*\b(?:resol\w+|closed?|over|mitigat\w+|done|cleared?)\b/i.test(
      inner,
    ) || /\b(?:ignore|disregard|forget)\b.*\b(?:instruct\w+|previous|above|rules?)\b/i.test(inner)
  );
}
