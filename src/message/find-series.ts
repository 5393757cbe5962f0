/** Which series somebody means who names one: "p99 of checkout", "error rate", "payments memory". */

import type { Series } from "../evidence/input.ts";
import { metricName, metricPlace } from "../evidence/metric-name.ts";
import { slipsBetween } from "./nearest.ts";

/** Longer words are searched only this far; in characters. */
const wordsMax = 500;
const lettersMax = 40;
const namesMax = 6;

/** What people say for what a metric's kind is called. */
const meant: Readonly<Record<string, string>> = {
  error: "errors",
  failures: "errors",
  failed: "errors",
  mem: "memory",
  ram: "memory",
  traffic: "requests",
  rps: "requests",
  qps: "requests",
  throughput: "requests",
  slow: "latency",
  duration: "latency",
  backlog: "queue",
};

const percentile = /^p\d+$/;

/**
 * The series that most of the words speak of, uncut and the service's own before others; null where none is named. A
 * percentile alone names a latency.
 */
export function seriesNamedIn<T extends Series>(text: string, series: readonly T[]): T | null {
  const words = wordsOf(text);
  const [best] = ofPlace(words, series)
    .map((each) => ({ each, hits: hitsOf(words, metricWords(each)), rest: restOf(words, each) }))
    .filter(({ each, hits }) => hits > 0 && (each.kind === "latency" || isNamed(words, each)))
    .toSorted((a, b) => b.hits - a.hits || a.rest - b.rest);
  return best?.each ?? null;
}

/** "p99 of checkout", of what exists: those of the named place, the nearest spelling first. */
export function nearestNames(text: string, series: readonly Series[]): string[] {
  const words = wordsOf(text).filter((word) => word.length <= lettersMax);
  const named = ofPlace(words, series).map((each) => {
    const slips = words.flatMap((word) => metricWords(each).map((its) => slipsBetween(word, its)));
    return { name: nameOf(each), slips: Math.min(Infinity, ...slips) };
  });
  const ordered = named.toSorted((a, b) => a.slips - b.slips).map(({ name }) => name);
  return [...new Set(ordered)].slice(0, namesMax);
}

function nameOf({ service, name, callee, kind }: Series): string {
  const uncut = { service, name, callee: callee ?? null, kind, labels: null };
  return metricPlace({
    ...uncut,
    score: 0,
    direction: "up",
    at: 0,
    before: 0,
    after: 0,
    latest: [0, 0],
  });
}

function wordsOf(text: string): string[] {
  return text
    .slice(0, wordsMax)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => (Object.hasOwn(meant, word) ? (meant[word] ?? word) : word));
}

/** Of a service that is named nothing of another is meant. */
function ofPlace<T extends Series>(words: readonly string[], series: readonly T[]): T[] {
  const places = new Set(series.flatMap(placeWords));
  const named = words.filter((word) => places.has(word));
  return series.filter((each) => named.every((word) => placeWords(each).includes(word)));
}

function placeWords({ service, callee = "" }: Series): string[] {
  return wordsOf(`${service} ${callee}`);
}

function metricWords({ name, kind }: Series): string[] {
  return [...wordsOf(`${metricName({ name, kind })} ${name}`), ...(kind === "other" ? [] : [kind])];
}

function hitsOf(words: readonly string[], its: readonly string[]): number {
  return new Set(words.filter((word) => its.includes(word))).size;
}

/** By more than a percentile. */
function isNamed(words: readonly string[], series: Series): boolean {
  const told = words.filter((word) => !percentile.test(word));
  return hitsOf(told, metricWords(series)) > 0;
}

/** How much of it was not asked for. */
function restOf(words: readonly string[], series: Series): number {
  const cuts = 10 * Object.keys(series.labels ?? {}).length;
  return (
    [...new Set([...placeWords(series), ...metricWords(series)])].filter(
      (word) => !words.includes(word),
    ).length + cuts
  );
}
