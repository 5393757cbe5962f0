/** What earlier incidents teach of each step's chance in this one: the ledger, told to the learner (DESIGN §9). */

import { openIncident, recordOutcome } from "../learning/learner.ts";
import type { Said } from "../learning/facts.ts";
import { promisesIn } from "../learning/rank.ts";
import type { Step } from "../playbook/step.ts";
import type {
  Cause,
  ContextFlag,
  Credit,
  IncidentId,
  OutcomeLabel,
  Symptom,
  UserId,
} from "../vocabulary.ts";
import type { LedgerRow } from "./tally.ts";
import { learnerTold } from "./tell-past.ts";

/** An incident that has ended, beside what was said of its steps. */
export interface PastIncident {
  readonly id: IncidentId;
  readonly title: string;
  readonly service: string | null;
  readonly symptom: Symptom | null;
  readonly flags: readonly ContextFlag[];
  readonly openedAt: Date;
  readonly closedAt: Date;
  /** As somebody labelled it. */
  readonly cause: Cause | null;
  /** The latest answer to what did it, where it was no single step; null: nobody said so. */
  readonly credit: Credit | null;
}

export interface Ledger {
  readonly incidents: readonly PastIncident[];
  readonly rows: readonly LedgerRow[];
}

/** The incident at hand, as far as is known. */
export interface Here {
  readonly service: string | null;
  readonly symptom: Symptom;
  readonly flags: readonly ContextFlag[];
  readonly text: string;
  readonly outcomes: readonly {
    readonly stepId: string;
    readonly label: OutcomeLabel;
    readonly by: UserId;
    readonly at: Date;
  }[];
}

/** Before the evidence of this incident is heard. */
export interface Chance {
  /** That a fix resolves, or a check answers, in (0, 1). */
  readonly p: number;
  /** Expected minutes, without the risk charge. */
  readonly minutes: number;
  /** Share of the time to a fix that an answer saves, at least a twentieth; 1 for a fix. */
  readonly saves: number;
  /** What the three estimates say, as logits. */
  readonly said: Said;
}

/** No incident has this id. */
const hereId = "here";

/** What is told of an incident as it goes on, and what is thought of the steps by then. */
export interface Thought {
  readonly tell: (outcome: Here["outcomes"][number]) => void;
  /** Of all steps but those that were done here or that nobody should do. */
  readonly chances: () => ReadonlyMap<string, Chance>;
}

/** Rows in any order give the same. */
export function chancesOf(
  steps: readonly Step[],
  ledger: Ledger,
  here: Here,
): ReadonlyMap<string, Chance> {
  const thought = thoughtOf(steps, ledger, here);
  for (const outcome of here.outcomes) thought.tell(outcome);
  return thought.chances();
}

/** Before anything is said of steps in the incident. */
export function thoughtOf(
  steps: readonly Step[],
  ledger: Ledger,
  { service, symptom, flags, text }: Omit<Here, "outcomes">,
): Thought {
  const learner = learnerTold(steps, ledger);
  const opening = { service, symptom, flags, text, severity: null, at: null };
  openIncident(learner, { ...opening, incident: hereId });
  return {
    tell: ({ stepId, label, by, at }) => {
      const word = { label, by, minutes: null, confidence: 1, at: at.getTime() / 1000 };
      recordOutcome(learner, hereId, { step: stepId, ...word });
    },
    chances: () =>
      new Map(
        promisesIn(learner, hereId).map(({ step, p, minutes, saves, said }) => [
          step.id,
          { p, minutes, saves, said },
        ]),
      ),
  };
}
