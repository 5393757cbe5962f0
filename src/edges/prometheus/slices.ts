/** Asks of what shifted most in which version, on which route, in which zone and at which copies: a second, smaller question. */

import type { SourcedSeries } from "../../evidence/input.ts";
import { likelyOnset } from "../../evidence/likely-onset.ts";
import { cleaned } from "../../evidence/samples.ts";
import { isShifted, shiftOf } from "../../evidence/shifts.ts";
import type { MetricKind } from "../../vocabulary.ts";
import { namesSchema } from "./answers.ts";
import { errorRatioOf, slicesMax } from "./cut.ts";
import type { Gap } from "./gaps.ts";
import type { Grid } from "./grid.ts";
import { valuesOf } from "./naming.ts";
import { byImportance } from "./plan.ts";
import { allOf, joined, nothing, runJoined, type Range, type Results } from "./query.ts";
import { slicedBy, type Expression, type Slice } from "./expression.ts";

/** The first service that was asked about, and the one that shifted most. */
const servicesMax = 2;
const kindsMax = 3;
/** Services, and readings of each, of which the labels are asked for before it is known what shifted. */
const begunMax = 4;
const likelyMax = 6;
/** Values of all labels of one service together. */
const valuesMax = 200;
/** So many series are compared to find what shifted most. */
const comparedMax = 1_000;
/** After an onset that is the window's end nothing is to be seen. */
const cellsMin = 3;

/** The most telling first: where there are too many slices the last are left out. */
const sliceLabels: readonly (readonly [name: string, ...labels: string[]])[] = [
  ["version", "version", "app_version", "service_version", "app_kubernetes_io_version"],
  ["route", "route", "http_route", "path", "handler", "uri", "rpc_method"],
  ["method", "method", "http_method", "http_request_method"],
  ["environment", "environment", "env", "deployment_environment", "deployment_environment_name"],
  ["region", "region", "cloud_region", "topology_kubernetes_io_region"],
  ["zone", "zone", "availability_zone", "cloud_availability_zone", "topology_kubernetes_io_zone"],
  ["tenant", "tenant", "tenant_id", "customer"],
  ["node", "node", "kubernetes_node", "k8s_node_name", "host", "host_name", "nodename"],
  ["pod", "pod", "k8s_pod_name"],
  ["instance", "instance", "service_instance_id"],
];
/** A shift of these is no trouble by itself. */
const uncutKinds: ReadonlySet<MetricKind> = new Set(["requests", "network", "other"]);

/**
 * Begins to ask by which labels the first of the services can be told apart, so that this takes no time of its own.
 * Of the series that were read then: slices of what shifted; what is left out is in `over`.
 */
export function slicing(
  range: Range,
  readings: readonly Expression[],
  services: readonly string[],
): (series: readonly SourcedSeries[]) => Promise<Results> {
  const [atHand = ""] = services;
  const sliceable = readings.filter(({ selections }) => selections.length > 0);
  const begun = new Map(
    services.slice(0, begunMax).flatMap((service) => {
      const likely = sliceable
        .filter((one) => one.service === service && (one.kind === "latency" || one.tellsEnd))
        .slice(0, likelyMax);
      if (likely.length === 0) return [];
      return [[service, { likely, there: labelsThere(range, service, likely) }] as const];
    }),
  );
  return async (series) => {
    const shifted = mostShifted(range, atHand, series);
    const asked = [...shifted].map(async ([service, own]): Promise<Results> => {
      const cut = sliceable.filter((one) => one.service === service && isReadingOf(one, own));
      if (cut.length === 0) return nothing;
      const known = begun.get(service);
      const isBegun = cut.every((one) => known?.likely.includes(one) === true);
      const there = await ((isBegun ? known?.there : null) ?? labelsThere(range, service, cut));
      const read = await readBy(range, there, cut);
      const names = new Set(own.map(({ name }) => name));
      return { ...read, series: read.series.filter(({ name }) => names.has(name)) };
    });
    return allOf(await Promise.all(asked));
  };
}

function isReadingOf({ name, tellsEnd }: Expression, series: readonly SourcedSeries[]): boolean {
  return series.some((one) => one.name === name || (tellsEnd && one.name === errorRatioOf(name)));
}

