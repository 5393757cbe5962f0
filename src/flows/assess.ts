/** From what was gathered to what is proposed: diagnosis, situation and the order of the steps. No effects. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import { contextFlagsOf } from "../evidence/context-flags.ts";
import { diagnose } from "../evidence/diagnose.ts";
import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { ChangeRecord, EvidenceInput } from "../evidence/input.ts";
import { symptomOf } from "../evidence/symptom.ts";
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
  const entry = catalog.services.find(({ name }) => name === service) ?? null;
  return {
    diagnosis,
    service,
    symptom,
    flags,
    situation: {
      diagnosis,
      changes: input.changes ?? [],
      flags,
      service,
      symptom,
      severity: about.severity,
      facts: factsOf(entry, diagnosis, input.changes ?? []),
      constraints: entry?.constraints ?? [],
      at: about.at,
    },
  };
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
  changes: readonly ChangeRecord[],
): FillFacts {
  const live = liveChanges(diagnosis, changes);
  const deploys = deploysOf(service, changes);
  const current = deploys[0];
  const commit = live.find(({ change }) => change.kind === "commit")?.change.id;
  const flag = live.find(({ change }) => change.kind === "flag")?.change.id;
  const dependency = diagnosis.metrics.find(({ callee }) => callee !== null)?.callee;
  return {
    runtime: service?.runtime ?? "other",
    platform: service?.platform ?? "other",
    values: {
      service: service?.name,
      environment: service?.environments[0],
      version: current === undefined ? undefined : versionOf(current),
      previousVersion: deploys[1] === undefined ? undefined : versionOf(deploys[1]),
      commit: commit === undefined ? undefined : shortId(commit),
      flag,
      dependency: dependency ?? undefined,
      route: diagnosis.scope?.labels["route"],
    },
  };
}

/** The service's deploys in its first environment, newest first. */
function deploysOf(service: Service | null, changes: readonly ChangeRecord[]): ChangeRecord[] {
  const environment = service?.environments[0];
  return changes
    .filter(
      (change) =>
        change.kind === "deploy" &&
        change.live !== false &&
        change.service === service?.name &&
        (change.environment === undefined ||
          environment === undefined ||
          change.environment === environment),
    )
    .toSorted((a, b) => b.at - a.at);
}

/** A deploy is known by the newest commit that it carried, else by its own id. */
function versionOf(deploy: ChangeRecord): string {
  return shortId(deploy.deploys?.[0] ?? deploy.id);
}

/** Git's own short form of a commit. */
export function shortId(id: string): string {
  return /^[0-9a-f]{40}$/.test(id) ? id.slice(0, 7) : id;
}
