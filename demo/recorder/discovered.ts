/** Series beyond the named queries: what each service exports, classified by name, unit and type. */

import type { MetricKind } from "../../src/vocabulary.ts";
import { rateWindow } from "./queries.ts";

export interface Discovered {
  readonly name: string;
  readonly kind: MetricKind;
  readonly unit?: string;
  readonly query: string;
}

const kindByWord: readonly (readonly [RegExp, MetricKind])[] = [
  [/heap|memory|bytes/, "memory"],
  [/eventloop_lag/, "saturation"],
  [/cpu|gc_duration/, "cpu"],
  [/fds|handles|requests|resources/, "saturation"],
  [/connections/, "saturation"],
];

/** Covered by named queries, constant by nature, or the same as another in other words. */
const leftOut = new RegExp(
  [
    "^(http_request|outbound|db_pool|db_statement|db_rows|db_connections)",
    "^(build_info|nodejs_version|process_start|process_max_fds|scrape_|up$)",
    "^process_(cpu|heap|virtual)",
    "^nodejs_(heap_space|active_resources|active_handles$|active_requests)",
    "^nodejs_eventloop_lag_(min|mean|max|stddev|p50|p90|p99)",
  ].join("|"),
);

/** One query for each metric of the service: counters as rates, gauges as they are. */
export function discover(service: string, types: ReadonlyMap<string, string>): Discovered[] {
  return [...types].flatMap(([name, type]) => {
    if (leftOut.test(name)) return [];
    const matcher = `{service="${service}"}`;
    const kind = kindByWord.find(([word]) => word.test(name))?.[1] ?? "other";
    const unit = /_(seconds|bytes)/.exec(name)?.[1];
    const described = { name, kind, ...(unit === undefined ? {} : { unit }) };
    if (type === "counter")
      return [{ ...described, query: `sum(rate(${name}${matcher}[${rateWindow}]))` }];
    if (type === "gauge") return [{ ...described, query: `max(${name}${matcher})` }];
    if (type === "histogram")
      return [{ ...described, query: `sum(rate(${name}_sum${matcher}[${rateWindow}]))` }];
    return [];
  });
}
