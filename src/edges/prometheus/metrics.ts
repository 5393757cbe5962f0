/** Metrics from one server that speaks the Prometheus HTTP API: the catalog's queries, or what is found for each service. */

import { z } from "zod";
import type { Service } from "../../catalog/catalog.ts";
import { isMeasuredOn } from "../../catalog/measured-on.ts";
import type { SourcedSeries } from "../../evidence/input.ts";
import type { Metrics, Reading, RepeatedQuery, Window } from "../../flows/ports.ts";
import { oneLine, withinSignal } from "../outgoing.ts";
import { buildSchema } from "./answers.ts";
import { clientOf, type Ask, type PrometheusSettings } from "./client.ts";
import { survey, type Survey } from "./discover.ts";
import { gapsInWords, type Gap } from "./gaps.ts";
import { gridOf } from "./grid.ts";
import { byImportance, planOf, seriesMaxService } from "./plan.ts";
import { withZeros } from "./zeros.ts";
import { serviceNames } from "./service-names.ts";
import { slicing } from "./slices.ts";
import { allOf, joined, runJoined, runNamed, type Range, type Results, nothing } from "./query.ts";

export interface CheckedMetrics extends Metrics {
  readonly key: string;
  /** One line for `doctor`: what answers, or why nothing does. */
  check(signal: AbortSignal): Promise<{ ok: boolean; said: string }>;
  /** Services by the labels of what it measures. */
  serviceNames(signal: AbortSignal): Promise<string[]>;
}

const servicesMax = 30;
const queriesMax = 200;
const warningsMax = 3;
/** Of the five seconds that a source has, so that there is time left for what was read. */
const readingTimeoutMsDefault = 4_200;
/** A first reading that took longer is answered with: two seconds are all that the first useful post has. */
const hurryMsDefault = 600;

/** The settings' URL must parse; what a server answers never throws but as the port says. */
export function metricsOnPrometheus(settings: PrometheusSettings): CheckedMetrics {
  const ask = clientOf(settings);
  const rangeOf = (window: Window, signal: AbortSignal): Range => {
    const grid = gridOf(window);
    const timeoutMs = settings.readingTimeoutMs ?? readingTimeoutMsDefault;
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const { hurryMs = hurryMsDefault } = settings;
    const hurry = window.isWaitedFor === true ? AbortSignal.timeout(hurryMs) : null;
    const page = (query: string) => pageOf(settings.url, query, window);
    return { ask, grid, signal: bounded, hurry, pageOf: page };
  };
  return {
    name: settings.name,
    key: settings.key,
    series: (services, window, signal) =>
      withinSignal(
        signal,
        read(
          rangeOf(window, signal),
          services.filter((service) => isMeasuredOn(service, settings.key)),
        ),
      ),
    again: (queries, window, signal) =>
      withinSignal(signal, readAgain(rangeOf(window, signal), queries)),
    check: (signal) => check(ask, signal),
    serviceNames: (signal) => withinSignal(signal, serviceNames(ask, signal)),
  };
}

async function read(range: Range, services: readonly Service[]): Promise<Reading<SourcedSeries>> {
  const kept = services.slice(0, servicesMax);
  const named = kept.flatMap((service) =>
    (service.metrics?.queries ?? []).map((query) => ({ ...query, service: service.name })),
  );
  const toFind = kept.filter(
    ({ metrics }) => metrics?.selector !== undefined || (metrics?.queries ?? []).length === 0,
  );
  const [ofNamed, ofFound] = await Promise.all([
    Promise.all(named.slice(0, queriesMax).map((query) => runNamed(range, query))),
    readFound(range, toFind),
  ]);
  const results = allOf([...ofNamed, ofFound.results]);
  const failures = [...ofFound.survey.failures, ...results.failures];
  if (results.series.length === 0) throwFirst(failures);
  const limited = limitedByService(results.series);
  const slices = ofFound.slices;
  return {
    items: [...limited.items, ...slices.series],
    leftOut: [
      ...overLimit(services.length, servicesMax, "services"),
      ...overLimit(named.length, queriesMax, "queries"),
      ...ofFound.cut,
      ...limited.leftOut,
      ...gapsInWords([...failures, ...results.empty, ...results.over, ...ofFound.survey.missing]),
      ...gapsInWords([...slices.failures, ...slices.over]),
      ...warned([...ofFound.survey.warnings, ...results.warnings, ...slices.warnings]),
    ],
  };
}

