/** Which of the known words somebody meant who mistyped one. */

/** One slip in so many letters still means the same word. */
const lettersPerSlip = 3;
/** What is longer is no mistyped word. */
const lettersMax = 40;

/** The item whose word is the fewest slips away, the first of equals; null where that takes too many. */
export function nearest<T>(
  items: readonly T[],
  wordsOf: (item: T) => { readonly typed: string; readonly meant: string },
): T | null {
  const [best] = items
    .map((item) => ({ item, ...wordsOf(item) }))
    .filter(({ typed }) => typed.length <= lettersMax)
    .map((each) => ({ ...each, slips: slipsBetween(each.typed, each.meant) }))
    .filter(({ slips, meant }) => slips <= Math.floor(meant.length / lettersPerSlip))
    .toSorted((a, b) => a.slips - b.slips);
  return best?.item ?? null;
}

/** Letters that were left out, added, mistaken or swapped with the next (optimal string alignment distance). */
export function slipsBetween(typed: string, meant: string): number {
  const rows: number[][] = [Array.from({ length: meant.length + 1 }, (_each, at) => at)];
  for (let i = 1; i <= typed.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= meant.length; j += 1) {
      const at = (up: number, left: number): number => rows[i - up]?.[j - left] ?? Infinity;
      const isSame = typed[i - 1] === meant[j - 1];
      const isSwapped = typed[i - 1] === meant[j - 2] && typed[i - 2] === meant[j - 1];
      row.push(
        Math.min(
          at(1, 0) + 1,
          (row[j - 1] ?? Infinity) + 1,
          at(1, 1) + (isSame ? 0 : 1),
          isSwapped ? at(2, 2) + 1 : Infinity,
        ),
      );
    }
    rows.push(row);
  }
  return rows[typed.length]?.[meant.length] ?? Infinity;
}
