/** The items of an incident's evidence but its changes: shifted metrics, log lines, what was found of the whole, texts. */

import type { Diagnosis, LogTemplate, Scope, ShiftedMetric } from "../evidence/diagnosis.ts";
import { formatClock, formatCount } from "../evidence/format.ts";
import type { Series, SourcedSeries } from "../evidence/input.ts";
import { metricPlace, metricValue } from "../evidence/metric-name.ts";
import { kindOf, unitOf } from "../evidence/series-kinds.ts";
import { nothing, type Item } from "./item.ts";
import * as words from "./kind-words.ts";
import { plain, quantitiesOfText, quantityOf, type Quantity } from "./quantities.ts";

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
  const slice = Object.entries(metric.labels ?? {}).flat();
  const [from, to] = [metricValue(metric, metric.before), metricValue(metric, metric.after)];
  const text = `${metricPlace(metric)} ${from} → ${to} since ${formatClock(metric.at)}`;
  return {
    ...nothing,
    id: `metric:${at}`,
    kind: "metric",
    text,
    callee,
    direction: metric.direction,
    backing: [text, name, kind, unit, query, ...slice].join(" "),
    services: callee === null ? [service] : [service, callee],
    quantities: quantitiesOfMetric(metric, unit),
    moments: [{ at: metric.at, of: "shift" }],
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
    quantityOf(latest[1], unit, "other"),
    quantityOf(Math.abs(after - before), unit, "change"),
  ];
  if (before <= 0 || after <= 0) return own;
  return [
    ...own,
    { value: after / before, dimension: "times", role: "other" },
    { value: before / after, dimension: "times", role: "other" },
    { value: Math.abs(after / before - 1), dimension: "share", role: "change" },
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
      ...[before, after, before + after].map((value) => plain(value)),
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

function scopeItem({ labels, everywhere, share }: Scope): Item {
  const slices = Object.entries(labels).map((each) => each.join(" "));
  const shown = Math.floor(share * 100) / 100;
  const where = everywhere ? "everywhere" : `only ${slices.join(", ")}`;
  const text = `${where} (${Math.round(shown * 100)} % of the shift)`;
  return {
    ...nothing,
    id: "scope",
    kind: "scope",
    text,
    backing: text,
    words: words.scopeWords,
    quantities: [plain(shown, "share")],
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
