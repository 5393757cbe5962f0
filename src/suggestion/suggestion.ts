/** A step offered in one incident, and what became of it: the unit of the ledger (DESIGN §8, §9). */

import type { Cite } from "../evidence/diagnosis.ts";
import type { Said } from "../learning/facts.ts";
import type { RunbookSource, StepRole } from "../playbook/step.ts";
import type {
  ContextFlag,
  IncidentId,
  Mechanism,
  OutcomeId,
  OutcomeLabel,
  Risk,
  SuggestionId,
  Symptom,
  UserId,
} from "../vocabulary.ts";

/** What a person reads of a step: filled in for this incident, nothing that does not exist. */
export interface OfferedStep {
  readonly stepId: string;
  readonly role: StepRole;
  readonly mechanism: Mechanism;
  readonly risk: Risk;
  /** "Roll back checkout to 9c1d2e0" */
  readonly title: string;
  /** Why now, in a sentence, with what it cites; absent where nothing in the evidence speaks for it. */
  readonly why?: { readonly text: string; readonly cites: readonly Cite[] };
  readonly how?: { readonly command: string; readonly undo?: string; readonly isFilled: boolean };
  readonly expect: string;
  readonly tellsApart?: string;
  /** Where the team wrote it down. */
  readonly runbook?: RunbookSource;
  /** True in the third slot: another mechanism than the first two. */
  readonly isOtherAngle: boolean;
  /** A language model named it, or made it up; it stands behind the ranked ones. Absent: it was ranked. */
  readonly origin?: "named-by-model" | "new-from-model";
}

/** The record of a step among similar incidents: same workspace, same symptom, visible here. */
export interface StepRecord {
  readonly stepId: string;
  /** Fix: times tried. Check: times done. */
  readonly tried: number;
  /** Fix: resolved. Check: answered (helped or ruled_out). */
  readonly worked: number;
  /** Fix: helped without resolving; absent in rows from before it was counted. */
  readonly helped?: number;
  /** Somebody said that it made things worse; absent in rows from before it was counted. */
  readonly worsened?: number;
  /** Incidents that healed by themselves, in which it was tried: counted nowhere else; absent in rows from before it was counted. */
  readonly selfHealed?: number;
  /** The subsets on this service. */
  readonly triedHere: number;
  readonly workedHere: number;
  /** Check: how often it led to the fix. */
  readonly ledToFix: number;
  /** Median minutes where recorded. */
  readonly medianMinutes: number | null;
}

/** What was said of a step before its outcome was known, for later outcomes to be compared with. */
export interface Foretold {
  /** By the learner's three estimates, as logits. */
  readonly said: Said;
  /** What the evidence of the incident did to the odds: 1 left them. */
  readonly odds: number;
}

/** A step that could have stood in a list. */
export interface Considered {
  readonly stepId: string;
  readonly odds: number;
  /** False: never first of the list, nor before another fix. */
  readonly mayLead: boolean;
}

export interface Suggestion extends OfferedStep {
  readonly id: SuggestionId;
  readonly incidentId: IncidentId;
  /** 1 for an incident's first list. */
  readonly list: number;
  /** 1 for the first of a list. */
  readonly position: number;
  /** Chance that a fix resolves, or a check answers. */
  readonly p: number;
  /** Expected minutes, without the risk charge. */
  readonly minutes: number;
  /** The index by which the list was ordered: p per minute of cost. */
  readonly score: number;
  readonly propensity: number;
  readonly policy: string;
  readonly seed: number;
  readonly symptom: Symptom;
  readonly service: string | null;
  readonly flags: readonly ContextFlag[];
  readonly record: StepRecord;
  /** null: nothing was learned of it; absent, as the next two, in rows from before it was kept. */
  readonly foretold?: Foretold | null;
  /** In the third place: what would have stood there without chance. */
  readonly greedy?: { readonly stepId: string; readonly p: number } | null;
  /** In the first place: all that could have stood in the list, this one too. */
  readonly considered?: readonly Considered[] | null;
  readonly shownAt: Date;
}

/** One click or word; append-only. The latest of an actor on a suggestion counts, and it moves, never adds. */
export interface Outcome {
  readonly id: OutcomeId;
  readonly suggestionId: SuggestionId;
  readonly incidentId: IncidentId;
  readonly stepId: string;
  readonly label: OutcomeLabel;
  /** 1 explicit, 0.6 observed, reaction or phrase, 0.3 model (DESIGN §9). */
  readonly confidence: number;
  readonly source: "click" | "phrase" | "reaction" | "observed" | "postmortem" | "model";
  readonly actor: UserId;
  /** From the claim, where there was one, to the recovery that the readings saw of a step that worked; else to the click. */
  readonly minutes: number | null;
  readonly note: string | null;
  readonly at: Date;
  readonly recordedAt: Date;
}

export interface TryCounts {
  readonly tried: number;
  readonly worked: number;
  /** Fix: helped without resolving. */
  readonly helped?: number;
  readonly worsened?: number;
  /** Beside these, incidents in which it was tried and that healed by themselves. */
  readonly selfHealed?: number;
}

/** Past outcomes of one step as counts, as the ranker reads them: weights already applied. */
export interface StepTally {
  readonly stepId: string;
  readonly symptom: Symptom;
  readonly service: string | null;
  /** Trials and successes by the table of DESIGN §9, each weighted by its confidence. */
  readonly trials: number;
  readonly successes: number;
  /** Minutes of single tries, where recorded. */
  readonly minutes: readonly number[];
  readonly ledToFix: number;
  /** Incidents in which it was tried, and what came of it, unweighted, for the record in words; absent: trials and successes, rounded. */
  readonly counts?: TryCounts;
  /** Votes that it made things worse, for the quarantine (contracts §4). */
  readonly wrong?: readonly { readonly incidentId: IncidentId; readonly actor: UserId }[];
  /** Somebody said that the step is not for this service. */
  readonly isNotForUs?: boolean;
}
