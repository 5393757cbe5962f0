/** From what was gathered to what is proposed: diagnosis, situation and the order of the steps. No effects. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import { labelOf } from "../catalog/selector-label.ts";
import { contextFlagsOf } from "../evidence/context-flags.ts";
import { diagnose } from "../evidence/diagnose.ts";
import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { ChangeRecord, EvidenceInput } from "../evidence/input.ts";
import { symptomOf } from "../evidence/symptom.ts";
import { versionsOf } from "../evidence/versions.ts";
import type { FillFacts } from "../playbook/fill.ts";
import { liveChanges } from "../suggestion/live-changes.ts";
import { proposeSteps } from "../suggestion/propose.ts";
import type { Proposal, Situation } from "../suggestion/propose.ts";
import type { LedgerRow } from "../suggestion/tally.ts";
import { tallyOf } from "../suggestion/tally.ts";
import type { Step } from "../playbook/step.ts";
import type { ContextFlag, Severity, Symptom } from "../vocabulary.ts";

/** Slack shows three; the rest is behind "more". */
export const suggestionsMax = 5;

export interface Assessment {
  readonly diagnosis: Diagnosis;
  readonly service: string | null;
  readonly symptom: Symptom;
  readonly flags: readonly ContextFlag[];
  readonly situation: Situation;
}

/** `named`: the service that people speak of; where none is, the first suspect stands in for it. */
export function assess(
  input: EvidenceInput,
  catalog: Catalog,
  about: { readonly named: Service | null; readonly severity: Severity; readonly at: Date },
): Assessment {
  const diagnosis = diagnose(input);
  const symptom = symptomOf(input.alert, diagnosis);
  const flags = contextFlagsOf(diagnosis, input);
  const suspect = diagnosis.confidence === "none" ? undefined : diagnosis.services[0]?.service;
  const service = about.named?.name ?? suspect ?? null;
  const changes = input.changes ?? [];
  const known = (name: string | null): Service | null =>
    catalog.services.find((each) => each.name === name) ?? null;
  const targets = {
    suspect: suspectService(catalog, diagnosis) ?? known(service),
    deploy: known(changedService(diagnosis, changes, ["commit", "deploy"])),
    configuration: known(changedService(diagnosis, changes, ["config"])),
    flag: known(changedService(diagnosis, changes, ["flag"])),
    dependency: known(calls(diagnosis)?.service ?? null),
  };
  const rules = [known(service), ...Object.values(targets)].flatMap(
    (each) => each?.constraints ?? [],
  );
  const factsBy = Object.fromEntries(
    Object.entries(targets)
      .filter(([mechanism, target]) => mechanism !== "suspect" && target !== null)
      .map(([mechanism, target]) => [mechanism, factsOf(target, diagnosis, input)]),
  );
  return {
    diagnosis,
    service,
    symptom,
    flags,
    situation: {
      diagnosis,
      changes,
      flags,
      service,
      symptom,
      severity: about.severity,
      facts: factsOf(targets.suspect, diagnosis, input),
      factsBy,
      constraints: [...new Set(rules)],
      at: about.at,
    },
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

export function propose(
  steps: readonly Step[],
  situation: Situation,
  past: readonly LedgerRow[],
  done: readonly string[],
): Proposal {
  return proposeSteps({ steps, situation, tallies: tallyOf(past), done, suggestionsMax });
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
    return suspect === undefined ? undefined : shortId(suspect.change.id);
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
