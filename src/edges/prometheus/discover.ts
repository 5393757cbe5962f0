/** Finds what a service measures without configuration: its selectors, the metrics that exist for it, how often they are scraped. */

import type { Service } from "../../catalog/catalog.ts";
import { metricTypes, type MetricType } from "../../evidence/series-kinds.ts";
import { instantSchema, metadataSchema } from "./answers.ts";
import type { Answer, Ask } from "./client.ts";
import type { Gap } from "./gaps.ts";
import { countedS, rateWindowS, type Grid } from "./grid.ts";
import { namingOf, valuesOf, type Asked, type Naming } from "./naming.ts";
import { nameLabels, platformOf, withinEnvironment, type Place } from "./places.ts";
import type { Found } from "./expression.ts";

/** Names that are sorted into kinds, of one service in one place. */
const namesMax = 5_000;

export interface Survey {
  /** By service: its own metrics, and the cluster's of it. */
  readonly found: ReadonlyMap<string, readonly Found[]>;
  readonly types: ReadonlyMap<string, MetricType>;
  /** What is not there: services without anything measured, and the metrics' types. */
  readonly missing: readonly Gap[];
  /** Services that the server gave no answer, or half of one, about. */
  readonly failures: readonly Gap[];
  readonly warnings: readonly string[];
}

/** Two round trips, three where no selector is given; everything that may be asked at once is. */
export async function survey(
  ask: Ask,
  services: readonly Service[],
  grid: Grid,
  signal: AbortSignal,
): Promise<Survey> {
  const warnings = new Set<string>();
  if (services.length === 0) {
    return { found: new Map(), types: new Map(), missing: [], failures: [], warnings: [] };
  }
  const asked: Asked = {
    grid,
    ask: async (question) => {
      const answer = await ask(question, signal);
      if (answer.ok) for (const text of answer.warnings) warnings.add(text);
      return answer;
    },
  };
  const toName = services.filter(isToFind).map(({ name }) => name);
  const labels = namingOf(asked, toName);
  const [types, searches] = await Promise.all([
    asked.ask({
      path: "/api/v1/metadata",
      parameters: [["limit_per_metric", "1"]],
      schema: metadataSchema,
    }),
    Promise.all(services.map((service) => search(asked, service, labels))),
  ]);
  return {
    found: new Map(searches.map(({ service, found }) => [service, found])),
    types: typesOf(types),
    missing: [...searches.flatMap(({ missing }) => missing), ...untyped(types)],
    failures: searches.flatMap(({ failures }) => failures),
    warnings: [...warnings],
  };
}

interface Search {
  readonly service: string;
  readonly found: readonly Found[];
  readonly missing: readonly Gap[];
  readonly failures: readonly Gap[];
}

async function search(asked: Asked, service: Service, naming: Promise<Naming>): Promise<Search> {
  const { name } = service;
  const given = selectorGiven(service);
  const nowhere = `nothing measured for ${given}`;
  if (given !== null && !isToFind(service)) {
    return searched(name, [await foundIn(asked, name, placeOf(given))], null, nowhere);
  }
  const { selectors, containers, failure = null } = await naming;
  const found = selectors.get(name);
  const selector = given ?? (found && withinEnvironment(found, service.environments));
  const [own, cluster] = await Promise.all([
    selector === undefined ? null : foundIn(asked, name, placeOf(selector)),
    foundIn(asked, name, platformOf(name, containers.has(name), service.environments)),
  ]);
  const known = new Set(own?.found?.names);
  const rest = cluster.found?.names.filter((each) => !known.has(each)) ?? [];
  const told = { ...cluster, found: cluster.found && { ...cluster.found, names: rest } };
  const labels = `${nameLabels.slice(0, 3).join(", ")} and ${nameLabels.length - 3} more`;
  const absent = `nothing measured under the labels ${labels}, nor of pods and containers of that name`;
  const unasked = selector === undefined ? failure : null;
  if (given === null) return searched(name, [own, told], unasked, absent);
  const isMissing = own?.found?.names.length === 0;
  return searched(name, [isMissing ? { ...own, missing: nowhere } : own, told], null, nowhere);
}

/** `unasked`: why it is not known where its own metrics are. */
function searched(
  service: string,
  places: readonly (InPlace | null)[],
  unasked: string | null,
  absent: string,
): Search {
  const found = places
    .flatMap((place) => place?.found ?? [])
    .filter(({ names }) => names.length > 0);
  const partly = [...new Set(places.flatMap((place) => place?.missing ?? []))];
  const failed = places.flatMap((place) => place?.failed ?? []);
  const failures = [...failed, ...(unasked === null ? [] : [unasked])].slice(0, 1);
  const missing = found.length === 0 && failures.length === 0 ? [absent] : partly;
  const gap = (said: string): Gap => ({ of: service, said });
  return { service, found, missing: missing.map(gap), failures: failures.map(gap) };
}

/** Whether more than the catalog's selector is looked for: a cluster tells of its services by their names. */
function isToFind(service: Service): boolean {
  return selectorGiven(service) === null || service.platform === "kubernetes";
}

/** Matchers without braces; null where the catalog has none. */
function selectorGiven(service: Service): string | null {
  const given = service.metrics?.selector?.trim().replace(/^\{|\}$/g, "") ?? "";
  return given === "" ? null : given.replace(/,\s*$/, "");
}

interface InPlace {
  readonly found: Found | null;
  /** Why it could not be read. */
  readonly failed?: string;
  readonly missing?: string;
}

function placeOf(selector: string): Place {
  return {
    matchers: [`{${selector}}`],
    selectorOf: () => selector,
    counted: (names) => {
      const name = names.find((each) => /_(count|total)$/.test(each)) ?? names[0] ?? "up";
      return `{${selector},__name__=${JSON.stringify(name)}}`;
    },
  };
}

/** The metrics of one place, with the range of their rates from how often they are scraped. */
async function foundIn({ ask, grid }: Asked, service: string, place: Place): Promise<InPlace> {
  const names = await ask(valuesOf("__name__", place.matchers, grid));
  if (!names.ok) return { found: null, failed: names.said };
  const { selectorOf } = place;
  const counted = `count_over_time(${place.counted(names.value)}[${countedS}s])`;
  const scrapes = await ask({
    path: "/api/v1/query",
    parameters: [
      ["query", `quantile(0.5, ${counted})`],
      ["time", String(grid.onset)],
    ],
    mayPost: true,
    schema: instantSchema,
  });
  const all = names.value.length;
  const found = {
    service,
    names: names.value.slice(0, namesMax),
    selectorOf,
    rateWindowS: rateWindowS(grid, scrapes.ok ? scrapes.value : null),
  };
  if (all <= namesMax) return { found };
  return { found, missing: `${all - namesMax} of ${all} names: the limit is ${namesMax}` };
}

function typesOf(answer: Answer<Record<string, { type: string }[]>>): Map<string, MetricType> {
  const types = new Map<string, MetricType>();
  if (!answer.ok) return types;
  for (const [name, [told]] of Object.entries(answer.value)) {
    const type = metricTypes.find((known) => known === told?.type);
    if (type !== undefined) types.set(name, type);
  }
  return types;
}

/** Without an answer the names alone tell the types. Not every server that speaks the API keeps metadata, which is no gap. */
function untyped(answer: Answer<unknown>): Gap[] {
  if (answer.ok || /^HTTP (404|405|501)$/.test(answer.said)) return [];
  return [{ of: "types of metrics", said: answer.said }];
}
