/** The shop's catalog: who owns what, who calls whom, and the named queries that are recorded. */

import type { Bundle } from "../../src/edges/recorded/bundle.ts";
import { callQueries, databaseQueries, poolQueries, requestQueries } from "./queries.ts";
import { runtimeQueries } from "./runtime-queries.ts";

type Catalog = Bundle["catalog"];

export const catalog: Catalog = {
  teams: [
    { name: "storefront", channel: "#team-storefront", timezone: "Europe/Lisbon" },
    { name: "orders", channel: "#team-orders", timezone: "Europe/Berlin" },
    { name: "platform", channel: "#team-platform", timezone: "Europe/Berlin" },
  ],
  services: [
    {
      ...described("frontend", "storefront", 1),
      dependsOn: ["checkout", "inventory"],
      metrics: withQueries("frontend", ["checkout", "inventory"], false),
    },
    {
      ...described("checkout", "orders", 1),
      dependsOn: ["inventory", "payments", "payments-backup", "orders-db"],
      metrics: withQueries(
        "checkout",
        ["inventory", "payments", "payments-backup", "orders-db"],
        true,
      ),
    },
    {
      ...described("inventory", "orders", 2),
      dependsOn: ["orders-db"],
      metrics: withQueries("inventory", ["orders-db"], true),
    },
    {
      ...described("orders-db", "platform", 1),
      paths: ["services/orders-db/**"],
      metrics: {
        selector: 'service="orders-db"',
        queries: [...databaseQueries(), ...runtimeQueries("orders-db")],
      },
    },
    outside("payments"),
    outside("payments-backup"),
  ],
};

function described(name: string, owner: string, tier: number) {
  return {
    name,
    owner,
    tier,
    environments: ["production"],
    repo: "acme/shop",
    paths: [`services/${name}/**`, `config/${name}.json`, "shared/**"],
    dependsOn: [] as string[],
    runtime: "node" as const,
    platform: "vm" as const,
  };
}

function withQueries(service: string, callees: readonly string[], hasPool: boolean) {
  return {
    selector: `service="${service}"`,
    queries: [
      ...requestQueries(service),
      ...callees.flatMap((callee) => callQueries(service, callee)),
      ...(hasPool ? poolQueries(service) : []),
      ...runtimeQueries(service),
    ],
  };
}

/** Somebody else's service: nothing but what its callers measure is known of it. */
function outside(name: string): Catalog["services"][number] {
  return {
    name,
    environments: ["production"],
    paths: [],
    dependsOn: [],
    runtime: "other",
    platform: "other",
  };
}
