/** From the rows of one reading to the series that the evidence engine takes: by callee, all and failed. */

import type { Point, SourcedSeries } from "../../evidence/input.ts";
import type { Row } from "./answers.ts";
import {
  calleeOf,
  failurePattern,
  isCallers,
  patternOf,
  statusLabelOf,
  statusLabels,
  type StatusLabel,
} from "./labels.ts";
import type { Expression } from "./readings.ts";

/** Gives the page where a person can look at a query. */
export type PageOf = (query: string) => string;

/** Of one reading the callees with the highest values are told apart. */
export const calleesMax = 20;

/** `callees`: how many there were. */
export function seriesOf(
  expression: Expression,
  rows: readonly Row[],
  pageOf: PageOf,
): { readonly series: SourcedSeries[]; readonly callees: number } {
  const groups = Map.groupBy(rows, (row) => calleeOf(row.labels, expression.service)?.callee ?? "");
  const callees = groups.size - (groups.has("") ? 1 : 0);
  const series = highest([...groups]).flatMap(([callee, group]) => {
    const matchers = calleeMatchers(group, expression.service);
    const whole = { ...seriesPart(expression, callee), points: merged(group, expression.merge) };
    const query = expression.promql({ matchers, isWhole: true });
    const all = { ...whole, source: sourceOf(query, expression.unit, pageOf) };
    const failed = expression.tellsEnd ? failedOf(expression, group, matchers) : null;
    if (failed === null) return [all];
    const { query: share, points } = failed;
    const name = `${expression.name.replace(/(_total|_count)$/, "")}_error_ratio`;
    const source = sourceOf(share, "ratio", pageOf);
    return [all, { ...whole, name, kind: "errors" as const, points, source }];
  });
  return { series, callees };
}

type Group = readonly [callee: string, rows: readonly Row[]];

/** All where they are within the limit, in their own order; the service's own always. */
function highest(groups: readonly Group[]): readonly Group[] {
  const called = groups.filter(([callee]) => callee !== "");
  if (called.length <= calleesMax) return groups;
  const peaks = called.map((group) => ({ group, peak: peakOf(group[1]) }));
  const kept = peaks.toSorted((a, b) => b.peak - a.peak).slice(0, calleesMax);
  return [...groups.filter(([callee]) => callee === ""), ...kept.map(({ group }) => group)];
}

function peakOf(rows: readonly Row[]): number {
  let peak = Number.NEGATIVE_INFINITY;
  for (const { points } of rows) {
    for (const [, value] of points) if (Number.isFinite(value)) peak = Math.max(peak, value);
  }
  return peak;
}

function calleeMatchers(rows: readonly Row[], service: string): string[] {
  const called = rows.flatMap(({ labels }) => calleeOf(labels, service) ?? []);
  const values = Map.groupBy(called, ({ label }) => label);
  return [...values].map(([label, each]) => {
    const different = [...new Set(each.map(({ value }) => value))];
    const [only = ""] = different;
    if (different.length === 1) return `${label}=${JSON.stringify(only)}`;
    return `${label}=~${JSON.stringify(patternOf(different))}`;
  });
}

function seriesPart(expression: Expression, callee: string) {
  const { service, name, kind } = expression;
  if (callee !== "") return { service, name, kind, callee };
  // Calls to nobody knows whom are no load of the service's own.
  return { service, name, kind: kind === "requests" && isCallers(name) ? "other" : kind } as const;
}

function sourceOf(query: string, unit: string | undefined, pageOf: PageOf) {
  return { query, ...(unit === undefined ? {} : { unit }), url: pageOf(query) };
}

/** The share of the requests that failed, where there were requests; null where no label tells or none ever did. */
function failedOf(
  expression: Expression,
  group: readonly Row[],
  matchers: readonly string[],
): { query: string; points: Point[] } | null {
  const failed = group.filter(({ labels }) => {
    const label = statusLabelOf(labels);
    return label !== undefined && failedBy(label).test(labels[label] ?? "");
  });
  if (failed.length === 0) return null;
  const failedAt = new Map(merged(failed, "sum"));
  return {
    query: failedQuery(expression, failed, matchers),
    points: merged(group, "sum").flatMap(([at, all]): Point[] =>
      all > 0 ? [[at, (failedAt.get(at) ?? 0) / all]] : [],
    ),
  };
}

function failedBy(label: StatusLabel): RegExp {
  return new RegExp(`^(?:${failurePattern(label)})$`);
}

/** As PromQL: one part for each label that tells a failure, for the requests that no label before it tells of. */
function failedQuery(
  expression: Expression,
  failed: readonly Row[],
  matchers: readonly string[],
): string {
  const all = expression.promql({ matchers, isWhole: true });
  const used = statusLabels.filter((label) =>
    failed.some(({ labels }) => statusLabelOf(labels) === label),
  );
  const parts = used.map((label, at) => {
    const untold = used.slice(0, at).map((before) => `${before}=""`);
    const own = [...matchers, ...untold, `${label}=~"${failurePattern(label)}"`];
    return `(${expression.promql({ matchers: own, isWhole: true })} or 0 * ${all})`;
  });
  return `${parts.length > 1 ? `(${parts.join(" + ")})` : parts.join("")} / ${all}`;
}

function merged(rows: readonly Row[], merge: "sum" | "max"): readonly Point[] {
  const [first, ...rest] = rows;
  if (first === undefined || rest.length === 0) return first?.points ?? [];
  const values = new Map<number, number>();
  for (const [at, value] of rows.flatMap((row) => row.points)) {
    const before = values.get(at);
    if (before === undefined || Number.isNaN(before)) values.set(at, value);
    else if (!Number.isNaN(value))
      values.set(at, merge === "sum" ? before + value : Math.max(before, value));
  }
  return [...values].toSorted(([a], [b]) => a - b);
}
