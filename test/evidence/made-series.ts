/** Series made for tests: a level with small even noise, and another level from a given moment on. */

import type { Point, Series } from "../../src/evidence/input.ts";

/** 2024-11-22 14:02:00 UTC. */
export const onset = 1_732_284_120;
export const stepSeconds = 15;

export interface Made {
  readonly before?: number;
  readonly after?: number;
  /** Seconds from the onset to the change; negative: earlier. */
  readonly movedAfter?: number;
  /** Seconds from the onset until it is at its old level again; absent: it stays. */
  readonly backAfter?: number;
  /** Share of the level, either way. */
  readonly noise?: number;
  readonly cellsBefore?: number;
  readonly cellsAfter?: number;
  /** Makes the noise of two series differ. */
  readonly salt?: number;
}

/** An hour before and a quarter of an hour after the onset, unless told otherwise. */
export function madePoints(made: Made = {}): Point[] {
  const { before = 1, after = before, movedAfter = 0, noise = 0.02, salt = 1 } = made;
  const { cellsBefore = 240, cellsAfter = 60, backAfter = Infinity } = made;
  return Array.from({ length: cellsBefore + cellsAfter }, (_, cell): Point => {
    const at = onset + (cell - cellsBefore) * stepSeconds;
    const isMoved = at >= onset + movedAfter && at < onset + backAfter;
    const level = isMoved ? after : before;
    return [at, level * (1 + noise * Math.sin(cell * 12.9898 + salt * 78.233))];
  });
}

export function madeSeries(told: Partial<Series> & { readonly made?: Made } = {}): Series {
  const { made, ...rest } = told;
  return {
    service: "checkout",
    name: "latency_p99",
    kind: "latency",
    points: madePoints(made),
    ...rest,
  };
}
