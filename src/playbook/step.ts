/** A canonical step of the playbook: a check finds out, a fix stops the bleeding (DESIGN §7). */

import type { Platform, Runtime } from "../catalog/catalog.ts";
import type { ContextFlag, DeedKind, Mechanism, MetricKind, Risk, Symptom } from "../vocabulary.ts";

export type StepRole = "check" | "fix";

/** Where a step that a team wrote in a runbook stands. */
export interface RunbookSource {
  readonly title: string;
  readonly link: string;
  /** The runbook's own words for the step. */
  readonly quote: string;
  /** False: it names no command; what is shown beside it is the playbook's, or nothing. */
  readonly hasCommand: boolean;
  /** Whether it is known what the command does. */
  readonly isClassKnown: boolean;
  /** The alert that names the runbook; absent: the catalog does. */
  readonly alert?: string;
}

/** One way to do the step; the most specific one that fits the service is shown. */
export interface Way {
  readonly runtimes?: readonly Runtime[];
  readonly platforms?: readonly Platform[];
  /** Shell, SQL or a sentence with {placeholders} filled from the catalog and the evidence. */
  readonly command: string;
  /** How to undo it, for a fix. */
  readonly undo?: string;
}

/** A command from outside is shown whole: what is longer than a message holds is not offered; in characters. */
export const commandCharsMax = 1_000;

/** "Raised the pool", "the pool was bumped to 40", "pool is now 40": kinds of deed, and what they were done to. */
export interface ToldBy {
  readonly verbs: readonly DeedKind[];
  /** As regular expressions; of "run" the command, of "read" also what shows it: "pool( size)?". */
  readonly of: readonly string[];
}

export interface Step {
  /** kebab, verb-object: `roll-back-deploy`. */
  readonly id: string;
  readonly role: StepRole;
  /** Imperative, with {placeholders}: "Roll back {service} to {previousVersion}". */
  readonly title: string;
  /** The title where its placeholders cannot be filled: "Roll back the last deploy". */
  readonly plainTitle: string;
  /** The question that it answers. */
  readonly question: string;
  readonly mechanism: Mechanism;
  readonly ways: readonly Way[];
  readonly expect: { readonly ifSo: string; readonly ifNot: string };
  readonly minutes: number;
  readonly risk: Risk;
  /** Chance that a fix resolves, or a check answers, by symptom; "*" for the rest. In [0, 1]. */
  readonly priors: Readonly<Partial<Record<Symptom | "*", number>>>;
  /** What the check tells apart, in words: "query change or starved pool". */
  readonly tellsApart?: string;
  /** All must hold for the step to be offered; absent: always. */
  readonly needs?: {
    readonly flags?: readonly ContextFlag[];
    /** At least one shifted metric of one of these kinds. */
    readonly shiftedKinds?: readonly MetricKind[];
    readonly runtimes?: readonly Runtime[];
    readonly platforms?: readonly Platform[];
    /** A dependency of the service must have shifted. */
    readonly suspectDependency?: boolean;
  };
  /** Which evidence raises the step's chance, each with a factor on the odds. */
  readonly boosts: readonly {
    readonly when: {
      readonly shiftedKind?: MetricKind;
      readonly flag?: ContextFlag;
      readonly logWord?: string;
    };
    readonly odds: number;
  }[];
  /** Words that in a thread mean that this step has been done, as regular expressions: "rolled? ?back". */
  readonly doneWords: readonly string[];
  /** The same by kinds of deed, whatever verb and form people choose. */
  readonly told?: readonly ToldBy[];
  /** Only of a step that a runbook tells of: its commands are shown as they are written there. */
  readonly runbook?: RunbookSource;
}