interface FoundResults {
  readonly results: Results;
  readonly slices: Results;
  readonly survey: Survey;
  readonly cut: readonly string[];
}

async function readFound(range: Range, services: readonly Service[]): Promise<FoundResults> {
  const surveyed = await survey(range.ask, services, range.grid, range.signal);
  const plans = [...surveyed.found].map(([service, found]) => ({
    service,
    ...planOf(found, surveyed.types),
  }));
  const readings = plans.flatMap(({ expressions }) => expressions).toSorted(byImportance);
  const slicesOf = slicing(
    range,
    readings,
    services.map(({ name }) => name),
  );
  const answered = allOf(
    await Promise.all(joined(readings).map((question) => runJoined(range, question))),
  );
  const results = { ...answered, series: withZeros(answered.series) };
  const slices = range.hurry?.aborted === true ? postponed : await slicesOf(results.series);
  const cut = plans.flatMap(({ service, all }) =>
    overLimit(all, seriesMaxService, `metrics of ${service}`),
  );
  return { results, slices, survey: surveyed, cut };
}

const postponed: Results = {
  ...nothing,
  over: [{ of: "versions, routes and copies", said: "left for the next reading" }],
};

async function readAgain(
  range: Range,
  queries: readonly RepeatedQuery[],
): Promise<Reading<SourcedSeries>> {
  const kept = queries.slice(0, queriesMax);
  const results = allOf(await Promise.all(kept.map((query) => runNamed(range, query))));
  if (results.series.length === 0) throwFirst(results.failures);
  const over = overLimit(queries.length, queriesMax, "queries");
  return {
    items: results.series,
    leftOut: [
      ...over,
      ...gapsInWords([...results.failures, ...results.empty]),
      ...warned(results.warnings),
    ],
  };
}

function limitedByService(series: readonly SourcedSeries[]): Reading<SourcedSeries> {
  const groups = [...Map.groupBy(series, ({ service }) => service)];
  return {
    items: groups.flatMap(([, own]) => own.slice(0, seriesMaxService)),
    leftOut: groups.flatMap(([service, own]) =>
      overLimit(own.length, seriesMaxService, `series of ${service}`),
    ),
  };
}

function warned(warnings: readonly string[]): string[] {
  const different = [...new Set(warnings.map(oneLine))];
  return [
    ...different.slice(0, warningsMax).map((text) => `the server warns: ${text}`),
    ...overLimit(different.length, warningsMax, "warnings of the server"),
  ];
}

function overLimit(count: number, max: number, what: string): string[] {
  return count > max ? [`${count - max} of ${count} ${what}: the limit is ${max}`] : [];
}

/** Where nothing could be read the first failure speaks for all, in the words that the port asks for. */
function throwFirst(failures: readonly Gap[]): void {
  const [first] = failures;
  if (first !== undefined) throw new Error(first.said);
}

/** Prometheus's own graph page, over the same window; credentials in the address are left away. */
function pageOf(server: string, query: string, window: Window): string {
  const page = new URL(server);
  const minutes = Math.ceil((window.to.getTime() - window.from.getTime()) / 60_000);
  page.username = "";
  page.password = "";
  page.pathname = `${page.pathname.replace(/\/+$/, "")}/graph`;
  page.search = new URLSearchParams([
    ["g0.expr", query],
    ["g0.tab", "0"],
    ["g0.range_input", `${minutes}m`],
    ["g0.end_input", window.to.toISOString().slice(0, 19).replace("T", " ")],
  ]).toString();
  return page.href;
}

async function check(ask: Ask, signal: AbortSignal): Promise<{ ok: boolean; said: string }> {
  const build = await ask({ path: "/api/v1/status/buildinfo", schema: buildSchema }, signal);
  if (build.ok) return { ok: true, said: `Prometheus ${oneLine(build.value.version)}` };
  // Others that speak the API need not tell what they are.
  const parameters: [string, string][] = [["query", "1"]];
  const question = { path: "/api/v1/query", parameters, schema: z.unknown() };
  const one = await ask(question, signal);
  return one.ok ? { ok: true, said: "answers queries" } : { ok: false, said: one.said };
}
