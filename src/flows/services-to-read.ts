/** Which services of the catalog one reading asks about, and how many it has to leave out. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import type { Sources } from "./ports.ts";

const servicesMax = 20;

/** `leftOut`: "20 of 40 services: the limit is 20 a reading; name one". */
export function servicesToRead(
  { catalog, found }: Pick<Sources, "catalog" | "found">,
  service: Service | null,
): { readonly services: readonly Service[]; readonly leftOut: readonly string[] } {
  const meant = service === null ? catalog.services : [service, ...near(catalog, service)];
  const over = meant.length - servicesMax;
  const advice = service === null ? "; name one" : "";
  return {
    services: meant.slice(0, servicesMax),
    leftOut: [
      ...(found?.leftOut ?? []),
      ...(over > 0
        ? [`${over} of ${meant.length} services: the limit is ${servicesMax} a reading${advice}`]
        : []),
    ],
  };
}

/** What it depends on and who depends on it. */
function near({ services }: Catalog, service: Service): readonly Service[] {
  return services.filter(
    ({ name, dependsOn }) =>
      name !== service.name &&
      (service.dependsOn.includes(name) || dependsOn.includes(service.name)),
  );
}
