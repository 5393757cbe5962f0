/** How each type of metric is read as PromQL: counters as rates, histograms as quantiles, gauges as they are. */

import { kindOf, unitOf, type FamilyType } from "../../evidence/series-kinds.ts";
import type { MetricKind } from "../../vocabulary.ts";
import { byOf, expression, type Expression, type Found } from "./expression.ts";

/** Seconds over which rare events are counted: a single one has to be seen in more than half of what follows the onset. */
const rareWindowS = 600;
/** What tells the copies of a service apart. */
const copyLabels = ["instance", "pod", "container"] as const;

export function rateOf(
  found: Found,
  name: string,
  kind: MetricKind = kindOf(name, "counter"),
): Expression {
  if (kind === "restarts") return countOf(found, name);
  const tellsEnd = kind === "requests";
  const base = name.endsWith("_count") ? undefined : unitOf(name);
  // Seconds per second are a share of the time, of which the worst copy's is told.
  const isShare = base === "seconds" && kind !== "cpu";
  const perSecond = base === "seconds" ? "cores" : `${base ?? ""}/s`;
  const shape = {
    name,
    kind,
    unit: isShare ? "ratio" : perSecond,
    tellsEnd,
    merge: isShare ? "max" : "sum",
  } as const;
  return expression(found, shape, (select, by, labels) => {
    const rate = `rate(${select(name)}[${found.rateWindowS}s])`;
    return isShare ? worstCopy(rate, labels) : `sum${by} (${rate})`;
  });
}

/** How often it happened in the last ten minutes. */
function countOf(found: Found, name: string): Expression {
  const shape = { name, kind: "restarts", tellsEnd: false, merge: "sum" } as const;
  return expression(
    found,
    shape,
    (select, by) => `round(sum${by} (increase(${select(name)}[${rareWindowS}s])))`,
  );
}

/** Per second, how often a histogram was written to. */
export function nativeRateOf(found: Found, name: string): Expression {
  const shape = {
    name: `${name}_count`,
    kind: "requests",
    unit: "/s",
    tellsEnd: true,
    merge: "sum",
  } as const;
  return expression(
    found,
    shape,
    (select, by) => `sum${by} (histogram_count(rate(${select(name)}[${found.rateWindowS}s])))`,
  );
}

export function quantileOf(found: Found, name: string, type: FamilyType): Expression {
  const isNative = type === "native-histogram";
  const shape = { ...distribution(name, type), name: `${name}_p99` };
  return expression(found, shape, (select, _by, labels) => {
    const rate = `rate(${select(isNative ? name : `${name}_bucket`)}[${found.rateWindowS}s])`;
    const kept = isNative ? labels : ["le", ...labels];
    return `histogram_quantile(0.99, sum${byOf(kept)} (${rate}))`;
  });
}

/** The greatest of the quantiles that a summary tells: of one the copies cannot be added up. */
export function toldQuantileOf(found: Found, name: string): Expression {
  return expression(found, distribution(name, "summary"), (select, by) =>
    ["0.99", "0.95", "1", "0.9"]
      .map((quantile) => `max${by} (${select(name, `quantile="${quantile}"`)})`)
      .join(" or "),
  );
}

export function meanOf(found: Found, name: string): Expression {
  const shape = { ...distribution(name, "sum-and-count"), name: `${name}_mean` };
  return expression(found, shape, (select, by) => {
    const part = (suffix: string) =>
      `sum${by} (rate(${select(name + suffix)}[${found.rateWindowS}s]))`;
    return `${part("_sum")} / ${part("_count")}`;
  });
}

const worstIsMost: readonly MetricKind[] = [
  "latency",
  "errors",
  "saturation",
  "memory",
  "queue",
  "restarts",
];

export function levelOf(found: Found, name: string): Expression {
  const kind = kindOf(name, "gauge");
  if (/_start_time(_seconds)?$/.test(name)) return beginningsOf(found, name);
  const shape = { name, kind, ...unit(name), tellsEnd: false, merge: "max" } as const;
  return expression(found, shape, (select, by, labels) => {
    if (addsUp(name, kind)) return worstCopy(select(name), labels);
    return `${worstIsMost.includes(kind) ? "max" : "avg"}${by} (${select(name)})`;
  });
}

/** A start time says something only when it changes: the process began anew. */
function beginningsOf(found: Found, name: string): Expression {
  const starts = name.replace(/_time(_seconds)?$/, "s");
  const shape = { name: starts, kind: "restarts", tellsEnd: false, merge: "max" } as const;
  return expression(
    found,
    shape,
    (select, by) => `sum${by} (changes(${select(name)}[${rareWindowS}s]))`,
  );
}

/** Whether the parts of one copy make a whole: pools of memory and queues do, shares and delays do not. */
function addsUp(name: string, kind: MetricKind): boolean {
  if (kind === "memory") return !name.endsWith("_ratio");
  if (kind !== "queue" && kind !== "saturation" && kind !== "errors") return false;
  return unitOf(name) === undefined && !/utili[sz]ation|saturation|usage|fraction/.test(name);
}

export function worstCopy(read: string, labels: readonly string[] = []): string {
  return `max${byOf(labels)} (sum${byOf([...copyLabels, ...labels])} (${read}))`;
}

function distribution(name: string, type: FamilyType) {
  return { name, kind: kindOf(name, type), ...unit(name), tellsEnd: false, merge: "max" } as const;
}

function unit(name: string): { unit?: string } {
  const found = unitOf(name);
  return found === undefined ? {} : { unit: found };
}
