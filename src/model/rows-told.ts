/** What is told of a row of services: of each of them, or one after the other in their order. */

import type { Item } from "./item.ts";
import type { ToldQuantity } from "./quantities.ts";

type IsHeld = (told: ToldQuantity, of: readonly Item[]) => boolean;

/** "checkout and frontend alike", "to 83 and 52 requests per second"; `text` and `told` in figures. */
export function rowFault(
  text: string,
  told: readonly ToldQuantity[],
  cited: readonly Item[],
  isHeld: IsHeld,
): string | null {
  if (told.length === 0) return null;
  for (const services of rowsOf(text, cited)) {
    const row = rowIn(text, told, services.length);
    const lost = services.find((service, at) => {
      const own = cited.filter((item) => item.services.includes(service));
      const inOrder = row?.[at];
      return inOrder === undefined
        ? !told.some((each) => isHeld(each, own))
        : !isHeld(inOrder, own);
    });
    if (lost !== undefined) return `gives no number that ${lost} has`;
  }
  return null;
}

/** As they stand in the text. */
function rowsOf(text: string, cited: readonly Item[]): string[][] {
  const services = [...new Set(cited.flatMap((item) => item.services))];
  if (services.length < 2) return [];
  const name = services
    .toSorted((a, b) => b.length - a.length)
    .map((each) => each.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`))
    .join("|");
  const row = new RegExp(
    String.raw`(?<![\w-])(?:${name})(?:(?:,| and|, and| as well as)(?: the)? (?:${name}))+(?![\w-])`,
    "gi",
  );
  return [...text.matchAll(row)].map(([whole]) =>
    [...whole.matchAll(new RegExp(String.raw`(?<![\w-])(?:${name})(?![\w-])`, "gi"))].map(([one]) =>
      one.toLowerCase(),
    ),
  );
}

/** So many numbers with nothing but commas and "and" between them. */
function rowIn(
  text: string,
  told: readonly ToldQuantity[],
  length: number,
): readonly ToldQuantity[] | null {
  const isNext = (at: number): boolean => {
    const [one, next] = [told[at], told[at + 1]];
    if (one === undefined || next === undefined) return false;
    return /^(?:\s*(?:,|and|or)\s*)+$/.test(text.slice(one.index + one.text.length, next.index));
  };
  const from = told.findIndex((_, at) =>
    Array.from({ length: length - 1 }, (__, step) => at + step).every(isNext),
  );
  return from < 0 || isNext(from + length - 1) ? null : told.slice(from, from + length);
}

/** "83, 65 and 52": to be told of as many things. */
export const hasRow = (text: string) => /\d[\d.]*,? (?:and )?\d[\d.]*,? and \d/.test(text);
