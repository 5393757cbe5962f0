/** How a window is cut into stretches, each with its share of the lines, so that counts before and after the onset compare. */

import type { Window } from "../../flows/ports.ts";

/** Of one service, all stretches together. */
export const linesMaxService = 3_000;
const partsEach = 2;

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** In proportion to its length: a sample is as thin on either side of the onset. */
  readonly limit: number;
  readonly direction: "forward" | "backward";
}

/** Two before the onset and two after it; four of the whole where nobody knows the onset yet. The last is read from its end. */
export function stretchesOf({ from, onset, to }: Window): Stretch[] {
  const [start, middle, end] = [from.getTime(), onset.getTime(), to.getTime()];
  const sides =
    middle > start && middle < end
      ? [...cut(start, middle, partsEach), ...cut(middle, end, partsEach)]
      : cut(start, end, 2 * partsEach);
  const usable = sides.filter(([first, last]) => last > first);
  return usable.map(([fromMs, toMs], index) => ({
    fromMs,
    toMs,
    limit: Math.max(1, Math.floor((linesMaxService * (toMs - fromMs)) / (end - start))),
    direction: index === usable.length - 1 ? "backward" : "forward",
  }));
}

function cut(from: number, to: number, parts: number): [number, number][] {
  const edge = (index: number): number => Math.round(from + ((to - from) * index) / parts);
  return Array.from({ length: parts }, (_, index) => [edge(index), edge(index + 1)]);
}
