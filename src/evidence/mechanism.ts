/** What a change's words share with what went wrong, weighted by how rare the words are among the changes. */

import { meaningsOf, rawWordsOf } from "./words.ts";
import { isManifestOnly } from "./inertness.ts";
import type { DiffLines } from "./diff-deeds.ts";
import type { ChangeRecord } from "./input.ts";

/** Words of the evidence with the weight of their source, in (0, 1]. */
export type EvidenceWords = ReadonlyMap<string, number>;

/** How much of a change's words counts by where they stand. */
const placeWeights = { changed: 1, title: 1, path: 0.6, context: 0.35 } as const;
/** Overlap at which half of the largest factor is reached, in nats of rarity. */
const halfOverlap = 3;
/** Odds factor that a complete overlap approaches. */
const factorMax = 8;

export interface Overlap {
  /** 1 (nothing shared) to `factorMax`. */
  readonly factor: number;
  /** The rarest shared words, at most three, concepts left out. */
  readonly shared: readonly string[];
}

/** Of each change the words that the evidence has too, with the weight of the best place where it stands. */
export function bagsOf(
  changes: readonly (readonly [ChangeRecord, DiffLines])[],
  evidence: EvidenceWords,
): ReadonlyMap<string, number>[] {
  const known = new Map<string, readonly string[]>();
  const sharedOf = (raw: string): readonly string[] => {
    const found = known.get(raw) ?? meaningsOf(raw).filter((word) => evidence.has(word));
    known.set(raw, found);
    return found;
  };
  return changes.map(([change, lines]) => bagOf(change, lines, sharedOf));
}

function bagOf(
  change: ChangeRecord,
  lines: DiffLines,
  sharedOf: (raw: string) => readonly string[],
): ReadonlyMap<string, number> {
  const bag = new Map<string, number>();
  const people = new Set([...rawWordsOf(change.author ?? "")].flatMap(meaningsOf));
  const add = (text: string, weight: number): void => {
    for (const raw of rawWordsOf(text)) {
      for (const word of sharedOf(raw))
        if (!people.has(word)) bag.set(word, Math.max(bag.get(word) ?? 0, weight));
    }
  };
  add(lines.added.join("\n"), placeWeights.changed);
  add(lines.removed.join("\n"), placeWeights.changed);
  // Of a dependency's version only the package counts: not what stands beside it, nor how bumps are titled.
  if (isManifestOnly(change)) return bag;
  add(change.title, placeWeights.title);
  add((change.files ?? []).join("\n"), placeWeights.path);
  add(lines.context.join("\n"), placeWeights.context);
  return bag;
}

/** One overlap for each bag, in order. */
export function overlapsOf(
  bags: readonly ReadonlyMap<string, number>[],
  evidence: EvidenceWords,
): Overlap[] {
  const frequency = new Map<string, number>();
  for (const bag of bags) {
    for (const word of bag.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  return bags.map((bag) => {
    const shared = [...bag]
      .map(([word, weight]) => {
        const rarity = Math.log((bags.length + 1) / (frequency.get(word) ?? 1));
        return { word, worth: weight * (evidence.get(word) ?? 0) * rarity };
      })
      .filter(({ worth }) => worth > 0)
      .toSorted((x, y) => y.worth - x.worth || (x.word < y.word ? -1 : 1));
    const overlap = shared.reduce((sum, { worth }) => sum + worth, 0);
    const words = shared.map(({ word }) => word).filter((word) => !word.startsWith("~"));
    return {
      factor: 1 + (factorMax - 1) * (overlap / (overlap + halfOverlap)),
      shared: words.slice(0, 3),
    };
  });
}
