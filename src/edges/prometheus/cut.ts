/** From the rows of one reading to the series that the evidence engine takes: by callee, all and failed. */

import type { Point, SourcedSeries } from "../../evidence/input.ts";
import type { Row } from "./answers.ts";
import { calleeOf, failurePattern, statusLabelOf } from "./labels.ts";
import type { Expression } from "./plan.ts";

/** Gives the page where a person can look at a query. */
export type PageOf = (query: string) => string;

export function seriesOf(
  expression: Expression,
  rows: readonly Row[],
  pageOf: PageOf,
): SourcedSeries[] {
  const groups = Map.groupBy(rows, (row) => calleeOf(row.labels, expression.service)?.callee ?? "");
  return [...groups].flatMap(([callee, group]) => {
    const label = calleeOf(group[0]?.labels ?? {}, expression.service)?.label;
    const matchers = label === undefined ? [] : [`${label}=${JSON.stringify(callee)}`];
    const whole = { ...seriesPart(expression, callee), points: merged(group, expression.merge) };
    const query = expression.promql({ matchers, isWhole: true });
    const all = { ...whole, source: sourceOf(expression, query, pageOf) };
    const failed = expression.tellsEnd ? failedOf(expression, group, matchers) : null;
    if (failed === null) return [all];
    const { name, points } = failed;
    const source = sourceOf(expression, failed.query, pageOf);
    return [all, { ...whole, name, kind: "errors", points, source }];
  });
}

function seriesPart(expression: Expression, callee: string) {
  const { service, name, kind } = expression;
  return callee === "" ? { service, name, kind } : { service, name, kind, callee };
}

function sourceOf(expression: Expression, query: string, pageOf: PageOf) {
  const unit = expression.unit === undefined ? {} : { unit: expression.unit };
  return { query, ...unit, url: pageOf(query) };
}

/** The failed among the requests, 0 where there were requests and none failed; null where no label tells or none ever did. */
function failedOf(
  expression: Expression,
  group: readonly Row[],
  matchers: readonly string[],
): { name: string; query: string; points: Point[] } | null {
  const label = statusLabelOf(group.map((row) => row.labels));
  if (label === null) return null;
  const pattern = failurePattern(label);
  const isFailure = new RegExp(`^(?:${pattern})$`);
  const failed = group.filter((row) => isFailure.test(row.labels[label] ?? ""));
  if (failed.length === 0) return null;
  const matcher = `${label}=~"${pattern}"`;
  const narrowed = expression.promql({ matchers: [...matchers, matcher], isWhole: true });
  const all = expression.promql({ matchers, isWhole: true });
  const failedAt = new Map(merged(failed, "sum"));
  return {
    name: `${expression.name}{${matcher}}`,
    query: `${narrowed} or 0 * ${all}`,
    points: merged(group, "sum").map(([at]) => [at, failedAt.get(at) ?? 0]),
  };
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
