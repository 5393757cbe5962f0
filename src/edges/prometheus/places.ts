/** Under which labels a service's metrics are: its own by name, its containers' and its objects' by the conventions of Kubernetes. */

import { patternOf } from "./labels.ts";

/** Labels by which services are commonly named, tried in this order where the catalog has no selector. */
export const nameLabels = [
  "service",
  "job",
  "app",
  "service_name",
  "application",
  "app_kubernetes_io_name",
  "exported_job",
] as const;
type NameLabel = (typeof nameLabels)[number];

/** OpenTelemetry's job is "namespace/service"; behind a collector, the job of the scrape is the collector's. */
function hasNamespace(label: NameLabel): boolean {
  return label === "job" || label === "exported_job";
}

/** What the cluster tells of any Service or Ingress is no measurement of a service. */
const noObject = '__name__!~"kube_(service|ingress|endpoint|endpointslice)_.+"';

/** A matcher for the values of a label that name any of these services. */
export function namedMatchers(label: NameLabel, services: readonly string[]): string {
  const pattern = patternOf(services);
  const named = hasNamespace(label) ? `(.+/)?(${pattern})` : pattern;
  return `{${label}=~${JSON.stringify(named)},${noObject}}`;
}

/** The selector by which this service is among the label's values; undefined where it is not. */
export function selectorNaming(
  label: NameLabel,
  service: string,
  values: readonly string[],
): string | undefined {
  if (values.includes(service)) return `${label}=${JSON.stringify(service)}`;
  const within = hasNamespace(label) ? values.filter((value) => value.endsWith(`/${service}`)) : [];
  return within.length === 0 ? undefined : `${label}=~${JSON.stringify(patternOf(within))}`;
}

/** Letters of the names that Kubernetes makes up: no vowels, so that "checkout-worker" is none of checkout's pods. */
const made = "[bcdfghjklmnpqrstvwxz2456789]";

/** Of a Deployment, a DaemonSet or Job, a StatefulSet. */
function podsOf(service: string): string {
  const copy = `(${made}{5,10}-${made}{5}|${made}{5}|[0-9]+)`;
  return `pod=~${JSON.stringify(`${patternOf([service])}-${copy}`)}`;
}

/** kube-state-metrics names objects by their kind. */
const objects: readonly (readonly [prefix: string, label: string, suffix: string])[] = [
  ["kube_deployment_", "deployment", ""],
  ["kube_statefulset_", "statefulset", ""],
  ["kube_daemonset_", "daemonset", ""],
  ["kube_horizontalpodautoscaler_", "horizontalpodautoscaler", "(-hpa)?"],
  ["kube_job_", "job_name", "(-[0-9]+)?"],
];

/** Where metrics of a service are. */
export interface Place {
  /** To ask for names by. */
  readonly matchers: readonly string[];
  /** Label matchers without braces by metric. */
  readonly selectorOf: (name: string) => string;
  /** Series whose scrapes are counted, of one metric: several may bear the same labels, and their counts no name. */
  readonly counted: (names: readonly string[]) => string;
}

/** Labels that tell the environment, by themselves or in a part of the name: "shop-staging". */
const environmentLabels = [
  "namespace",
  "environment",
  "env",
  "deployment_environment",
  "deployment_environment_name",
] as const;

/** The selector without what is in other environments than the service's first, as far as a label tells. */
export function withinEnvironment(selector: string, environments: readonly string[]): string {
  const [own = "", ...rest] = environments;
  // Where "prod" is another than "prod-eu", what is called "shop-prod-eu" would be both.
  const others = rest.filter((other) => !new RegExp(`^(?:${partOf([other])})$`).test(own));
  if (others.length === 0) return selector;
  const elsewhere = JSON.stringify(partOf(others));
  return [selector, ...environmentLabels.map((label) => `${label}!~${elsewhere}`)].join(",");
}

/** A pattern for names that have one of these as a part. */
function partOf(words: readonly string[]): string {
  return `(.*[-_])?(${patternOf(words)})([-_].*)?`;
}

/** `isContainer`: a container has the service's name; else those of its pods are meant. `environments`: the first is the one that is meant. */
export function platformOf(
  service: string,
  isContainer: boolean,
  environments: readonly string[],
): Place {
  const pods = withinEnvironment(podsOf(service), environments);
  const containers = isContainer
    ? withinEnvironment(`container=${JSON.stringify(service)}`, environments)
    : `${pods},container!="",container!="POD"`;
  const named = objects.map(([prefix, label, suffix]) => {
    const selector = `${label}=~${JSON.stringify(patternOf([service]) + suffix)}`;
    return { prefix, selector: withinEnvironment(selector, environments) };
  });
  return {
    matchers: [
      `{__name__=~"kube_pod_container_.+|container_.+",${containers}}`,
      `{__name__=~"kube_pod_.+|container_network_.+",${pods}}`,
      ...named.map(({ prefix, selector }) => `{__name__=~"${prefix}.+",${selector}}`),
    ],
    selectorOf: (name) => {
      const object = named.find(({ prefix }) => name.startsWith(prefix));
      if (object !== undefined) return object.selector;
      const isPods = /^(kube_pod_(?!container_)|container_network_)/.test(name);
      return isPods ? pods : containers;
    },
    counted: () => `container_cpu_usage_seconds_total{${containers}}`,
  };
}

/** Which of these services a container is named after. */
export function containersNamed(services: readonly string[]): string {
  return `{__name__=~"kube_pod_container_.+|container_.+",container=~${JSON.stringify(patternOf(services))}}`;
}
