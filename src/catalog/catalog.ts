/** Services, teams and constraints as the team wrote them down (contracts §5). */

import type { Mechanism, MetricKind, Risk, Severity } from "../vocabulary.ts";

export const runtimes = [
  "node",
  "jvm",
  "go",
  "python",
  "ruby",
  "php",
  "cpp",
  "rust",
  "wasm",
  "dotnet",
  "other",
] as const;
export type Runtime = (typeof runtimes)[number];

export const platforms = ["kubernetes", "fly", "vm", "serverless", "other"] as const;
export type Platform = (typeof platforms)[number];

export interface NamedQuery {
  readonly name: string;
  readonly kind: MetricKind;
  readonly unit?: string;
  readonly query: string;
  /** Only for a dependency's metric measured at this service, the caller. */
  readonly callee?: string;
  /** Labels that the query keeps and that the scope may be cut by. */
  readonly by?: readonly string[];
}

interface ServiceMetrics {
  /** Name of the server: `main` is PROMETHEUS_URL_MAIN; absent: the unnamed one, or all where there is none. */
  readonly source?: string;
  /** PromQL label matchers, for instance `service="checkout"`. */
  readonly selector?: string;
  readonly queries: readonly NamedQuery[];
}

export type Forbidden =
  | { readonly kind: "step"; readonly id: string }
  | { readonly kind: "risk"; readonly risk: Risk }
  | { readonly kind: "mechanism"; readonly mechanism: Mechanism }
  /** Program and leading words: ["kubectl", "delete"]. */
  | { readonly kind: "command"; readonly words: readonly string[] };

export interface Constraint {
  readonly forbid: readonly Forbidden[];
  /** Absent: at every severity. */
  readonly severity?: readonly Severity[];
  /** As written, for instance "Mon-Fri 09:00-17:00 Europe/Berlin"; absent: always. */
  readonly during?: readonly string[];
  readonly because: string;
  readonly by?: string;
  /** YYYY-MM-DD, to the end of that day. */
  readonly until?: string;
  /** IANA zone of `until` and of windows that name none: the rule's own, else the team's; absent: UTC. */
  readonly zone?: string;
}

export interface Service {
  readonly name: string;
  readonly owner?: string;
  readonly tier?: number;
  /** The first is what incidents are about. */
  readonly environments: readonly string[];
  /** GitHub owner/name, or a folder: `file:../shop`. */
  readonly repo?: string;
  readonly paths: readonly string[];
  readonly dependsOn: readonly string[];
  readonly runtime: Runtime;
  readonly platform: Platform;
  readonly metrics?: ServiceMetrics;
  readonly logsSelector?: string;
  readonly dashboards: readonly string[];
  readonly runbooks: readonly string[];
  readonly constraints: readonly Constraint[];
}

export interface Team {
  readonly name: string;
  readonly channel?: string;
  readonly timezone?: string;
  /** As people write it, or `pagerduty:` and a schedule's id. */
  readonly oncall?: string;
}

export interface Catalog {
  readonly teams: readonly Team[];
  readonly services: readonly Service[];
  /** Rules for every service, known or not. */
  readonly constraints?: readonly Constraint[];
}

export const emptyCatalog: Catalog = { teams: [], services: [] };

/** The id of the PagerDuty schedule that tells who is on call; null: it is told in words. */
export function scheduleOf(oncall: string): string | null {
  return /^pagerduty:([A-Z0-9]{1,40})$/i.exec(oncall)?.[1] ?? null;
}
