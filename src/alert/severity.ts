/** How grave an alert is, from the word that its sender uses for it. */

import { severities, type Severity } from "../vocabulary.ts";

/** SEV1 is for senders that say so: "critical" is what many call everything that wakes somebody. */
const words: ReadonlyMap<string, Severity> = new Map([
  ["critical", 2],
  ["page", 2],
  ["emergency", 2],
  ["error", 2],
  ["major", 2],
  ["high", 2],
  ["warning", 3],
  ["warn", 3],
  ["minor", 3],
  ["medium", 3],
  ["info", 4],
  ["low", 4],
  ["none", 4],
]);

/** "critical", "sev2", "P1"; P5 counts as the least. null: nothing that is known. */
export function severityOf(word: string | null | undefined): Severity | null {
  const plain = (word ?? "").trim().toLowerCase();
  const told = /^(?:sev|p)-?([1-5])$/.exec(plain)?.[1];
  if (told === undefined) return words.get(plain) ?? null;
  return severities.find((each) => each === Math.min(Number(told), 4)) ?? null;
}

/** The gravest; null where none is told. */
export function gravest(all: readonly (Severity | null)[]): Severity | null {
  const [first] = all.filter((each) => each !== null).toSorted((a, b) => a - b);
  return first ?? null;
}
