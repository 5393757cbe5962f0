/** What a digest and the statistics are counted from: incidents and steps of a period, as far as they may be shown. */

import type { Told } from "../learning/calibration.ts";
import type { StepRole } from "../playbook/step.ts";
import type { PostmortemState } from "../postmortem/version.ts";
import type { Credit, IncidentId, Severity, Symptom } from "../vocabulary.ts";

/** What ended an incident, by a person's last word. */
type Ending = "step" | Exclude<Credit, "cannot-tell">;

export interface IncidentFacts {
  readonly id: IncidentId;
  /** People see INC-42. */
  readonly number: number;
  readonly service: string | null;
  readonly symptom: Symptom | null;
  readonly severity: Severity;
  /** Its first alert, else its declaration. */
  readonly beganAt: Date;
  /** The first deed of a person. */
  readonly acknowledgedAt: Date | null;
  /** When what people notice was normal again, as the last reading says; else when it was said to be watched or over. */
  readonly mitigatedAt: Date | null;
  readonly resolvedAt: Date | null;
  /** null: nobody said, or nobody could tell. */
  readonly ending: Ending | null;
  /** Where a step ended it. */
  readonly fix: Fix | null;
  /** Title of the first step of its first list; null: none was offered. */
  readonly firstOffered: string | null;
  /** How its postmortem stands; null: none was drafted. */
  readonly postmortem: PostmortemState | null;
}

export interface Fix {
  readonly stepId: string;
  readonly title: string;
  /** Its place in the incident's first list, 1 for the first; null: it came later. */
  readonly place: number | null;
  /** From the first list to the word that it did it. */
  readonly minutes: number;
}

/** One step over the period; each incident counts once. */
export interface StepFacts {
  readonly stepId: string;
  readonly role: StepRole;
  /** As it was offered last, without names of services. */
  readonly name: string;
  readonly shown: number;
  readonly tried: number;
  /** It pointed somewhere without ending the incident. */
  readonly helped: number;
  /** A fix that ended it; a check that answered. */
  readonly worked: number;
  /** Mean place in the lists of the last weeks, and in those before; null: it was in none. */
  readonly place: { readonly late: number | null; readonly early: number | null };
  /** In so many lists. */
  readonly lists: { readonly late: number; readonly early: number };
}

/** What a language model cost in the incidents of the period, in the currency of its prices. */
export interface ModelFacts {
  readonly cost: number;
  /** Steps of a list that worked or helped; each once an incident. */
  readonly helpful: number;
}

export interface PeriodFacts {
  /** By when they began. */
  readonly incidents: readonly IncidentFacts[];
  /** By id. */
  readonly steps: readonly StepFacts[];
  /** Chances of fixes, as they stood in the list, and what came; each fix that was tried counts once an incident. */
  readonly told: readonly Told[];
  /** null: none was asked, or its prices were not set all the time. */
  readonly model: ModelFacts | null;
}
