/** How often a fake world's sources are asked. */

import type { FakeWorld } from "./fake-world.ts";

/** Counts from here on. */
export function countReads(fake: FakeWorld): () => number {
  let reads = 0;
  const { sources } = fake;
  const metrics = sources.metrics.map((source) => ({
    ...source,
    series: (...asked: Parameters<typeof source.series>) => {
      reads += 1;
      return source.series(...asked);
    },
  }));
  const changes = sources.changes.map((source) => ({
    ...source,
    recent: (...asked: Parameters<typeof source.recent>) => {
      reads += 1;
      return source.recent(...asked);
    },
  }));
  fake.sources = { ...sources, metrics, changes };
  return () => reads;
}
