/** How often a fake world's metrics are asked. */

import type { FakeWorld } from "./fake-world.ts";

/** Counts from here on. */
export function countReads(fake: FakeWorld): () => number {
  let reads = 0;
  const metrics = fake.sources.metrics.map((source) => ({
    ...source,
    series: (...asked: Parameters<typeof source.series>) => {
      reads += 1;
      return source.series(...asked);
    },
  }));
  fake.sources = { ...fake.sources, metrics };
  return () => reads;
}
