/** Which service an alert is about: by what it tells, by its labels, by the catalog's selectors, by its words. */

import type { Catalog } from "../catalog/catalog.ts";
import { matchersOf } from "../catalog/selector-label.ts";
import { serviceNamedIn } from "../catalog/find-service.ts";
import type { Alert } from "./alert.ts";

/** Names of services, the most telling first. */
const serviceLabels = [
  "service",
  "service_name",
  "app_kubernetes_io_name",
  "app",
  "deployment",
  "statefulset",
  "workload",
  "container",
  "job",
] as const;

/** Where the catalog knows none of it, what the alert itself says; null where it says nothing. */
export function serviceOfAlert(
  { service, labels, title, text }: Pick<Alert, "service" | "labels" | "title" | "text">,
  catalog: Catalog,
): string | null {
  const told = [service, ...serviceLabels.map((label) => labels[label])].flatMap((name) =>
    name === null || name === undefined || name === "" ? [] : [lastPart(name)],
  );
  for (const name of told) {
    const known = catalog.services.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (known !== undefined) return known.name;
  }
  return (
    selectedBy(labels, catalog) ??
    serviceNamedIn(`${title}\n${text ?? ""}`, catalog)?.name ??
    told[0] ??
    null
  );
}

/** "shop/checkout", as Prometheus Operator names its jobs. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1) || name;
}

/** The service with the most matchers of which the labels meet each. */
function selectedBy(labels: Alert["labels"], { services }: Catalog): string | null {
  const [best] = services
    .map((service) => ({ name: service.name, matchers: matchersOf(service) }))
    .filter(({ matchers }) => matchers.length > 0)
    .filter(({ matchers }) => matchers.every(([label, value]) => labels[label] === value))
    .toSorted((a, b) => b.matchers.length - a.matchers.length);
  return best?.name ?? null;
}
