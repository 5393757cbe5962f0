/** A catalog made of the names in the metrics, else in the logs, where the team has written none. */

import { emptyCatalog } from "../catalog/catalog.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { parseCatalogObject } from "../catalog/parse.ts";
import type { CheckedLogs } from "../edges/loki/logs.ts";
import type { CheckedMetrics } from "../edges/prometheus/metrics.ts";

const askTimeoutMs = 2_000;
const keptMs = 300_000;

/** Asks each server at most every five minutes; a silent one gives no names and is asked again. */
export function foundCatalog(
  { metrics, logs }: { metrics: readonly CheckedMetrics[]; logs: readonly CheckedLogs[] },
  now: () => number,
): () => Promise<Catalog> {
  let kept: { readonly catalog: Catalog; readonly at: number } | null = null;
  return async () => {
    if (metrics.length + logs.length === 0) return emptyCatalog;
    if (kept !== null && now() - kept.at < keptMs) return kept.catalog;
    const measured = await Promise.all(
      metrics.map(async (server) => {
        const source = server.key === "" ? {} : { metrics: { source: server.key } };
        return (await namesOn(server)).map((name) => ({ name, ...source }));
      }),
    );
    const isMeasured = measured.some((names) => names.length > 0);
    const written = isMeasured ? [] : await Promise.all(logs.map(namesOn));
    const names = new Set(written.flat());
    const services = [...measured.flat(), ...[...names].map((name) => ({ name }))];
    const { catalog } = parseCatalogObject({ services });
    if (catalog.services.length > 0) kept = { catalog, at: now() };
    return catalog;
  };
}

function namesOn(server: Pick<CheckedLogs, "serviceNames">): Promise<readonly string[]> {
  return server.serviceNames(AbortSignal.timeout(askTimeoutMs)).catch(() => []);
}
