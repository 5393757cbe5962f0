/** The items of an incident's evidence but its changes: shifted metrics, log lines, what was found of the whole, texts. */

import type { Diagnosis, LogTemplate, Scope, ShiftedMetric } from "../evidence/diagnosis.ts";
import { formatClock, formatCount } from "../evidence/format.ts";
import type { Series, SourcedSeries } from "../evidence/input.ts";
import { metricName, metricPlace, metricValue } from "../evidence/metric-name.ts";
import { kindOf, unitOf } from "../evidence/series-kinds.ts";
import { nothing, type Item } from "./item.ts";
import * as words from "./kind-words.ts";
import { plain, quantitiesIn, quantitiesOfText, quantityOf, type Quantity } from "./quantities.ts";

/** Past incidents, runbooks and what a tool gave: a text with an id of its own. */
export interface KnownText {
  readonly id: string;
  readonly text: string;
  readonly url?: string;
  readonly services?: readonly string[];
}

export function metricItem(
  metric: ShiftedMetric,
  at: number,
  series: readonly (Series | SourcedSeries)[],
): Item {
  const { service, callee, name } = metric;
  const kind = metric.kind ?? kindOf(name);
  const unit = metric.unit ?? unitOf(name);
  const source = series.find((one) => one.service === service && one.name === name);
  const query = source !== undefined && "source" in source ? source.source.query : "";
  const slices = Object.values(metric.labels ?? {});
  const [from, to] = [metricValue(metric, metric.before), metricValue(metric, metric.after)];
  const text = `${metricPlace(metric)} ${from} → ${to} since ${formatClock(metric.at)}`;
  return {
    ...nothing,
    id: `metric:${at}`,
    kind: "metric",
    text,
    callee,
    direction: metric.direction,
    backing: [text, name, kind, unit, query, ...Object.entries(metric.labels ?? {}).flat()].join(
      " ",
    ),
    name: metricName(metric),
    slices,
    measures: kind,
    services: callee === null ? [service] : [service, callee],
    quantities: [...quantitiesOfMetric(metric, unit), ...quantitiesShown(from, to)],
    latest: quantityOf(metric.latest[1], unit, "after"),
    moments: [
      { at: metric.at, of: "shift" },
      { at: metric.latest[0], of: "latest" },
    ],
    words: words.metricWords(kind),
  };
}

function quantitiesOfMetric(
  { before, after, latest }: ShiftedMetric,
  unit: string | undefined,
): Quantity[] {
  const own = [
    quantityOf(before, unit, "before"),
    quantityOf(after, unit, "after"),
    quantityOf(latest[1], unit, "after"),
    quantityOf(Math.abs(after - before), unit, "change"),
  ];
  return [...own, ...ratiosOf(before, after)];
}

function ratiosOf(before: number, after: number): Quantity[] {
  if (before <= 0 || after <= 0) return [];
  return [
    { value: after / before, dimension: "times", role: "other" },
    { value: before / after, dimension: "times", role: "other" },
    { value: Math.abs(after / before - 1), dimension: "share", role: "change" },
  ];
}

/** Whoever reads "297 MiB → 1.3 GiB" reckons with these. */
function quantitiesShown(from: string, to: string): Quantity[] {
  const [before, after] = [quantitiesIn(from)[0], quantitiesIn(to)[0]];
  if (before === undefined || after === undefined) return [];
  const { dimension } = after;
  return [
    ...ratiosOf(before.value, after.value),
    { value: Math.abs(after.value - before.value), dimension, role: "change" },
  ];
}

export function logItem(log: LogTemplate, at: number, onset: number): Item {
  const { service, template, example, before, after, since } = log;
  const count = since === undefined ? after : before + after;
  const line = `${since === undefined ? "more of a" : "new"} log line of ${service}`;
  const text = `${line}, ${formatCount(count)}× since ${formatClock(since ?? onset)}: "${template}"`;
  return {
    ...nothing,
    id: `log:${at}`,
    kind: "log",
    text,
    backing: `${text} "${example}"`,
    services: [service],
    quantities: [
      { ...plain(before), role: "before" },
      { ...plain(after), role: "after" },
      { ...plain(before + after), role: "after" },
      ...quantitiesOfText(example),
    ],
    moments: [{ at: since ?? onset, of: "line" }],
    words: words.logWords,
    direction: after > before ? "up" : "down",
  };
}

/** Where it is, and which service is suspected first. */
export function scopeItems(diagnosis: Diagnosis): Item[] {
  const { scope, services, confidence, metrics } = diagnosis;
  const [first] = services;
  const cut = metrics.filter(({ labels }) =>
    Object.entries(scope?.labels ?? {}).some(([name, value]) => labels?.[name] === value),
  );
  const where = [...new Set(cut.map(({ service }) => service))];
  return [
    ...(scope === null ? [] : [{ ...scopeItem(scope), services: where }]),
    ...(first === undefined || confidence === "none" ? [] : [suspectItem(first.service)]),
  ];
}

/** "only route POST /pay (97 % of the shift)" */
export function scopeText({ labels, everywhere, share }: Scope): string {
  const slices = Object.entries(labels).map((each) => each.join(" "));
  const where = everywhere ? "everywhere" : `only ${slices.join(", ")}`;
  return `${where} (${Math.floor(share * 100)} % of the shift)`;
}

function scopeItem(scope: Scope): Item {
  const text = scopeText(scope);
  return {
    ...nothing,
    id: "scope",
    kind: "scope",
    text,
    backing: text,
    words: words.scopeWords,
    quantities: [plain(Math.floor(scope.share * 100) / 100, "share")],
  };
}

function suspectItem(service: string): Item {
  const text = `the first suspect is ${service}`;
  return {
    ...nothing,
    id: "services",
    kind: "services",
    text,
    backing: text,
    services: [service],
    words: words.suspectWords,
  };
}

export function examinedItem(service: string): Item {
  const text = `nothing shifted at ${service}`;
  return {
    ...nothing,
    id: `examined:${service}`,
    kind: "examined",
    text,
    backing: text,
    services: [service],
    words: words.examinedWords,
  };
}

export function textItem({ id, text, url = "", services = [] }: KnownText): Item {
  return {
    ...nothing,
    id,
    kind: "text",
    text,
    backing: `${text} ${url} ${id}`,
    services,
    quantities: quantitiesOfText(text),
    words: words.textWords,
  };
}
