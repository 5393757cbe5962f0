/** One reading as PromQL: of one service, of one slice of it, or of several services at once. */

import type { MetricKind } from "../../vocabulary.ts";
import { calleeLabels, isServersOwn, patternOf, statusLabels } from "./labels.ts";

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
  /** What it selects, to ask by which labels it can be sliced; empty where it cannot. */
  readonly selections: readonly string[];
  /** Its rows are the values of this label too. */
  readonly slice?: Slice;
  /** How it is asked together with the same reading of other services; null where it cannot be. */
  readonly among: Among | null;
  /** The reading as PromQL, narrowed by further matchers and, for people, without the labels that it is cut by. */
  readonly promql: (cut: Cut) => string;
}

/** One part of a service beside others. */
export interface Slice {
  /** As people read it: "version". */
  readonly name: string;
  /** As the server has it: "service_version". */
  readonly label: string;
}

/** One reading of several services that one label tells apart. */
interface Among {
  readonly label: string;
  /** This service's. */
  readonly value: string;
  /** All services with these values; without any, the same text for all that can be asked together. */
  readonly promql: (values: readonly string[]) => string;
}

interface Cut {
  readonly matchers: readonly string[];
  readonly isWhole: boolean;
  readonly slice?: Slice;
}

/** What exists of a service, as far as one selector reaches. */
export interface Found {
  readonly service: string;
  readonly names: readonly string[];
  /** Label matchers without braces by metric: `service="checkout"`. */
  readonly selectorOf: (name: string) => string;
  readonly rateWindowS: number;
}

type Shape = Omit<Expression, "service" | "selections" | "slice" | "among" | "promql">;
type Select = (name: string, ...matchers: string[]) => string;
type Write = (select: Select, by: string, labels: readonly string[]) => string;

export function expression(found: Found, shape: Shape, promql: Write): Expression {
  // The address that a server tells of its own requests is its own.
  const callees = isServersOwn(shape.name) ? [] : calleeLabels;
  const cutBy = shape.tellsEnd ? [...statusLabels, ...callees] : callees;
  const asked = (from: Found, matchers: readonly string[], labels: readonly string[]) => {
    const select: Select = (name, ...own) => selected(from, name, [...own, ...matchers]);
    return promql(select, byOf(labels), labels);
  };
  const names = namesIn(promql);
  return {
    ...shape,
    service: found.service,
    selections: names.map((name) => selected(found, name, [])),
    among: amongOf(found, names, (from, label) => asked(from, [], [label, ...cutBy])),
    promql: ({ matchers, isWhole, slice }) =>
      asked(
        found,
        matchers,
        isWhole ? [] : [...(slice === undefined ? [] : [slice.label]), ...cutBy],
      ),
  };
}

/** The metrics that it selects. */
function namesIn(promql: Write): string[] {
  const names = new Set<string>();
  promql(
    (name) => {
      names.add(name);
      return name;
    },
    "",
    [],
  );
  return [...names];
}

/** Where the selectors of all its metrics begin with the same value of one label, others may stand in its place. */
function amongOf(
  found: Found,
  names: readonly string[],
  asked: (from: Found, label: string) => string,
): Among | null {
  const begins = new Set(names.map((name) => oneValue.exec(found.selectorOf(name))?.[0]));
  const [begin = ""] = begins;
  const [, label, value] = oneValue.exec(begin) ?? [];
  if (begins.size !== 1 || label === undefined || value === undefined) return null;
  const promql = (values: readonly string[]): string => {
    const others = `${label}=~${JSON.stringify(patternOf(values))}`;
    const selectorOf = (name: string) => others + found.selectorOf(name).slice(begin.length);
    return asked({ ...found, selectorOf }, label);
  };
  return { label, value, promql };
}

/** A matcher for one value, written without escapes, at the beginning of a selector. */
const oneValue = /^([a-zA-Z_]\w*)="([^"\\]+)"(?=,|$)/;

/** The same reading, told apart by this label. */
export function slicedBy(reading: Expression, slice: Slice): Expression {
  const promql: Expression["promql"] = (cut) => reading.promql({ ...cut, slice });
  return { ...reading, slice, among: null, promql };
}

export function byOf(labels: readonly string[]): string {
  return labels.length === 0 ? "" : ` by (${[...new Set(labels)].join(", ")})`;
}

/** Names beyond the old alphabet, OpenTelemetry's with dots for instance, go into the braces. */
export function selected(found: Found, name: string, matchers: readonly string[]): string {
  const isPlain = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name);
  const inside = [
    ...(isPlain ? [] : [`__name__=${JSON.stringify(name)}`]),
    found.selectorOf(name),
    ...matchers,
  ];
  return `${isPlain ? name : ""}{${inside.filter((part) => part !== "").join(",")}}`;
}
