/** What a metric is called in a sentence: "p99 of checkout", "failed calls checkout → payments". */

import { kindOf, unitOf } from "./series-kinds.ts";
import type { ShiftedMetric } from "./diagnosis.ts";
import { formatValue } from "./format.ts";

const errors = "errors";
/** Who measures, how it is cut and in which unit: a sentence tells the first two elsewhere, and the unit by the value. */
const prefix = /^(?:nodejs|process|jvm|go|container|kube|http)_(?=[a-z]{2})/;
const cutBy = /_by_[a-z]+$/;
const unitBefore = /_(?:seconds|milliseconds|bytes)(?=_(?:mean|max)$)/;
const suffix = /_(?:by_[a-z]+|total|bytes|seconds|milliseconds|ratio|percent)$/;

/** The quantile of a latency where the name tells it, "errors" of a share that failed, else its words; what is no metric name of a program stays. */
export function metricName({
  name,
  kind = kindOf(name),
  unit = unitOf(name.replace(cutBy, "")),
}: Pick<ShiftedMetric, "name" | "kind" | "unit">): string {
  const quantile = /(?:^|[^a-z0-9])(p\d{2,3})(?:$|[^a-z0-9])/i.exec(name)?.[1];
  if (quantile !== undefined && kind === "latency") return quantile.toLowerCase();
  if (!/^[a-z][a-z0-9]*(?:[_:.]+[a-z0-9]+)+$/i.test(name)) return name;
  if (kind === "errors" && (unit === "ratio" || unit === "percent")) return errors;
  if (kind === "latency" && name.endsWith("_mean")) return "mean latency";
  let words = name.replace(prefix, "").replace(unitBefore, "");
  while (suffix.test(words)) words = words.replace(suffix, "");
  return words.replaceAll(/[_:.]+/g, " ");
}

/** With its slice, where the metric was cut: "p99 of checkout (version 41)". */
export function metricPlace(metric: ShiftedMetric): string {
  const { service, callee, labels } = metric;
  const slice = Object.entries(labels ?? {}).map(([key, value]) => `${key} ${value}`);
  const cut = slice.length === 0 ? "" : ` (${slice.join(", ")})`;
  return `${placeOf(metricName(metric), service, callee)}${cut}`;
}

function placeOf(name: string, service: string, callee: string | null): string {
  if (callee === null) return `${name} of ${service}`;
  const calls = `calls ${service} → ${callee}`;
  if (name === errors) return `failed ${calls}`;
  return name.startsWith("calls ") ? calls : `${name} of ${calls}`;
}

/** A route says what it is: "POST /pay"; "version 41" needs the label's name. */
export function sliceWords(label: string, value: string): string {
  return /^(route|path|endpoint|handler|uri)$/.test(label) ? value : `${label} ${value}`;
}

/** "4.1 s": by the source's unit, else by the one that the name ends in, else none. */
export function metricValue(
  { name, unit }: Pick<ShiftedMetric, "name" | "unit">,
  value: number,
): string {
  return formatValue(value, unit ?? unitOf(name));
}
