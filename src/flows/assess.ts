/** From what was gathered to what is proposed: diagnosis, situation and the order of the steps. No effects. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import { constraintsOf, type Rule } from "../catalog/rule.ts";
import { contextFlagsOf } from "../evidence/context-flags.ts";
import { diagnose } from "../evidence/diagnose.ts";
import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { EvidenceInput } from "../evidence/input.ts";
import { symptomOf } from "../evidence/symptom.ts";
import { targetsOf } from "./targets.ts";
import { proposeSteps } from "../suggestion/propose.ts";
import type { Proposal, Situation } from "../suggestion/propose.ts";
import { drawFor, noDraw } from "../suggestion/draw.ts";
import { chancesOf } from "../suggestion/learned.ts";
import type { Here, Ledger } from "../suggestion/learned.ts";
import { selfHealedIn } from "../suggestion/self-healed.ts";
import { tallyOf } from "../suggestion/tally.ts";
import type { Step } from "../playbook/step.ts";
import type { ContextFlag, Severity, Symptom } from "../vocabulary.ts";

/** Slack shows three; the rest is behind "more". */
const suggestionsMax = 5;

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
  about: {
    readonly named: Service | null;
    readonly severity: Severity;
    readonly at: Date;
    readonly rules?: readonly Rule[];
  },
): Assessment {
  const diagnosis = diagnose(input);
  const symptom = symptomOf(input.alert, diagnosis);
  const flags = contextFlagsOf(diagnosis, input);
  const suspect = diagnosis.confidence === "none" ? undefined : diagnosis.services[0]?.service;
  const service = about.named?.name ?? suspect ?? null;
  const { facts, factsBy, constraints } = targetsOf(catalog, diagnosis, input, service);
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
      facts,
      factsBy,
      constraints: [...constraints, ...constraintsOf(about.rules ?? [])],
      at: about.at,
    },
  };
}

/** `text` is what was said of the trouble; `outcomes` what was said of steps in this incident. */
export interface Told {
  readonly ledger: Ledger;
  readonly text: string;
  readonly outcomes: Here["outcomes"];
  readonly done: readonly string[];
  /** What names the list, and the same words draw the same; null: it is kept nowhere, and nothing is left to chance. */
  readonly drawnFor: readonly (string | number)[] | null;
}

export function propose(
  steps: readonly Step[],
  situation: Situation,
  { ledger, done, drawnFor, ...told }: Told,
): Proposal {
  const { service, symptom, flags } = situation;
  const chances = chancesOf(steps, ledger, { service, symptom, flags, ...told });
  const tallies = tallyOf(ledger.rows, selfHealedIn(ledger));
  const { severity } = situation;
  const draw = drawnFor === null ? noDraw : drawFor(severity, ledger.incidents.length, drawnFor);
  return proposeSteps({ steps, situation, tallies, chances, done, suggestionsMax, draw });
}
