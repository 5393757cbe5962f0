/** The named queries of the shop's catalog, in PromQL. */

import type { Bundle } from "../../src/edges/recorded/bundle.ts";

type Service = Bundle["catalog"]["services"][number];
export type Query = NonNullable<Service["metrics"]>["queries"][number];

/** Window of the rates: six scrapes. */
export const rateWindow = "30s";

/** Requests are counted by the same histogram that times them. */
const requestCount = "http_request_duration_seconds_count";
const requestTime = "http_request_duration_seconds";
const callCount = "outbound_request_duration_seconds_count";
const callTime = "outbound_request_duration_seconds";

export function rate(name: string, matchers: string): string {
  return `rate(${name}{${matchers}}[${rateWindow}])`;
}

function quantile(
  share: number,
  histogram: string,
  matchers: string,
  by: readonly string[] = [],
): string {
  const labels = ["le", ...by].join(", ");
  return `histogram_quantile(${share}, sum by (${labels}) (${rate(`${histogram}_bucket`, matchers)}))`;
}

export function requestQueries(service: string): Query[] {
  const own = `service="${service}"`;
  const failed = rate(requestCount, `${own}, status=~"5.."`);
  const all = rate(requestCount, own);
  const byRoute = `(sum by (route) (${failed}) or 0 * sum by (route) (${all})) / sum by (route) (${all})`;
  return [
    {
      name: "latency_p95",
      kind: "latency",
      unit: "seconds",
      query: quantile(0.95, requestTime, own),
    },
    {
      name: "latency_p50",
      kind: "latency",
      unit: "seconds",
      query: quantile(0.5, requestTime, own),
    },
    {
      name: "error_ratio",
      kind: "errors",
      unit: "ratio",
      query: `(sum(${failed}) or vector(0)) / sum(${all})`,
    },
    { name: "requests_per_second", kind: "requests", unit: "requests/s", query: `sum(${all})` },
    {
      name: "latency_p95_by_route",
      kind: "latency",
      unit: "seconds",
      query: quantile(0.95, requestTime, own, ["route"]),
      by: ["route"],
    },
    {
      name: "latency_p95_by_version",
      kind: "latency",
      unit: "seconds",
      query: quantile(0.95, requestTime, own, ["version"]),
      by: ["version"],
    },
    { name: "error_ratio_by_route", kind: "errors", unit: "ratio", query: byRoute, by: ["route"] },
  ];
}

export function callQueries(service: string, callee: string): Query[] {
  const matchers = `service="${service}", callee="${callee}"`;
  const failed = rate(callCount, `${matchers}, status!="200"`);
  const all = rate(callCount, matchers);
  return [
    {
      name: "call_latency_p95",
      kind: "latency",
      unit: "seconds",
      query: quantile(0.95, callTime, matchers),
      callee,
    },
    {
      name: "call_error_ratio",
      kind: "errors",
      unit: "ratio",
      query: `(sum(${failed}) or vector(0)) / sum(${all})`,
      callee,
    },
    { name: "calls_per_second", kind: "requests", unit: "calls/s", query: `sum(${all})`, callee },
  ];
}

export function poolQueries(service: string): Query[] {
  const own = `service="${service}"`;
  return [
    { name: "pool_size", kind: "other", unit: "connections", query: `min(db_pool_size{${own}})` },
    {
      name: "pool_in_use",
      kind: "saturation",
      unit: "connections",
      query: `max(db_pool_in_use{${own}})`,
    },
    {
      name: "pool_waiting",
      kind: "queue",
      unit: "requests",
      query: `max(db_pool_waiting{${own}})`,
    },
    {
      name: "pool_wait_p95",
      kind: "saturation",
      unit: "seconds",
      query: quantile(0.95, "db_pool_wait_seconds", own),
    },
    {
      name: "pool_timeouts_per_second",
      kind: "errors",
      unit: "timeouts/s",
      query: `sum(${rate("db_pool_timeouts_total", own)})`,
    },
    {
      name: "statements_per_second",
      kind: "requests",
      unit: "statements/s",
      query: `sum(${rate("db_statements_total", own)})`,
    },
  ];
}

export function databaseQueries(): Query[] {
  const own = 'service="orders-db"';
  return [
    {
      name: "statement_p95",
      kind: "latency",
      unit: "seconds",
      query: quantile(0.95, "db_statement_duration_seconds", own),
    },
    {
      name: "statements_per_second",
      kind: "requests",
      unit: "statements/s",
      query: `sum(${rate("db_statement_duration_seconds_count", own)})`,
    },
    {
      name: "rows_per_second",
      kind: "disk",
      unit: "rows/s",
      query: `sum(${rate("db_rows_total", own)})`,
    },
    {
      name: "connections",
      kind: "saturation",
      unit: "connections",
      query: `max(db_connections{${own}})`,
    },
  ];
}
