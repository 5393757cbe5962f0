/** What one source answers about one service: rows in the shape of contracts §3, bounded; what was left out is counted. */

import { z } from "zod";
import { counted, formatCount } from "../../evidence/format.ts";
import type { ChangeRecord, LogLine, SourcedSeries } from "../../evidence/input.ts";
import {
  changeOf,
  changeRow,
  firstFault,
  known,
  logOf,
  logRow,
  seriesOf,
  seriesRow,
  told,
} from "../../evidence/told-rows.ts";
import { thinned } from "../../evidence/thinned.ts";
import { changesSince } from "../../flows/look-back.ts";
import type { Reading, Window } from "../../flows/ports.ts";
import { readLine } from "../../log-line.ts";
import { oneLine } from "../outgoing.ts";

/** Of one service. */
const seriesMax = 200;
const changesMax = 200;
const linesMax = 3_000;
/** Of one series; the newest stay. */
const pointsMax = 2_000;
const nonsense = "not what a source answers";

export interface Answered {
  readonly series: Reading<SourcedSeries>;
  readonly changes: Reading<ChangeRecord>;
  readonly logs: Reading<LogLine>;
  /** Whether the source tells of changes at all. */
  readonly tellsChanges: boolean;
}

/** `said` is a sentence fragment. */
export type Answer =
  | { readonly ok: true; readonly value: Answered }
  | { readonly ok: false; readonly said: string };

const sourceSeries = seriesRow.extend({ query: told.text, unit: told.text, url: told.text });
const answer = z
  .object({
    series: z.array(sourceSeries).nullish(),
    changes: z.array(changeRow.extend({ id: z.string().min(1), at: z.number() })).nullish(),
    logs: z.array(logRow.extend({ at: z.number() })).nullish(),
  })
  .refine(({ series, changes, logs }) => [series, changes, logs].some(Array.isArray), {
    message: "has none of series, changes and logs",
  });
type Told = z.infer<typeof answer>;

/** Rows outside the window were not asked for; those of another service are counted, and a row that names none is of this one. */
export function answerFrom(body: unknown, name: string, window: Window): Answer {
  const parsed = answer.safeParse(body);
  if (!parsed.success) {
    return { ok: false, said: oneLine(`${nonsense}: ${firstFault(parsed.error, "the answer")}`) };
  }
  const { series, changes, logs } = parsed.data;
  const about = { name, window };
  return {
    ok: true,
    value: {
      series: seriesIn(series ?? [], about),
      changes: changesIn(changes ?? [], about),
      logs: linesIn(logs ?? [], about),
      tellsChanges: Array.isArray(changes),
    },
  };
}

interface About {
  readonly name: string;
  readonly window: Window;
}

function seriesIn(rows: NonNullable<Told["series"]>, { name, window }: About) {
  const own = ofService(rows, name, "series");
  const [from, to] = [window.from.getTime() / 1000, window.to.getTime() / 1000];
  const unlike = new Map<string, SourcedSeries>();
  let cutCount = 0;
  for (const { query, unit, url, ...row } of own.items) {
    const series = seriesOf(row, name);
    const points = series.points
      .filter(([at]) => at >= from && at <= to)
      .toSorted(([a], [b]) => a - b);
    if (points.length > pointsMax) cutCount += 1;
    const source = { query: query ?? series.name, ...known({ unit, url }) };
    const identity = JSON.stringify([series.name, series.callee, sorted(series.labels)]);
    if (points.length > 0 && !unlike.has(identity)) {
      unlike.set(identity, { ...series, points: points.slice(-pointsMax), source });
    }
  }
  const items = [...unlike.values()];
  return {
    items: items.slice(0, seriesMax),
    leftOut: [
      ...own.leftOut,
      ...beyond(items.length, seriesMax, `series of ${name}`),
      ...(cutCount > 0
        ? [
            `the oldest points of ${cutCount} series of ${name}: the limit is ${formatCount(pointsMax)}`,
          ]
        : []),
    ],
  };
}

const sorted = (labels: Readonly<Record<string, string>> = {}) =>
  Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));

function changesIn(rows: NonNullable<Told["changes"]>, { name, window }: About) {
  const own = ofService(rows, name, "change");
  const [from, to] = [changesSince(window).getTime() / 1000, window.to.getTime() / 1000];
  const items = own.items
    .filter(({ at }) => at >= from && at <= to)
    .map((row, index) => {
      const change = changeOf(row, index);
      return {
        ...change,
        service: change.service ?? name,
        title: oneLine(change.title) || change.id,
      };
    })
    .toSorted((a, b) => b.at - a.at);
  return {
    items: items.slice(0, changesMax),
    leftOut: [...own.leftOut, ...beyond(items.length, changesMax, `changes of ${name}`)],
  };
}

function linesIn(rows: NonNullable<Told["logs"]>, { name, window }: About) {
  const own = ofService(rows, name, "log line");
  const [from, to] = [window.from.getTime() / 1000, window.to.getTime() / 1000];
  const items = own.items
    .filter(({ at, text }) => at >= from && at <= to && (text ?? "").trim() !== "")
    .map((row) => {
      const line = logOf(row, name);
      const { level, text } = readLine(line.text);
      return { ...line, text, ...known({ level: line.level ?? level }) };
    })
    .toSorted((a, b) => a.at - b.at);
  return {
    items: thinned(items, linesMax),
    leftOut: [...own.leftOut, ...beyond(items.length, linesMax, `log lines of ${name}`)],
  };
}

function ofService<T extends { readonly service?: string | null | undefined }>(
  rows: readonly T[],
  name: string,
  noun: "series" | "change" | "log line",
): Reading<T> {
  const items = rows.filter(({ service }) => (service ?? name) === name);
  const others = rows.length - items.length;
  const what = noun === "series" ? `${formatCount(others)} series` : counted(others, noun);
  const said = `${what} of other services than ${name}, which was asked about`;
  return { items, leftOut: others > 0 ? [said] : [] };
}

function beyond(count: number, max: number, what: string): string[] {
  if (count <= max) return [];
  return [
    `${formatCount(count - max)} of ${formatCount(count)} ${what}: the limit is ${formatCount(max)}`,
  ];
}

/** "12 series, 1 change, 0 log lines". */
export function inWords({ series, changes, logs }: Answered): string {
  const parts = [
    `${formatCount(series.items.length)} series`,
    counted(changes.items.length, "change"),
    counted(logs.items.length, "log line"),
  ];
  const leftOut = [series, changes, logs].flatMap((reading) => reading.leftOut);
  return [parts.join(", "), ...leftOut].join("; ");
}
