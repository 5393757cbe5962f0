/** A catalog made of the names in the metrics, where the team has written none. */

import { emptyCatalog } from "../catalog/catalog.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { parseCatalogObject } from "../catalog/parse.ts";
import type { CheckedMetrics } from "../edges/prometheus/metrics.ts";

const askTimeoutMs = 2_000;
const keptMs = 300_000;

/** Asks each server at most every five minutes; a silent one gives no names and is asked again. */
export function foundCatalog(
  servers: readonly CheckedMetrics[],
  now: () => number,
): () => Promise<Catalog> {
  let kept: { readonly catalog: Catalog; readonly at: number } | null = null;
  return async () => {
    if (servers.length === 0) return emptyCatalog;
    if (kept !== null && now() - kept.at < keptMs) return kept.catalog;
    const found = await Promise.all(
      servers.map(async (server) => {
        const names = await server
          .serviceNames(AbortSignal.timeout(askTimeoutMs))
          .catch(() => null);
        const metrics = server.key === "" ? {} : { metrics: { source: server.key } };
        return names?.map((name) => ({ name, ...metrics }));
      }),
    );
    const { catalog } = parseCatalogObject({ services: found.flatMap((names) => names ?? []) });
    if (catalog.services.length > 0) kept = { catalog, at: now() };
    return catalog;
  };
}
