/** Which service each kind of step acts on, and what is known to fill its gaps with. No effects. */

import type { Catalog, Constraint, Service } from "../catalog/catalog.ts";
import { labelOf } from "../catalog/selector-label.ts";
import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { ChangeRecord, EvidenceInput } from "../evidence/input.ts";
import { versionsOf } from "../evidence/versions.ts";
import type { FillFacts } from "../playbook/fill.ts";
import { liveChanges } from "../suggestion/live-changes.ts";
import type { Mechanism } from "../vocabulary.ts";

export interface Targets {
  /** Of the suspect, else of the service that people speak of. */
  readonly facts: FillFacts;
  readonly factsBy: Readonly<Partial<Record<Mechanism, FillFacts>>>;
  /** The rules of every service that a step may act on. */
  readonly constraints: readonly Constraint[];
}

/** `named`: the service that people speak of. */
export function targetsOf(
  catalog: Catalog,
  diagnosis: Diagnosis,
  input: EvidenceInput,
  named: string | null,
): Targets {
  const changes = input.changes ?? [];
  const known = (name: string | null): Service | null =>
    catalog.services.find((each) => each.name === name) ?? null;
  const suspect = suspectService(catalog, diagnosis) ?? known(named);
  const targets = {
    deploy: known(changedService(diagnosis, changes, ["commit", "deploy"])),
    configuration: known(changedService(diagnosis, changes, ["config"])),
    flag: known(changedService(diagnosis, changes, ["flag"])),
    dependency: known(calls(diagnosis)?.service ?? null),
  };
  const factsBy: Partial<Record<Mechanism, FillFacts>> = {};
  for (const mechanism of ["deploy", "configuration", "flag", "dependency"] as const) {
    const target = targets[mechanism];
    if (target !== null) factsBy[mechanism] = factsOf(target, diagnosis, input);
  }
  const rules = [known(named), suspect, ...Object.values(targets)].flatMap(
    (each) => each?.constraints ?? [],
  );
  return {
    facts: factsOf(suspect, diagnosis, input),
    factsBy,
    constraints: [...new Set([...(catalog.constraints ?? []), ...rules])],
  };
}

/** The call that shifted most. */
function calls({
  metrics,
}: Diagnosis): { readonly service: string; readonly callee: string } | null {
  for (const { service, callee } of metrics) if (callee !== null) return { service, callee };
  return null;
}

/** The first suspect that the catalog knows, where the diagnosis is sure enough; steps act on it. */
function suspectService({ services }: Catalog, diagnosis: Diagnosis): Service | null {
  if (diagnosis.confidence === "weak" || diagnosis.confidence === "none") return null;
  const suspects = diagnosis.services.flatMap((suspect) =>
    services.filter(({ name }) => name === suspect.service),
  );
  return suspects[0] ?? null;
}

/** The service whose live changes are the most suspect together: commits of one deploy share its blame. */
function changedService(
  diagnosis: Diagnosis,
  changes: readonly ChangeRecord[],
  kinds: readonly ChangeRecord["kind"][],
): string | null {
  const blame = new Map<string, number>();
  for (const { change, p } of liveChanges(diagnosis, changes)) {
    if (change.service === undefined || !kinds.includes(change.kind)) continue;
    blame.set(change.service, (blame.get(change.service) ?? 0) + p);
  }
  const [worst] = [...blame].toSorted(([a, p], [b, q]) => q - p || (a < b ? -1 : 1));
  return worst?.[0] ?? null;
}

/** What fills a step's gaps; only what the catalog or the evidence names. */
function factsOf(
  service: Service | null,
  diagnosis: Diagnosis,
  { series = [], changes = [] }: EvidenceInput,
): FillFacts {
  const name = service?.name;
  const newest = (kind: ChangeRecord["kind"]): string | undefined => {
    const suspect = liveChanges(diagnosis, changes).find(({ change }) => change.kind === kind);
    return suspect && (suspect.change.subject ?? shortId(suspect.change.id));
  };
  const { current, previous } = versionsOf(series, name ?? "");
  const dependency = diagnosis.metrics.find(
    (metric) => metric.service === name && metric.callee !== null,
  )?.callee;
  const scope = diagnosis.scope?.labels ?? {};
  return {
    runtime: service?.runtime ?? "other",
    platform: service?.platform ?? "other",
    values: {
      service: name,
      environment: service?.environments[0],
      namespace: service === null ? undefined : labelOf(service, "namespace"),
      version: current ?? undefined,
      previousVersion: previous ?? undefined,
      commit: newest("commit"),
      flag: newest("flag"),
      configChange: newest("config"),
      dependency: dependency ?? undefined,
      pod: scope["pod"],
      node: scope["node"],
      host: scope["instance"] ?? scope["host"],
      route: scope["route"],
    },
  };
}

/** Git's own short form of a commit. */
function shortId(id: string): string {
  return /^[0-9a-f]{40}$/.test(id) ? id.slice(0, 7) : id;
}
