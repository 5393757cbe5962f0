/** Robust statistics of plain numbers; what an empty list gives is said at each. */

/** Quantile q in [0, 1] of ascending values, linear between ranks; NaN when empty. */
export function quantileOfSorted(sorted: Float64Array, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const rank = (sorted.length - 1) * q;
  const low = sorted[Math.floor(rank)] ?? Number.NaN;
  const high = sorted[Math.ceil(rank)] ?? Number.NaN;
  return low + (high - low) * (rank - Math.floor(rank));
}

/** Median of values in any order; NaN when empty. */
export function median(values: Iterable<number>): number {
  return quantileOfSorted(Float64Array.from(values).toSorted(), 0.5);
}

/** Median absolute deviation of ascending values from `center`, not scaled; NaN when empty. */
export function madOfSorted(sorted: Float64Array, center: number): number {
  const deviations = new Float64Array(sorted.length);
  // The values nearest to the center lie side by side: the window of them grows to whichever side is nearer.
  let right = sorted.findIndex((value) => value >= center);
  if (right === -1) right = sorted.length;
  let left = right - 1;
  for (let filled = 0; filled < deviations.length; filled += 1) {
    const below = left < 0 ? Infinity : center - (sorted[left] ?? 0);
    const above = right >= sorted.length ? Infinity : (sorted[right] ?? 0) - center;
    if (below <= above) left -= 1;
    else right += 1;
    deviations[filled] = Math.min(below, above);
  }
  return quantileOfSorted(deviations, 0.5);
}

/** Population standard deviation; 0 when empty. Divides by the largest magnitude first, so that squares cannot overflow. */
export function standardDeviation(values: Float64Array): number {
  const unit = magnitudeMax(values);
  if (unit === 0) return 0;
  let sum = 0;
  for (const value of values) sum += value / unit;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value / unit - mean) ** 2;
  return Math.sqrt(squares / values.length) * unit;
}

/** Largest |value|; 0 when empty. */
export function magnitudeMax(values: Float64Array): number {
  let max = 0;
  for (const value of values) max = Math.max(max, Math.abs(value));
  return max;
}

/** Best first by `score`; equal scores keep their order. */
export function bestFirst<T extends { readonly score: number }>(items: readonly T[]): T[] {
  return items.toSorted((x, y) => y.score - x.score);
}
