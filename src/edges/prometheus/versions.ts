/** When a version began to run, as the metrics tell: build information, and the image tags of kube-state-metrics. */

import type { Service } from "../../catalog/catalog.ts";
import { isMeasuredOn } from "../../catalog/measured-on.ts";
import type { ChangeRecord } from "../../evidence/input.ts";
import { changesSince } from "../../flows/look-back.ts";
import type { Changes, Reading, Window } from "../../flows/ports.ts";
import { oneLine, withinSignal } from "../outgoing.ts";
import { rangeSchema, type Row } from "./answers.ts";
import { clientOf, type Ask, type PrometheusSettings } from "./client.ts";
import { patternOf } from "./labels.ts";

const servicesMax = 20;
const changesMax = 50;
/** A version went live at most this long before it is first seen. */
const stepS = 30;
const pointsMax = 2_000;
const nameLabels = ["service", "job", "app", "service_name"] as const;
const versionLabels = ["version", "app_version", "service_version"] as const;
const commitLabels = ["revision", "commit", "git_commit", "vcs_revision"] as const;
const environmentLabels = ["environment", "env", "deployment_environment"] as const;
/** Go's own tells of the module, not of the release. */
const infos = '__name__=~".*build_info|target_info",__name__!="go_build_info"';

interface Sighting {
  readonly service: string;
  /** The metric that tells it; versions of one are compared with one another. */
  readonly by: string;
  readonly version: string;
  readonly environment: string | undefined;
  readonly first: number;
}

/** A server that does not answer is no gap here: as a source of metrics it is one already. */
export function versionsOnPrometheus(settings: PrometheusSettings): Changes {
  const ask = clientOf(settings);
  return {
    name: `${settings.name}, versions`,
    recent: (services, window, signal) =>
      withinSignal(signal, recent({ ask, signal, key: settings.key }, services, window)),
  };
}

interface Asked {
  readonly ask: Ask;
  readonly signal: AbortSignal;
  readonly key: string;
}

async function recent(
  { ask, signal, key }: Asked,
  services: readonly Service[],
  window: Window,
): Promise<Reading<ChangeRecord>> {
  const own = services.filter((service) => isMeasuredOn(service, key)).slice(0, servicesMax);
  if (own.length === 0) return { items: [], leftOut: [] };
  const to = Math.floor(window.to.getTime() / 1000);
  const from = Math.max(Math.floor(changesSince(window).getTime() / 1000), to - pointsMax * stepS);
  const answers = await Promise.all(
    questionsOf(own).map(async ({ promql, serviceOf }) => {
      const parameters: [string, string][] = [
        ["query", promql],
        ["start", String(from)],
        ["end", String(to)],
        ["step", String(stepS)],
      ];
      const path = "/api/v1/query_range";
      const answer = await ask({ path, parameters, mayPost: true, schema: rangeSchema }, signal);
      return answer.ok ? answer.value.flatMap((row) => sightingOf(row, serviceOf(row)) ?? []) : [];
    }),
  );
  const items = changesOf(answers.flat(), from).toSorted((a, b) => b.at - a.at);
  const over = items.length - changesMax;
  return {
    items: items.slice(0, changesMax),
    leftOut: over > 0 ? [`${over} of ${items.length} versions: the limit is ${changesMax}`] : [],
  };
}

interface Question {
  readonly promql: string;
  readonly serviceOf: (row: Row) => string | undefined;
}

/** One a selector of the catalog, one a common label for the rest, one for kube-state-metrics. */
function questionsOf(services: readonly Service[]): Question[] {
  const known = new Set(services.map(({ name }) => name));
  const named = (label: string) => (row: Row) => {
    const name = row.labels[label];
    return name !== undefined && known.has(name) ? name : undefined;
  };
  const kept = ["__name__", ...versionLabels, ...commitLabels, ...environmentLabels];
  const [selected, unselected] = [
    services.filter((service) => selectorOf(service) !== ""),
    services.filter((service) => selectorOf(service) === ""),
  ];
  const byLabel = unselected.length === 0 ? [] : nameLabels;
  return [
    ...selected.map((service) => ({
      promql: `count by (${kept.join(", ")}) ({${infos},${selectorOf(service)}})`,
      serviceOf: () => service.name,
    })),
    ...byLabel.map((label) => ({
      promql: `count by (${[label, ...kept].join(", ")}) ({${infos},${label}=~${JSON.stringify(patternOf(unselected.map(({ name }) => name)))}})`,
      serviceOf: named(label),
    })),
    {
      promql: `count by (container, image) (kube_pod_container_info{container=~${JSON.stringify(patternOf([...known]))}})`,
      serviceOf: named("container"),
    },
  ];
}

/** Matchers without braces; "" where the catalog has none. */
function selectorOf({ metrics }: Service): string {
  const given = metrics?.selector?.trim().replace(/^\{|\}$/g, "");
  return given?.replace(/,\s*$/, "") ?? "";
}

/** null: of none of the services, without a version, or never seen. */
function sightingOf({ labels, points }: Row, service: string | undefined): Sighting | null {
  const of = (names: readonly string[]): string | undefined =>
    names.map((name) => labels[name] ?? "").find((text) => text !== "");
  const version = of(commitLabels) ?? of(versionLabels) ?? tagOf(labels["image"] ?? "");
  const [first] = points[0] ?? [];
  if (service === undefined || version === undefined || first === undefined) return null;
  const by = labels["__name__"] ?? "image";
  return { service, by, version: oneLine(version), environment: of(environmentLabels), first };
}

/** "registry:5000/shop/checkout:v42" → "v42"; a moving tag tells nothing. */
function tagOf(image: string): string | undefined {
  const tag = /:([\w][\w.-]*)(?:@.*)?$/.exec(image)?.[1];
  return tag === "latest" ? undefined : tag;
}

/** A version that was not there at the beginning, where another was: a service that is new to the metrics was not deployed just then. */
function changesOf(sightings: readonly Sighting[], from: number): ChangeRecord[] {
  const changes = new Map<string, ChangeRecord>();
  const kinds = Map.groupBy(sightings, ({ service, by, environment = "" }) =>
    JSON.stringify([service, by, environment]),
  );
  for (const group of kinds.values()) {
    const byTime = group.toSorted((a, b) => a.first - b.first);
    for (const [place, { service, version, environment, first }] of byTime.entries()) {
      const former = byTime.slice(0, place).findLast((each) => each.version !== version);
      const isKnown = byTime.slice(0, place).some((each) => each.version === version);
      const id = ["versions", service, environment ?? "", version].join("-");
      if (former === undefined || isKnown || first <= from + stepS || changes.has(id)) continue;
      changes.set(id, {
        id,
        kind: "deploy",
        at: first - stepS,
        service,
        ...(environment === undefined ? {} : { environment }),
        title: `Version ${former.version} → ${version} of ${service}`,
        deploys: [version],
        before: former.version,
        after: version,
      });
    }
  }
  return [...changes.values()];
}
