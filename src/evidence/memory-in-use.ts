/** What a process has in use of the memory that it holds: where only what it holds grows, the memory is fragmented or not counted. */

import { isShifted, type Shift } from "./shifts.ts";

/** What the system sees of a process. */
const resident = /(^|_)(resident|rss|working_set)(_|$)/;
/** What is set aside for use, or counts up. */
const held =
  /(^|_)(resident|rss|working_set|usage|cache|total|committed|sys|reserved|virtual|idle|max|limit|ratio)(_|$)/;
const used = /(^|_)(used|in_?use|alloc|allocated)(_|$)/;
/** In use is flat where it grew by at most this share of what the resident set grew by, each relative to its size before. */
const flatShareMax = 0.25;

/** The flat memory in use beside a resident set that grew; null where that is no resident set, or where memory in use grew too. */
export function flatMemoryInUse(grown: Shift, shifts: readonly Shift[]): Shift | null {
  if (!resident.test(grown.series.name) || !isShifted(grown)) return null;
  const inUse = shifts.filter(
    ({ series }) =>
      series.kind === "memory" &&
      series.service === grown.series.service &&
      series.callee === undefined &&
      !held.test(series.name),
  );
  const isFlat = (shift: Shift): boolean =>
    !(isShifted(shift) && shift.direction === "up") &&
    !(growthOf(shift) > flatShareMax * growthOf(grown));
  if (!inUse.every(isFlat)) return null;
  return inUse.find(({ series, after }) => used.test(series.name) && after > 0) ?? null;
}

/** NaN where nothing was measured on either side. */
function growthOf({ before, after }: Shift): number {
  return after / before - 1;
}
