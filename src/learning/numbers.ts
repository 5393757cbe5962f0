/** Arithmetic that the estimates share: logits, bounded numbers, chance from a hash. */

const pMin = 0.001;

export function bounded(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}

/** In [0.001, 0.999], so that a logit stays finite. */
export function chanceOf(p: number): number {
  return bounded(p, pMin, 1 - pMin);
}

export function logit(p: number): number {
  const within = chanceOf(p);
  return Math.log(within / (1 - within));
}

export function logistic(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Probabilities from scores; sums to 1. */
export function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - top));
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}

/** The same words give the same number, in [0, 1). FNV-1a with a finisher, for the last letters to matter. */
export function unitFrom(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const letter of parts.join("\u0000")) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

export function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
