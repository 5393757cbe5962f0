/** Numbers with their units: those that a sentence tells, those that evidence has, and whether one is the other, rounded. */

import { inFigures } from "./number-words.ts";

type Dimension = "seconds" | "bytes" | "share" | "times" | "plain";

/** In seconds, bytes, parts of one, or as it is. `change`: how far it moved. */
export interface Quantity {
  readonly value: number;
  readonly dimension: Dimension;
  readonly role: "before" | "after" | "change" | "other";
}

export interface ToldQuantity {
  /** As it stands in the sentence, and where. */
  readonly text: string;
  readonly index: number;
  readonly value: number;
  readonly dimension: Dimension;
  /** What the last digit that counts is worth, in the same unit as the value. */
  readonly step: number;
  /** "about 4 s". */
  readonly isAbout: boolean;
}

const units: Readonly<Record<string, readonly [Dimension, size: number]>> = {
  µs: ["seconds", 1e-6],
  us: ["seconds", 1e-6],
  microsecond: ["seconds", 1e-6],
  ms: ["seconds", 1e-3],
  millisecond: ["seconds", 1e-3],
  s: ["seconds", 1],
  sec: ["seconds", 1],
  second: ["seconds", 1],
  min: ["seconds", 60],
  minute: ["seconds", 60],
  h: ["seconds", 3_600],
  hour: ["seconds", 3_600],
  day: ["seconds", 86_400],
  "%": ["share", 0.01],
  percent: ["share", 0.01],
  percentage: ["share", 0.01],
  pct: ["share", 0.01],
  k: ["plain", 1_000],
  b: ["bytes", 1],
  byte: ["bytes", 1],
  kib: ["bytes", 1024],
  kb: ["bytes", 1e3],
  mib: ["bytes", 1024 ** 2],
  mb: ["bytes", 1e6],
  gib: ["bytes", 1024 ** 3],
  gb: ["bytes", 1e9],
  tib: ["bytes", 1024 ** 4],
  tb: ["bytes", 1e12],
  "×": ["times", 1],
  x: ["times", 1],
  time: ["times", 1],
  fold: ["times", 1],
};

const about =
  /(?:about|around|roughly|approximately|nearly|almost|near|some|circa|close to|up to|~|≈)\s*$/i;
const number = /(?<![\w.,])([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:[\s-]?(%|×|[a-zµ]+))?/giu;

/** Every number of the text that is no part of a name; one whose unit is not known stands without. */
export function quantitiesIn(text: string): ToldQuantity[] {
  const told = singleQuantities(text);
  const figures = inFigures(text);
  return told.map((one, at) => withUnitOf(one, told[at + 1], figures));
}

/** "From 1.6 to 11 ms": both in the unit of the second. */
function withUnitOf(one: ToldQuantity, next: ToldQuantity | undefined, text: string): ToldQuantity {
  if (one.dimension !== "plain" || next === undefined || next.dimension === "plain") return one;
  const between = text.slice(one.index + one.text.length, next.index);
  if (!/^\s*(?:to|→|->|–|-|and|or)\s*(?:about |around |roughly )?$/.test(between)) return one;
  const unit =
    next.value === 0
      ? 1
      : next.value / Number(/\d[\d,.]*/.exec(next.text)?.[0].replaceAll(",", ""));
  return { ...one, value: one.value * unit, step: one.step * unit, dimension: next.dimension };
}

function singleQuantities(text: string): ToldQuantity[] {
  const figures = inFigures(text);
  return [...figures.matchAll(number)].flatMap((match): ToldQuantity[] => {
    const [whole, sign = "", integer = "", fraction = "", after = ""] = match;
    const word = after.toLowerCase();
    const unit = units[word] ?? units[word.replace(/s$/, "")];
    const end = match.index + whole.length;
    // "5xx" and "3f" are names, and are looked for among names.
    if (unit === undefined && after !== "" && !/[\s-]/.test(whole.at(-after.length - 1) ?? ""))
      return [];
    if (/[\w]/.test(text.charAt(end)) && unit !== undefined) return [];
    const digits = Number(`${integer.replaceAll(",", "")}${fraction}`);
    const isFactor = /\bfactor of\s+(?:(?:about|around|roughly|nearly|almost)\s+)?$/i.test(
      figures.slice(0, match.index),
    );
    const [dimension, size] = unit ?? ([isFactor ? "times" : "plain", 1] as const);
    return [
      {
        text: (unit === undefined ? whole.slice(0, whole.length - after.length) : whole).trim(),
        index: match.index,
        value: digits * size * (sign === "" ? 1 : -1),
        dimension,
        step: stepOf(digits, fraction) * size,
        // What is written out is meant roundly.
        isAbout:
          about.test(figures.slice(0, match.index)) ||
          !/\d/.test(text.charAt(match.index + sign.length)),
      },
    ];
  });
}

/** "0.38" is told to hundredths, "4,200" to hundreds, "300" to tens: two digits count at least. */
function stepOf(digits: number, fraction: string): number {
  if (fraction !== "") return 10 ** -(fraction.length - 1);
  let step = 1;
  while (digits >= 100 * step && digits % (step * 10) === 0) step *= 10;
  return step;
}

/** Nobody rounds by more than this part of the number, except "about". */
const roundedMax = 0.15;
const aboutMax = 0.12;

export function isRounded(told: ToldQuantity, of: Quantity): boolean {
  if (!isComparable(told, of)) return false;
  const off = Math.abs(told.value - of.value);
  if (told.value === 0) return off <= (told.dimension === "share" ? told.step / 2 : 0);
  const rounding = Math.min(told.step / 2, roundedMax * Math.abs(told.value));
  const most = told.isAbout ? Math.max(rounding, aboutMax * Math.abs(told.value)) : rounding;
  return off <= most * 1.000_001;
}

/** A share may be told as 0.8, a count as 68×. */
export function isComparable(told: ToldQuantity, of: Quantity): boolean {
  return (
    told.dimension === of.dimension ||
    (told.dimension === "plain" && of.dimension === "share") ||
    (told.dimension === "times" && of.dimension === "plain")
  );
}

/** A source's value in the unit that it is compared in. */
export function quantityOf(
  value: number,
  unit: string | undefined,
  role: Quantity["role"],
): Quantity {
  if (unit === "ratio") return { value, dimension: "share", role };
  const [dimension, size] = units[sourceUnits[unit ?? ""] ?? ""] ?? (["plain", 1] as const);
  return { value: value * size, dimension, role };
}

/** As sources write them, as they are told. */
const sourceUnits: Readonly<Record<string, string>> = {
  s: "s",
  second: "s",
  seconds: "s",
  ms: "ms",
  milliseconds: "ms",
  us: "us",
  microseconds: "us",
  By: "b",
  bytes: "b",
  percent: "%",
  "%": "%",
};

/** A number as it is, or in another dimension's own unit. */
export function plain(value: number, dimension: Dimension = "plain"): Quantity {
  return { value, dimension, role: "other" };
}

/** Those of a text that is itself evidence. */
export function quantitiesOfText(text: string): Quantity[] {
  return quantitiesIn(text).map(({ value, dimension }) => plain(value, dimension));
}
