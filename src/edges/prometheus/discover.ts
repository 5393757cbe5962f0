/** Finds what a service measures without configuration: its selector, the metrics that exist for it, how often they are scraped. */

import type { Service } from "../../catalog/catalog.ts";
import { metricTypes, type MetricType } from "../../evidence/series-kinds.ts";
import { instantSchema, metadataSchema, namesSchema } from "./answers.ts";
import type { Answer, Ask } from "./client.ts";
import type { Gap } from "./gaps.ts";
import { countedS, rateWindowS, type Grid } from "./grid.ts";
import type { Found } from "./plan.ts";

/** Labels by which services are commonly named, tried in this order where the catalog has no selector. */
const nameLabels = ["service", "job", "app", "service_name"] as const;

export interface Survey {
  readonly found: readonly Found[];
  readonly types: ReadonlyMap<string, MetricType>;
  /** Services without anything measured. */
  readonly absent: readonly Gap[];
  /** Services that the server gave no answer about. */
  readonly failures: readonly Gap[];
}

type Search =
  | { readonly result: "found"; readonly found: Found }
  | { readonly result: "absent" | "failed"; readonly gap: Gap };

/** Two round trips at most, three where no selector is given; everything that may be asked at once is. */
export async function survey(
  ask: Ask,
  services: readonly Service[],
  grid: Grid,
  signal: AbortSignal,
): Promise<Survey> {
  if (services.length === 0) return { found: [], types: new Map(), absent: [], failures: [] };
  const unnamed = services.filter((service) => selectorGiven(service) === null);
  const asked: Asked = { ask, grid, signal };
  const selectors = selectorsOf(asked, unnamed);
  const types = ask(
    { path: "/api/v1/metadata", parameters: [["limit_per_metric", "1"]], schema: metadataSchema },
    signal,
  );
  const read = await Promise.all(
    services.map(async (service): Promise<Search> => {
      const selector = selectorGiven(service) ?? (await selectors).get(service.name);
      if (selector !== undefined) return namesFor(asked, service, selector);
      const failure = (await selectors).get("");
      if (failure !== undefined)
        return { result: "failed", gap: { of: service.name, said: failure } };
      const said = `nothing measured under the labels ${nameLabels.join(", ")}`;
      return { result: "absent", gap: { of: service.name, said } };
    }),
  );
  return {
    found: read.flatMap((one) => (one.result === "found" ? [one.found] : [])),
    types: typesOf(await types),
    absent: read.flatMap((one) => (one.result === "absent" ? [one.gap] : [])),
    failures: read.flatMap((one) => (one.result === "failed" ? [one.gap] : [])),
  };
}

interface Asked {
  readonly ask: Ask;
  readonly grid: Grid;
  readonly signal: AbortSignal;
}

/** Matchers without braces; null where the catalog has none. */
function selectorGiven(service: Service): string | null {
  const given = service.metrics?.selector?.trim().replace(/^\{|\}$/g, "") ?? "";
  return given === "" ? null : given.replace(/,\s*$/, "");
}

/** Service name → selector for those that a common label names; under "" the failure, where the server gave no answer at all. */
async function selectorsOf(
  { ask, grid, signal }: Asked,
  services: readonly Service[],
): Promise<ReadonlyMap<string, string>> {
  const selectors = new Map<string, string>();
  if (services.length === 0) return selectors;
  const names = services.map(({ name }) => name.replace(/[^a-zA-Z0-9_-]/g, "[$&]")).join("|");
  const answers = await Promise.all(
    nameLabels.map((label) =>
      ask(
        {
          path: `/api/v1/label/${label}/values`,
          parameters: [["match[]", `{${label}=~${JSON.stringify(names)}}`], ...spanOf(grid)],
          schema: namesSchema,
        },
        signal,
      ),
    ),
  );
  const failure = answers.find((answer) => !answer.ok);
  if (failure && !failure.ok) selectors.set("", failure.said);
  for (const { name } of services) {
    const at = answers.findIndex((answer) => answer.ok && answer.value.includes(name));
    const label = nameLabels[at];
    if (label !== undefined) selectors.set(name, `${label}=${JSON.stringify(name)}`);
  }
  return selectors;
}

async function namesFor(asked: Asked, service: Service, selector: string): Promise<Search> {
  const { ask, grid, signal } = asked;
  const [names, scrapes] = await Promise.all([
    ask(
      {
        path: "/api/v1/label/__name__/values",
        parameters: [["match[]", `{${selector}}`], ...spanOf(grid)],
        schema: namesSchema,
      },
      signal,
    ),
    ask(
      {
        path: "/api/v1/query",
        parameters: [
          ["query", `quantile(0.5, count_over_time({${selector}}[${countedS}s]))`],
          ["time", String(grid.onset)],
        ],
        mayPost: true,
        schema: instantSchema,
      },
      signal,
    ),
  ]);
  const of = service.name;
  if (!names.ok) return { result: "failed", gap: { of, said: names.said } };
  if (names.value.length === 0) {
    return { result: "absent", gap: { of, said: `nothing measured for ${selector}` } };
  }
  const window = rateWindowS(grid, scrapes.ok ? scrapes.value : null);
  const found = { service: of, selector, names: names.value, rateWindowS: window };
  return { result: "found", found };
}

function spanOf(grid: Grid): [string, string][] {
  return [
    ["start", String(grid.from)],
    ["end", String(grid.to)],
  ];
}

/** Without an answer the names alone tell the types: not every server that speaks the API keeps metadata. */
function typesOf(
  answer: Answer<Record<string, { type: string }[]>>,
): ReadonlyMap<string, MetricType> {
  const types = new Map<string, MetricType>();
  if (!answer.ok) return types;
  for (const [name, [told]] of Object.entries(answer.value)) {
    const type = metricTypes.find((known) => known === told?.type);
    if (type !== undefined) types.set(name, type);
  }
  return types;
}
