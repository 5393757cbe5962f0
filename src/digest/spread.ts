/** A few numbers as a range: a mean of a handful says less than its ends. */

export interface Spread {
  readonly count: number;
  readonly least: number;
  readonly most: number;
  /** The middle half, by quartiles; null where there are fewer than five. */
  readonly usual: readonly [number, number] | null;
}

const usualMin = 5;

/** null: there are none. */
export function spreadOf(values: readonly number[]): Spread | null {
  const ordered = values.toSorted((a, b) => a - b);
  const [least] = ordered;
  const most = ordered.at(-1);
  if (least === undefined || most === undefined) return null;
  const usual =
    ordered.length < usualMin
      ? null
      : ([quantile(ordered, 0.25), quantile(ordered, 0.75)] as const);
  return { count: ordered.length, least, most, usual };
}

/** Between neighbours on a line, as SQL's percentile_cont. */
function quantile(ordered: readonly number[], share: number): number {
  const place = share * (ordered.length - 1);
  const below = ordered[Math.floor(place)] ?? 0;
  const above = ordered[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
