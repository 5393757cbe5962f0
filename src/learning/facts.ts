/** What the learner is told, as plain facts: steps, incidents, outcomes, endings (contracts §4). */

import type { StepRole } from "../playbook/step.ts";
import type { OutcomeLabel, Risk } from "../vocabulary.ts";

export interface StepFacts {
  readonly id: string;
  readonly role: StepRole;
  /** The playbook's minutes, > 0. */
  readonly minutes: number;
  /** null: not told; nothing is charged for it. */
  readonly risk: Risk | null;
  readonly mechanism: string | null;
  /** Chance by symptom, in [0, 1]; "*" for every other symptom. */
  readonly prior: Readonly<Record<string, number>>;
}

export interface Opening {
  readonly incident: string;
  readonly service: string | null;
  readonly symptom: string | null;
  /** The names of those that are set. */
  readonly flags: readonly string[];
  readonly text: string;
  /** 1 is the worst; null: not known. */
  readonly severity: number | null;
  /** Unix seconds; null: not known. */
  readonly at: number | null;
}

/** One word of one person on one step; a later one of the same person takes its place. */
export interface Word {
  readonly step: string;
  readonly label: OutcomeLabel;
  readonly by: string;
  readonly minutes: number | null;
  /** In [0, 1]; 0: known in this incident, no vote afterwards. */
  readonly confidence: number;
  readonly at: number | null;
  /** What was said of the step before, as who tells it has kept it; absent: what the list said that stands here. */
  readonly said?: Said | null;
  /** What else moved the chance that was told then, in logits: the evidence of the incident; absent: nothing. */
  readonly evidence?: number;
}

export interface Ending {
  readonly cause: string | null;
  readonly resolvedBy: string | null;
  /** People say that it healed by itself: unless one is named, no fix did it, whoever claims. */
  readonly isSelfHealed: boolean;
  readonly at: number | null;
}

/** What three ways of estimating said of a step, as logits, before its outcome was known. */
export type Said = readonly [pooled: number, similar: number, causes: number];

export interface ToldWord extends Word {
  /** Counts up within the incident; a word that takes another's place keeps its number. */
  readonly turn: number;
  /** null: it was not ranked before it was tried. */
  readonly said: Said | null;
}

/** The third place of a list, where chance may have chosen. */
export interface ThirdPlace {
  readonly step: string;
  readonly propensity: number;
  readonly p: number;
  /** What would stand there without exploration. */
  readonly greedy: string;
  readonly greedyP: number;
  /** How many words the incident had when the list was made. */
  readonly words: number;
}

export interface Incident {
  readonly opening: Opening;
  /** How many were opened before it. */
  readonly number: number;
  /** By step and person. */
  readonly words: ReadonlyMap<string, ToldWord>;
  readonly ending: Ending | null;
}

/** Below it a word is an observation: `resolved` counts as `helped` (DESIGN §9). */
export const attestedConfidence = 0.6;

/** The playbook's chance for a symptom; where it says nothing: rare for a fix, even for a check. */
export function priorOf(step: StepFacts, symptom: string | null): number {
  const told = symptom === null ? undefined : own(step.prior, symptom);
  return told ?? own(step.prior, "*") ?? (step.role === "fix" ? 0.1 : 0.5);
}

/** A symptom may be called "constructor". */
function own(prior: StepFacts["prior"], symptom: string): number | undefined {
  return Object.hasOwn(prior, symptom) ? prior[symptom] : undefined;
}
