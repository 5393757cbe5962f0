/** Numbers, times and durations as people read them: three digits, a unit where one is known, UTC. */

/** Steps of a unit, largest first: used from which magnitude on, its size, its suffix. */
type Ladder = readonly (readonly [from: number, size: number, suffix: string])[];

const durations: Ladder = [
  [7_200, 3_600, " h"],
  [120, 60, " min"],
  [0.1, 1, " s"],
  [1e-4, 1e-3, " ms"],
  [0, 1e-6, " µs"],
];
const sizes: Ladder = [
  [1024 ** 4, 1024 ** 4, " TiB"],
  [1024 ** 3, 1024 ** 3, " GiB"],
  [1024 ** 2, 1024 ** 2, " MiB"],
  [1024, 1024, " KiB"],
  [0, 1, " B"],
];

/** Units as sources write them: their steps, and their size in the unit of those. */
const ladders: ReadonlyMap<string, readonly [Ladder, factor: number]> = new Map([
  ["s", [durations, 1]],
  ["second", [durations, 1]],
  ["seconds", [durations, 1]],
  ["ms", [durations, 1e-3]],
  ["milliseconds", [durations, 1e-3]],
  ["us", [durations, 1e-6]],
  ["microseconds", [durations, 1e-6]],
  ["ns", [durations, 1e-9]],
  ["nanoseconds", [durations, 1e-9]],
  ["By", [sizes, 1]],
  ["bytes", [sizes, 1]],
]);

/** "0.4 s" for (0.4, "seconds"); "4.1" without a unit; "13 %" for (0.125, "ratio"); an unknown unit is said as it is. */
export function formatValue(value: number, unit?: string): string {
  if (!Number.isFinite(value)) return "no value";
  if (unit === undefined || unit === "") return digits(value);
  if (unit === "ratio") return `${digits(value * 100)} %`;
  if (unit === "percent" || unit === "%") return `${digits(value)} %`;
  const ladder = ladders.get(unit);
  if (ladder === undefined) return `${digits(value)} ${unit}`;
  const [steps, factor] = ladder;
  const base = value * factor;
  const [, size, suffix] = stepFor(steps, base) ?? [0, 1, ` ${unit}`];
  return `${digits(base / size)}${suffix}`;
}

/** The unit in which values up to `largest` read well, and what one of it is in the source's own. */
export interface Scale {
  /** "ms", "%", "MiB"; empty where none is known. */
  readonly unit: string;
  readonly size: number;
}

export function scaleFor(largest: number, unit?: string): Scale {
  if (unit === "ratio") return { unit: "%", size: 0.01 };
  if (unit === "percent") return { unit: "%", size: 1 };
  const ladder = ladders.get(unit ?? "");
  if (ladder === undefined) return { unit: unit ?? "", size: 1 };
  const [steps, factor] = ladder;
  const [, size, suffix] = stepFor(steps, largest * factor) ?? [0, factor, unit ?? ""];
  return { unit: suffix.trim(), size: size / factor };
}

function stepFor(steps: Ladder, base: number): Ladder[number] | undefined {
  return base === 0
    ? steps.find(([, size]) => size === 1)
    : steps.find(([from]) => Math.abs(base) >= from);
}

/** "14:02", UTC. */
export function formatClock(at: number): string {
  return isoOf(at).slice(11, 16);
}

/** "14:00:30", UTC. */
export function formatClockSeconds(at: number): string {
  return isoOf(at).slice(11, 19);
}

/** "90 s", "12 min", "3 h", "2 days". */
export function formatDuration(seconds: number): string {
  const length = Math.abs(seconds);
  if (length < 120) return `${Math.round(length)} s`;
  if (length < 7_200) return `${Math.round(length / 60)} min`;
  if (length < 172_800) return `${Math.round(length / 3_600)} h`;
  return `${Math.round(length / 86_400)} days`;
}

/** "1,204". */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** "1 change", "4 changes". */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function digits(value: number): string {
  if (value === 0) return "0";
  if (Math.abs(value) >= 1_000) return `${value < 0 ? "-" : ""}${formatCount(Math.abs(value))}`;
  return String(Number(value.toPrecision(value >= 100 ? 3 : 2)));
}

/** A time beyond what a date can hold reads as its number. */
function isoOf(at: number): string {
  const date = new Date(at * 1_000);
  return Number.isNaN(date.getTime()) ? `T${at}`.padStart(19, " ") : date.toISOString();
}
