/** Which PromQL reads a service's metrics: counters as rates, histograms as quantiles, gauges as they are. */

import {
  familiesOf,
  kindOf,
  unitOf,
  type MetricFamily,
  type MetricType,
} from "../../evidence/series-kinds.ts";
import { metricKinds, type MetricKind } from "../../vocabulary.ts";
import { calleeLabels, statusLabels } from "./labels.ts";

/** One reading of one metric of one service; its rows are cut by callee, and by how requests ended where that is told. */
export interface Expression {
  readonly service: string;
  readonly name: string;
  readonly kind: MetricKind;
  readonly unit?: string;
  /** Whether the labels that tell a request's end are kept, to split all from failed. */
  readonly tellsEnd: boolean;
  /** Rows of one callee are summed, or the greatest is taken. */
  readonly merge: "sum" | "max";
  /** The reading as PromQL, narrowed by further matchers and, for people, without the labels that it is cut by. */
  readonly promql: (cut: { matchers: readonly string[]; isWhole: boolean }) => string;
}

export interface Found {
  readonly service: string;
  /** Label matchers without braces: `service="checkout"`. */
  readonly selector: string;
  readonly names: readonly string[];
  readonly rateWindowS: number;
}

export const seriesMaxService = 200;

/** Most telling kinds first, for services that have more metrics than are read. */
const importance: readonly MetricKind[] = [
  "latency",
  "errors",
  "requests",
  "availability",
  "restarts",
  "saturation",
  "queue",
  "cpu",
  "memory",
  ...metricKinds,
];

/** At most 200 readings, the most telling kinds first; `all` is how many there were. */
export function planOf(
  found: Found,
  types: ReadonlyMap<string, MetricType>,
): { expressions: Expression[]; all: number } {
  const expressions = familiesOf(found.names, types)
    .flatMap((family) => readingsOf(found, family))
    .toSorted((a, b) => importance.indexOf(a.kind) - importance.indexOf(b.kind));
  return { expressions: expressions.slice(0, seriesMaxService), all: expressions.length };
}

function readingsOf(found: Found, family: MetricFamily): Expression[] {
  switch (family.type) {
    case "counter":
      return [rateOf(found, family.name, kindOf(family.name, family.type))];
    case "gauge":
      return [levelOf(found, family.name)];
    case "histogram":
      return [quantileOf(found, family.name), ...endsOf(found, family.name, "histogram")];
    case "summary":
      return [meanOf(found, family.name), ...endsOf(found, family.name, "summary")];
  }
}

/** How often the measured thing happened: for a latency these are the requests. */
function endsOf(found: Found, name: string, type: MetricType): Expression[] {
  return kindOf(name, type) === "latency" ? [rateOf(found, `${name}_count`, "requests")] : [];
}

function rateOf(found: Found, name: string, kind: MetricKind): Expression {
  const isIdleCounted = /^(node_cpu_seconds|windows_cpu_time)_total$/.test(name);
  const own = isIdleCounted ? ['mode!="idle"'] : [];
  const tellsEnd = kind === "requests";
  const base = name.endsWith("_count") ? undefined : unitOf(name);
  return {
    service: found.service,
    name,
    kind,
    unit: base === "seconds" && kind === "cpu" ? "cores" : `${base ?? ""}/s`,
    tellsEnd,
    merge: "sum",
    promql: ({ matchers, isWhole }) => {
      const rate = `rate(${selected(name, found.selector, [...own, ...matchers])}[${found.rateWindowS}s])`;
      return `sum${by(isWhole, tellsEnd ? [...statusLabels, ...calleeLabels] : calleeLabels)} (${rate})`;
    },
  };
}

function quantileOf(found: Found, name: string): Expression {
  return {
    service: found.service,
    name: `${name}_p99`,
    kind: kindOf(name, "histogram"),
    ...unit(name),
    tellsEnd: false,
    merge: "max",
    promql: ({ matchers, isWhole }) => {
      const rate = `rate(${selected(`${name}_bucket`, found.selector, matchers)}[${found.rateWindowS}s])`;
      return `histogram_quantile(0.99, sum by (${["le", ...(isWhole ? [] : calleeLabels)].join(", ")}) (${rate}))`;
    },
  };
}

function meanOf(found: Found, name: string): Expression {
  return {
    service: found.service,
    name: `${name}_mean`,
    kind: kindOf(name, "summary"),
    ...unit(name),
    tellsEnd: false,
    merge: "max",
    promql: ({ matchers, isWhole }) => {
      const rateOfPart = (part: string) =>
        `sum${by(isWhole, calleeLabels)} (rate(${selected(name + part, found.selector, matchers)}[${found.rateWindowS}s]))`;
      return `${rateOfPart("_sum")} / ${rateOfPart("_count")}`;
    },
  };
}

const worstIsMost: readonly MetricKind[] = [
  "latency",
  "errors",
  "saturation",
  "memory",
  "queue",
  "restarts",
];

function levelOf(found: Found, name: string): Expression {
  const kind = kindOf(name, "gauge");
  const aggregate = worstIsMost.includes(kind) ? "max" : "avg";
  const isStart = /_start_time(_seconds)?$/.test(name);
  return {
    service: found.service,
    name,
    kind,
    ...(isStart ? {} : unit(name)),
    tellsEnd: false,
    merge: "max",
    promql: ({ matchers, isWhole }) => {
      const level = selected(name, found.selector, matchers);
      // A start time says something only when it changes: the process began anew.
      const read = isStart ? `changes(${level}[${found.rateWindowS}s])` : level;
      return `${isStart ? "sum" : aggregate}${by(isWhole, calleeLabels)} (${read})`;
    },
  };
}

function unit(name: string): { unit?: string } {
  const found = unitOf(name);
  return found === undefined ? {} : { unit: found };
}

function by(isWhole: boolean, labels: readonly string[]): string {
  return isWhole ? "" : ` by (${labels.join(", ")})`;
}

/** Names beyond the old alphabet, OpenTelemetry's with dots for instance, go into the braces. */
function selected(name: string, selector: string, matchers: readonly string[]): string {
  const isPlain = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name);
  const inside = [...(isPlain ? [] : [`__name__=${JSON.stringify(name)}`]), selector, ...matchers];
  return `${isPlain ? name : ""}{${inside.filter((part) => part !== "").join(",")}}`;
}
