/** How people and models write a number, a time and a length: several ways each, by chance. */

import { pick } from "./random.ts";

export type Random = () => number;

/** In one of the units that people would take, rounded to two or three digits. */
export function say(value: number, unit: string | undefined, random: Random): string {
  const digits = pick([2, 2, 3], random);
  switch (unit ?? "") {
    case "seconds":
      return duration(value, digits, random);
    case "milliseconds":
      return duration(value / 1_000, digits, random);
    case "ratio":
      return pick([`${round(value * 100, digits)} %`, `${round(value * 100, digits)}%`], random);
    case "bytes":
      return bytes(value, digits, random);
    default:
      return value >= 1_000 ? grouped(value, digits) : round(value, digits);
  }
}

function duration(seconds: number, digits: number, random: Random): string {
  const ms = seconds * 1_000;
  if (seconds < 0.01) return `${round(ms, digits)} ms`;
  if (seconds < 1)
    return pick(
      [`${round(ms, digits)} ms`, `${round(ms, digits)}ms`, `${round(seconds, digits)} s`],
      random,
    );
  return pick(
    [
      `${round(seconds, digits)} s`,
      `${round(seconds, digits)}s`,
      `${round(seconds, digits)} seconds`,
      `${grouped(ms, digits)} ms`,
    ],
    random,
  );
}

function bytes(value: number, digits: number, random: Random): string {
  const mib = value / 1024 ** 2;
  const mb = value / 1e6;
  if (mib >= 1_500)
    return pick([`${round(mib / 1024, digits)} GiB`, `${round(mb / 1_000, digits)} GB`], random);
  return pick([`${round(mib, digits)} MiB`, `${round(mb, digits)} MB`], random);
}

export function round(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}

function grouped(value: number, digits: number): string {
  return round(value, digits).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

export function clock(at: number): string {
  return new Date(at * 1_000).toISOString().slice(11, 16);
}

export function clockSeconds(at: number): string {
  return new Date(at * 1_000).toISOString().slice(11, 19);
}

export function length(seconds: number): string {
  const long = Math.abs(seconds);
  if (long < 120) return `${Math.round(long)} ${long < 60 ? "s" : "seconds"}`;
  return `${Math.round(long / 60)} min`;
}

export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
