/** How exporters write, and how it is read: shapes of PromQL for `job="x"` and a range of 60 s. */

import type { MetricType } from "../../../src/evidence/series-kinds.ts";
import type { MetricKind } from "../../../src/vocabulary.ts";

/** What exporters write: names as they are in the server, with the type that the server's metadata tells. */
export type Told = MetricType | "untold";
/** A reading's name, kind, unit and the beginning of its PromQL, without its labels. */
type Reading = readonly [name: string, kind: MetricKind, unit: string | undefined, shape: RegExp];

export interface Convention {
  readonly exporter: string;
  readonly names: Readonly<Record<string, Told>>;
  readonly readings: readonly Reading[];
}

export const parts = (family: string): Record<string, Told> => ({
  [`${family}_bucket`]: "untold",
  [`${family}_sum`]: "untold",
  [`${family}_count`]: "untold",
});
export const rate = /^sum by \(.*\) \(rate\(\w+\{job="x"\}\[60s\]\)\)$/;
export const quantile =
  /^histogram_quantile\(0\.99, sum by \(le, .*\) \(rate\(\w+_bucket\{job="x"\}\[60s\]\)\)\)$/;
export const level = /^(max|avg) by \(.*\) \(\w+\{job="x"\}\)$/;
export const worst =
  /^max by \(.*\) \(sum by \(instance, pod, container, .*\) \(\w+\{job="x"\}\)\)$/;
export const busy =
  /^max by \(.*\) \(sum by \(instance, pod, container, .*\) \(rate\(\w+\{job="x"\}\[60s\]\)\)\)$/;
export const counted = /^round\(sum by \(.*\) \(increase\(\w+\{job="x"\}\[600s\]\)\)\)$/;
export const divided = /^max\(\w+\{job="x"\} \/ \w+\{job="x"\}\)$/;
export const free = /^1 - min\(\w+\{.*\} \/ \w+\{.*\}\)$/;
export const told = /^max by \(.*\) \(\w+\{job="x",quantile="0\.99"\}\) or /;
export const mean = /^sum by \(.*\) \(rate\(\w+_sum\{.*\) \/ sum by \(.*\) \(rate\(\w+_count\{/;
