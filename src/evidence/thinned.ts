/** A part of many rows that stands for all of them. */

import type { LogLine } from "./input.ts";
import { readsAsError } from "./logs.ts";

/** At most `max` lines in their order: errors first, the rest as thin early as late, so that counts compare. */
export function thinned<T extends Pick<LogLine, "level" | "text">>(
  lines: readonly T[],
  max: number,
): readonly T[] {
  if (lines.length <= max) return lines;
  const errors = lines.filter(readsAsError);
  if (errors.length > max / 2) return evenly(lines, max);
  const rest = lines.filter((line) => !readsAsError(line));
  const kept = new Set([...errors, ...evenly(rest, max - errors.length)]);
  return lines.filter((line) => kept.has(line));
}

function evenly<T>(rows: readonly T[], max: number): readonly T[] {
  const placeOf = (index: number): number => Math.floor((index * max) / rows.length);
  return rows.filter((_row, index) => placeOf(index + 1) > placeOf(index));
}
