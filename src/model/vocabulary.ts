/** The words of the evidence, and which words of a sentence are neither there nor ordinary. */

import type { Item } from "./item.ts";
import { isOrdinary, stem } from "./ordinary-words.ts";

/** Stems of whatever the items are named by, told in, or called. */
export function wordsOfItems(items: readonly Item[]): Set<string> {
  const [only, ...others] = items;
  if (only !== undefined && others.length === 0) return new Set(wordsOfItem(only));
  return new Set(items.flatMap((item) => [...wordsOfItem(item)]));
}

/** A diff is long, and is asked about for each sentence. */
const wordsKept = new WeakMap<Item, ReadonlySet<string>>();

function wordsOfItem(item: Item): ReadonlySet<string> {
  const kept = wordsKept.get(item) ?? stemsOf(item);
  wordsKept.set(item, kept);
  return kept;
}

function stemsOf({ backing, words }: Item): Set<string> {
  const known = new Set<string>();
  for (const word of [...rawWords(backing), ...words.split(" ")]) known.add(stem(word));
  return withAliases(known);
}

/** Of what a metric is called, and what people call that. */
export function stemsOfName({ name }: Item): Set<string> {
  return withAliases(new Set(rawWords(name).map(stem)));
}

/** The stems of a text's words. */
export function wordsIn(text: string): string[] {
  return rawWords(text).map(stem);
}

function withAliases(known: Set<string>): Set<string> {
  for (const [name, also] of aliases)
    if (known.has(name)) for (const word of also.split(" ")) known.add(stem(word));
  return known;
}

/** What people call what sources shorten. */
const aliases: readonly (readonly [name: string, also: string])[] = [
  ["gc", "garbage collection collector collections pause pauses"],
  ["cpu", "processor"],
  ["db", "database"],
  ["statement", "sql query queries"],
  ["pool", "connection connections"],
  ["p50", "median half"],
  ["p95", "percentile 95th"],
  ["p99", "percentile 99th tail"],
  ["rss", "resident memory"],
  ["req", "request requests throughput traffic"],
  ["call", "request requests traffic"],
  ["error", "request requests call calls fail fails failed failing failure failures"],
  ["used", "use"],
  ["fds", "file descriptors"],
  ["exhausted", "ran run out"],
  ["timeouts", "timeout timed time out waits waiting"],
  ["consumer", "messages offsets"],
  ["img", "image images picture pictures"],
  ["auth", "authentication"],
  ["req", "rps qps"],
  ["lock", "locks acquisition"],
  ["timeout", "timed out"],
  ["within", "timeout timed out waits waiting"],
  ["not", "failed failure"],
];

/** Also the parts of what is written together: "pool_wait_p95", "timeoutMs". */
function rawWords(text: string): string[] {
  const whole = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const parts = text.match(/[A-Z]{2,}(?![a-z])\d*|[A-Z]?[a-z]+\d*/g) ?? [];
  return [...whole, ...parts.map((part) => part.toLowerCase())];
}

/** "reservations" are of "reserve". */
function nounStem(word: string): string {
  return word.replace(/(?<=[a-z]{4})ations?$/, "");
}

/** In their stems, each once, in order. */
export function unknownWords(text: string, known: ReadonlySet<string>): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]*\p{L}[\p{L}\p{N}]*(?:['’]\p{L}+)?/gu) ?? [];
  const strange = words
    .map((word) => word.replace(/['’](?:s|re|ve|ll|d|t|m)$/, ""))
    .filter(
      (word) =>
        !isOrdinary(word) &&
        !known.has(word) &&
        !known.has(stem(word)) &&
        !known.has(nounStem(word)),
    )
    .filter(
      (word) =>
        !/^(?:s|t|e|g|re|ve|ll|d|m|x|ms|min|h|kib|mib|gib|tib|kb|mb|gb|don|doesn|didn|isn|wasn|weren|aren|hasn|haven|hadn|won|wouldn|couldn|shouldn|can)$/.test(
          word,
        ),
    );
  return [...new Set(known.size === 0 ? strange.map(stem) : strange)];
}
