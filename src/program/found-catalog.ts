/** A catalog made of the names in the metrics, else in the logs, where the team has written none. */

import { emptyCatalog } from "../catalog/catalog.ts";
import { parseCatalogObject } from "../catalog/parse.ts";
import type { CheckedLogs } from "../edges/loki/logs.ts";
import type { CheckedMetrics } from "../edges/prometheus/metrics.ts";
import type { Sources } from "../flows/ports.ts";
import type { Gap } from "../incident/timeline.ts";

const askTimeoutMs = 2_000;
const keptMs = 300_000;
/** Of one server, in alphabetical order. */
const namesMax = 200;

type Found = Required<Pick<Sources, "catalog" | "found">>;

/** Asks the servers at most every five minutes; while one gives no answer, which is a gap with its words, at every call. */
export function foundCatalog(
  { metrics, logs }: { metrics: readonly CheckedMetrics[]; logs: readonly CheckedLogs[] },
  now: () => number,
): () => Promise<Found> {
  let kept: { readonly found: Found; readonly at: number } | null = null;
  return async () => {
    if (metrics.length + logs.length === 0) {
      return { catalog: emptyCatalog, found: { gaps: [], leftOut: [] } };
    }
    if (kept !== null && now() - kept.at < keptMs) return kept.found;
    const measured = await Promise.all(
      metrics.map(async (server) => {
        const source = server.key === "" ? {} : { metrics: { source: server.key } };
        const { names, ...said } = await namesOn(server);
        return { ...said, services: names.map((name) => ({ name, ...source })) };
      }),
    );
    const isMeasured = measured.some(({ services }) => services.length > 0);
    const written = isMeasured ? [] : await Promise.all(logs.map(namesOn));
    const names = new Set(written.flatMap((answer) => answer.names));
    const services = [
      ...measured.flatMap((answer) => answer.services),
      ...[...names].map((name) => ({ name })),
    ];
    const answers = [...measured, ...written];
    const gaps = answers.flatMap(({ gap }) => gap ?? []);
    const leftOut = answers.flatMap((answer) => answer.leftOut);
    const found = { catalog: parseCatalogObject({ services }).catalog, found: { gaps, leftOut } };
    if (services.length > 0 && gaps.length === 0) kept = { found, at: now() };
    return found;
  };
}

interface Names {
  readonly names: readonly string[];
  readonly gap: Gap | null;
  readonly leftOut: readonly string[];
}

async function namesOn(server: Pick<CheckedLogs, "name" | "serviceNames">): Promise<Names> {
  const signal = AbortSignal.timeout(askTimeoutMs);
  try {
    const names = await server.serviceNames(signal);
    const over = names.length - namesMax;
    const cut = `${over} of ${names.length} services on ${server.name}: the limit is ${namesMax}`;
    return { names: names.slice(0, namesMax), gap: null, leftOut: over > 0 ? [cut] : [] };
  } catch (error) {
    const words = error instanceof Error ? error.message : "it failed";
    const reason = signal.aborted ? `no answer in ${askTimeoutMs / 1000} s` : words;
    return { names: [], gap: { source: server.name, reason }, leftOut: [] };
  }
}