/** By service, its own most shifted series, one of each kind. */
function mostShifted(
  { grid }: Range,
  atHand: string,
  series: readonly SourcedSeries[],
): ReadonlyMap<string, readonly SourcedSeries[]> {
  const own = series
    .filter(({ callee, kind }) => callee === undefined && !uncutKinds.has(kind))
    .toSorted((a, b) => Number(b.service === atHand) - Number(a.service === atHand))
    .slice(0, comparedMax);
  const onset = onsetIn(grid, own, atHand);
  const shifted = own
    .map((one) => ({ one, score: shiftOf(one, cleaned(one.points, grid.to), onset).score }))
    .filter(isShifted)
    .toSorted((a, b) => b.score - a.score)
    .map(({ one }) => one);
  const found = new Set(shifted.map(({ service }) => service));
  const names = [...new Set([...(found.has(atHand) ? [atHand] : []), ...found])];
  return new Map(
    names.slice(0, servicesMax).map((name) => {
      const its = shifted.filter(({ service }) => service === name);
      const strongest = [...Map.groupBy(its, ({ kind }) => kind).values()];
      const ofKinds = strongest.flatMap(([first]) => first ?? []).toSorted(byImportance);
      return [name, ofKinds.slice(0, kindsMax)];
    }),
  );
}

/** Where nobody has said when it began the window's onset is its end, and what was read has to tell. */
function onsetIn(grid: Grid, series: readonly SourcedSeries[], service: string): number {
  if (grid.onset + cellsMin * grid.stepS <= grid.to) return grid.onset;
  return likelyOnset({ onset: grid.to, series, alert: { service } }) ?? grid.onset;
}

async function readBy(
  range: Range,
  { slices, over, failures }: Slices,
  readings: readonly Expression[],
): Promise<Results> {
  const cut = slices.flatMap((slice) => readings.map((one) => slicedBy(one, slice)));
  const read = await Promise.all(joined(cut).map((one) => runJoined(range, one)));
  return allOf([...read, { ...nothing, over, failures }]);
}

interface Slices {
  readonly slices: readonly Slice[];
  readonly over: readonly Gap[];
  readonly failures: readonly Gap[];
}

/** By which labels these readings differ, each meaning once. */
async function labelsThere(
  { ask, grid, signal }: Range,
  service: string,
  readings: readonly Expression[],
): Promise<Slices> {
  const matchers = readings.flatMap(({ selections }) => selections);
  const { parameters = [] } = valuesOf("", matchers, grid);
  const question = { path: "/api/v1/labels", parameters, mayPost: true, schema: namesSchema };
  const labels = await ask(question, signal);
  const none = { slices: [], over: [], failures: [] };
  if (!labels.ok) return { ...none, failures: [{ of: `labels of ${service}`, said: labels.said }] };
  const there = new Set(labels.value);
  const known = sliceLabels.flatMap(([name, ...each]): Slice[] =>
    each.filter((label) => there.has(label)).map((label) => ({ name, label })),
  );
  const counted = await Promise.all(
    known.map(async (slice) => {
      const values = await ask(valuesOf(slice.label, matchers, grid), signal);
      return values.ok ? { slice, count: values.value.length } : [];
    }),
  );
  return withinLimits(service, counted.flat());
}

function withinLimits(
  service: string,
  counted: readonly { readonly slice: Slice; readonly count: number }[],
): Slices {
  const slices = new Map<string, Slice>();
  const over: Gap[] = [];
  let all = 0;
  for (const { slice, count } of counted) {
    // A copy has one pod and one instance; either tells it.
    const isTold = slices.has(slice.name) || (slice.name === "instance" && slices.has("pod"));
    if (isTold || count < 2) continue;
    const max = Math.min(slicesMax, valuesMax - all);
    if (count <= max) {
      slices.set(slice.name, slice);
      all += count;
    } else {
      const said = `not told apart, ${count} values: the limit is ${max}`;
      over.push({ of: `${slice.name} of ${service}`, said });
    }
  }
  return { slices: [...slices.values()], over, failures: [] };
}
