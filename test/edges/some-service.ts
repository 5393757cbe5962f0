/** A catalog's service with nothing but a name, to be filled in by a test. */

import type { Service } from "../../src/catalog/catalog.ts";

export function someService(name: string, more: Partial<Service> = {}): Service {
  return {
    name,
    environments: ["production"],
    paths: [],
    dependsOn: [],
    runtime: "other",
    platform: "other",
    dashboards: [],
    runbooks: [],
    constraints: [],
    ...more,
  };
}
