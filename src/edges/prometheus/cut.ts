/** From the rows of one reading to the series that the evidence engine takes: by callee or by slice, all and failed. */

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
import type { Expression, Slice } from "./expression.ts";

/** Gives the page where a person can look at a query. */
export type PageOf = (query: string) => string;

/** Of one reading the callees with the highest values are told apart. */
export const calleesMax = 20;

/** Slices of one reading by one label. */
export const slicesMax = 50;

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
    const part = { ...seriesPart(expression, callee), matchers, failedBy: failuresIn(group) };
    return allAndFailed(expression, group, part, pageOf);
  });
  return { series, callees };
}

/** The service's own, one series for each value of the label; none where one value alone was there. */
export function slicesOf(
  expression: Expression,
  { name, label }: Slice,
  rows: readonly Row[],
  pageOf: PageOf,
): SourcedSeries[] {
  const { service } = expression;
  const own = rows.filter(
    ({ labels }) => (labels[label] ?? "") !== "" && calleeOf(labels, service) === null,
  );
  const groups = [...Map.groupBy(own, ({ labels }) => labels[label] ?? "")];
  // A slice without any failure is one to compare those with that have some.
  const failedBy = failuresIn(own);
  if (groups.length < 2) return [];
  return groups.slice(0, slicesMax).flatMap(([value, group]) => {
    const matchers = [`${label}=${JSON.stringify(value)}`];
    const part = { ...seriesPart(expression, ""), labels: { [name]: value }, matchers, failedBy };
    return allAndFailed(expression, group, part, pageOf);
  });
}

/** Rows that become one series, and one of how many failed. */
interface Part extends Omit<SourcedSeries, "points" | "source"> {
  readonly matchers: readonly string[];
  /** Labels that tell a failure; none: nothing tells or none ever failed. */
  readonly failedBy: readonly StatusLabel[];
}

function allAndFailed(
  expression: Expression,
  rows: readonly Row[],
  { matchers, failedBy, ...part }: Part,
  pageOf: PageOf,
): SourcedSeries[] {
  const query = expression.promql({ matchers, isWhole: true });
  const source = sourceOf(query, expression.unit, pageOf);
  const all = { ...part, points: merged(rows, expression.merge), source };
  if (!expression.tellsEnd || failedBy.length === 0) return [all];
  const share = failedQuery(expression, failedBy, matchers);
  return [
    all,
    {
      ...part,
      name: errorRatioOf(expression.name),
      kind: "errors",
      points: failedShare(rows),
      source: sourceOf(share, "ratio", pageOf),
    },
  ];
}

/** What the share of the failed among these requests is called. */
export function errorRatioOf(requests: string): string {
  return `${requests.replace(/(_total|_count)$/, "")}_error_ratio`;
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

/** The labels by which any of these rows tells a failure. */
function failuresIn(rows: readonly Row[]): StatusLabel[] {
  const failed = rows.filter(isFailed).map(({ labels }) => statusLabelOf(labels));
  return statusLabels.filter((label) => failed.includes(label));
}

function isFailed({ labels }: Row): boolean {
  const label = statusLabelOf(labels);
  return label !== undefined && patternFor(label).test(labels[label] ?? "");
}

function patternFor(label: StatusLabel): RegExp {
  return new RegExp(`^(?:${failurePattern(label)})$`);
}

/** The share of the requests that failed, where there were requests. */
function failedShare(rows: readonly Row[]): Point[] {
  const failedAt = new Map(merged(rows.filter(isFailed), "sum"));
  return merged(rows, "sum").flatMap(([at, all]): Point[] =>
    all > 0 ? [[at, (failedAt.get(at) ?? 0) / all]] : [],
  );
}

/** As PromQL: one part for each label that tells a failure, for the requests that no label before it tells of. */
function failedQuery(
  expression: Expression,
  failedBy: readonly StatusLabel[],
  matchers: readonly string[],
): string {
  const all = expression.promql({ matchers, isWhole: true });
  const parts = failedBy.map((label, at) => {
    const untold = failedBy.slice(0, at).map((before) => `${before}=""`);
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
