/** A shifted metric in a few words: "p99 of checkout", "0.4 s". */

import type { ShiftedMetric } from "../evidence/diagnosis.ts";
import { formatValue } from "../evidence/format.ts";
import { kindOf, unitOf } from "../evidence/series-kinds.ts";
import type { MetricKind } from "../vocabulary.ts";

type Metric = Pick<ShiftedMetric, "name" | "service" | "callee" | "kind" | "unit">;

export function metricKind(metric: Metric): MetricKind {
  return metric.kind ?? kindOf(metric.name);
}

/** "p99" where the name says which quantile of a latency it is, else the name as the source has it. */
export function metricName(metric: Metric): string {
  const quantile = /(?:^|[^a-z0-9])(p\d{2,3})(?:$|[^a-z0-9])/i.exec(metric.name)?.[1];
  return quantile !== undefined && metricKind(metric) === "latency"
    ? quantile.toLowerCase()
    : metric.name;
}

/** "p99 of checkout", "p99 of calls checkout → payments". */
export function metricPlace(metric: Metric): string {
  const place =
    metric.callee === null ? metric.service : `calls ${metric.service} → ${metric.callee}`;
  return `${metricName(metric)} of ${place}`;
}

/** "4.1 s"; without a unit where neither the source nor the name tells one. */
export function metricValue(metric: Metric, value: number): string {
  return formatValue(value, metric.unit ?? unitOf(metric.name));
}
