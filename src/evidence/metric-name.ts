/** What a metric is called in a sentence: "p99 of checkout", "p99 of calls checkout → payments". */

import { unitOf } from "./series-kinds.ts";
import type { ShiftedMetric } from "./diagnosis.ts";
import { formatValue } from "./format.ts";

/** The quantile where the name tells which one of a latency it is, else the name as the source has it. */
function metricName({ name, kind }: Pick<ShiftedMetric, "name" | "kind">): string {
  const quantile = /(?:^|[^a-z0-9])(p\d{2,3})(?:$|[^a-z0-9])/i.exec(name)?.[1];
  return quantile !== undefined && kind === "latency" ? quantile.toLowerCase() : name;
}

/** With its slice, where the metric was cut: "p99 of checkout (version 41)". */
export function metricPlace(metric: ShiftedMetric): string {
  const { service, callee, labels } = metric;
  const where = callee === null ? service : `calls ${service} → ${callee}`;
  const slice = Object.entries(labels ?? {}).map(([key, value]) => `${key} ${value}`);
  const cut = slice.length === 0 ? "" : ` (${slice.join(", ")})`;
  return `${metricName(metric)} of ${where}${cut}`;
}

/** "4.1 s": by the source's unit, else by the one that the name ends in, else none. */
export function metricValue({ name, unit }: ShiftedMetric, value: number): string {
  return formatValue(value, unit ?? unitOf(name));
}
