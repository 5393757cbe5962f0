/** Runs range queries: people's named ones each by itself, found ones many in one question to save round trips. */

import type { SourcedSeries } from "../../evidence/input.ts";
import type { RepeatedQuery } from "../../flows/ports.ts";
import { rangeSchema, type Row } from "./answers.ts";
import type { Answer, Ask } from "./client.ts";
import { calleesMax, seriesOf, slicesOf, type PageOf } from "./cut.ts";
import type { Gap } from "./gaps.ts";
import type { Grid } from "./grid.ts";
import { calleeOf } from "./labels.ts";
import type { Expression } from "./expression.ts";

/** One server, one window. */
export interface Range {
  readonly ask: Ask;
  readonly grid: Grid;
  readonly pageOf: PageOf;
  readonly signal: AbortSignal;
  /** Aborted once whoever waits should not be kept by a second question; null: nobody waits. */
  readonly hurry: AbortSignal | null;
}

export interface Results {
  readonly series: readonly SourcedSeries[];
  /** Queries that gave no answer. */
  readonly failures: readonly Gap[];
  /** People's queries that found nothing; that a found metric is empty now says nothing. */
  readonly empty: readonly Gap[];
  /** What of a reading was too much. */
  readonly over: readonly Gap[];
  readonly warnings: readonly string[];
}

function ranged({ ask, grid, signal }: Range, query: string): Promise<Answer<Row[]>> {
  const parameters: [string, string][] = [
    ["query", query],
    ["start", String(grid.from)],
    ["end", String(grid.to)],
    ["step", String(grid.stepS)],
  ];
  return ask(
    { path: "/api/v1/query_range", parameters, mayPost: true, schema: rangeSchema },
    signal,
  );
}

export async function runNamed(range: Range, query: RepeatedQuery): Promise<Results> {
  const answer = await ranged(range, query.query);
  const of = `${query.name} of ${query.service}`;
  if (!answer.ok) return { ...nothing, failures: [{ of, said: answer.said }] };
  const rows = answer.value;
  const kept = query.by ?? labelsThatDiffer(rows);
  const series = rows.map((row): SourcedSeries => {
    const callee = query.callee ?? calleeOf(row.labels, query.service)?.callee;
    const labels = Object.fromEntries(
      kept.flatMap((label) => {
        const value = row.labels[label];
        return value === undefined ? [] : [[label, value]];
      }),
    );
    return {
      service: query.service,
      name: query.name,
      kind: query.kind,
      ...(callee === undefined ? {} : { callee }),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      points: row.points,
      source: {
        query: query.query,
        ...(query.unit === undefined ? {} : { unit: query.unit }),
        url: range.pageOf(query.query),
      },
    };
  });
  const empty = series.length === 0 ? [{ of, said: "no data in the window" }] : [];
  return { ...nothing, series, empty, warnings: answer.warnings };
}

export const nothing: Results = { series: [], failures: [], empty: [], over: [], warnings: [] };

/** What tells several rows of one query apart. */
function labelsThatDiffer(rows: readonly Row[]): string[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row.labels)));
  return [...names].filter((name) => new Set(rows.map((row) => row.labels[name])).size > 1);
}

/** Marks which reading a row of a joint question belongs to. */
const tag = "hindsight";
const joinedMax = 24;
const questionsAtOnce = 8;

/** Joins the readings into as few questions as keep the server's answers small; the same reading of several services stays together. */
export function joined(expressions: readonly Expression[]): Expression[][] {
  const each = Math.min(Math.max(Math.ceil(expressions.length / questionsAtOnce), 1), joinedMax);
  const questions: Expression[][] = [];
  for (const group of alike(expressions)) {
    const last = questions.at(-1);
    const isRoom = last !== undefined && last.length < each;
    if (isRoom && last.length + group.length <= joinedMax) last.push(...group);
    else questions.push(group);
  }
  return questions;
}

/** Each group is one reading of the services that one selector reaches. */
function alike(expressions: readonly Expression[]): Expression[][] {
  const groups = Map.groupBy(expressions, (one) => one.among?.promql([]) ?? one);
  return [...groups.values()];
}

/** `isWhole`: without the labels that the readings are cut by. */
export async function runJoined(
  range: Range,
  expressions: readonly Expression[],
  isWhole = false,
): Promise<Results> {
  const parts = isWhole ? expressions.map((one) => [one]) : alike(expressions);
  const tagged = parts.map((part, at) => {
    const query = partQuery(part, isWhole);
    return `label_replace(${query}, "${tag}", "${at}", "${tag}", "")`;
  });
  const answer = await ranged(range, tagged.join(" or "));
  if (answer.ok) {
    const rows = Map.groupBy(answer.value, (row) => row.labels[tag]);
    const read = parts.flatMap((part, at) => readOfPart(range, part, rows.get(String(at)) ?? []));
    const { warnings } = answer;
    return {
      ...nothing,
      series: read.flatMap(({ series }) => series),
      over: read.flatMap(({ expression, callees }) => overCallees(expression, callees)),
      warnings,
    };
  }
  const { said } = answer;
  if (answer.isRefusal && expressions.length > 1) {
    // One reading that the server refuses must not take its neighbours along.
    return allOf(await Promise.all(expressions.map((one) => runJoined(range, [one]))));
  }
  const [only] = expressions;
  if (answer.isRefusal && only !== undefined && only.slice === undefined && !isWhole) {
    const whole = await runJoined(range, [only], true);
    const uncut = { of: nameOf(only), said: `${said}; read without its callees and statuses` };
    return whole.failures.length > 0 ? whole : { ...whole, over: [uncut] };
  }
  return { ...nothing, failures: expressions.map((one) => ({ of: nameOf(one), said })) };
}

function partQuery(part: readonly Expression[], isWhole: boolean): string {
  const [only] = part;
  const among = part.flatMap((one) => one.among ?? []);
  if (part.length > 1 && among[0]) return among[0].promql(among.map(({ value }) => value));
  return only?.promql({ matchers: [], isWhole }) ?? "";
}

function readOfPart(range: Range, part: readonly Expression[], rows: readonly Row[]) {
  if (part.length === 1) return part.map((one) => readOf(range, one, rows));
  const byService = Map.groupBy(rows, ({ labels }) => labels[part[0]?.among?.label ?? ""]);
  return part.map((one) => readOf(range, one, byService.get(one.among?.value) ?? []));
}

function readOf({ pageOf }: Range, expression: Expression, rows: readonly Row[]) {
  const { slice } = expression;
  if (slice === undefined) return { expression, ...seriesOf(expression, rows, pageOf) };
  return { expression, series: slicesOf(expression, slice, rows, pageOf), callees: 0 };
}

function nameOf({ name, service, slice }: Expression): string {
  return `${name}${slice === undefined ? "" : ` by ${slice.name}`} of ${service}`;
}

function overCallees(expression: Expression, callees: number): Gap[] {
  if (callees <= calleesMax) return [];
  const said = `${callees - calleesMax} of ${callees} callees: the limit is ${calleesMax}`;
  return [{ of: nameOf(expression), said }];
}

export function allOf(results: readonly Results[]): Results {
  return {
    series: results.flatMap(({ series }) => series),
    failures: results.flatMap(({ failures }) => failures),
    empty: results.flatMap(({ empty }) => empty),
    over: results.flatMap(({ over }) => over),
    warnings: [...new Set(results.flatMap(({ warnings }) => warnings))],
  };
}
