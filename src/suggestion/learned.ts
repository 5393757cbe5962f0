/** What earlier incidents teach of each step's chance in this one: the ledger, told to the learner (DESIGN §9). */

import {
  closeIncident,
  declareStep,
  newLearner,
  openIncident,
  recordOutcome,
  type Learner,
} from "../learning/learner.ts";
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
import { byRecording } from "./latest.ts";
import { selfHealedIn } from "./self-healed.ts";
import { latestVotes, type LedgerRow } from "./tally.ts";

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
  /** Share of the time to a fix that an answer saves, at least a tenth; 1 for a fix. */
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
  const learner = learnerOf(steps);
  tellPast(learner, ledger);
  const opening = { service, symptom, flags, text, severity: null, at: null };
  openIncident(learner, { ...opening, incident: hereId });
  return {
    tell: ({ stepId, label, by, at }) => {
      const word = { label, by, minutes: null, confidence: 1, at: seconds(at) };
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

/** Knows the steps, and nothing of the past. */
function learnerOf(steps: readonly Step[]): Learner {
  const learner = newLearner();
  for (const { id, role, minutes, risk, mechanism, priors: prior } of steps) {
    declareStep(learner, { id, role, minutes: Math.max(minutes, 1), risk, mechanism, prior });
  }
  return learner;
}

/** Oldest first; what was said of a step that the playbook has no more teaches nothing. */
function tellPast(learner: Learner, { incidents, rows }: Ledger): void {
  const facts = new Map(incidents.map((incident) => [incident.id, incident]));
  // A word that was taken back is none; of one person's on the same step in two lists the later one stands.
  const words = latestVotes(rows)
    .filter(({ confidence }) => confidence > 0)
    .toSorted(byRecording);
  const said = Map.groupBy(words, ({ incidentId }) => incidentId);
  const selfHealed = selfHealedIn({ incidents, rows });
  const ids = [...new Set([...facts.keys(), ...said.keys()])].toSorted();
  for (const id of ids) {
    const past = facts.get(id);
    tellIncident(learner, id, { past, rows: said.get(id) ?? [] });
    if (past === undefined) continue;
    closeIncident(learner, id, {
      cause: past.cause,
      resolvedBy: null,
      isSelfHealed: selfHealed.has(id),
      at: seconds(past.closedAt),
    });
  }
}

/** But for its end. */
function tellIncident(
  learner: Learner,
  incident: IncidentId,
  { past: facts, rows }: { past: PastIncident | undefined; rows: readonly LedgerRow[] },
): void {
  const [first] = rows;
  openIncident(learner, {
    incident,
    service: first?.service ?? facts?.service ?? null,
    symptom: first?.symptom ?? facts?.symptom ?? null,
    flags: facts?.flags ?? [],
    text: facts?.title ?? "",
    severity: null,
    at: facts === undefined ? null : seconds(facts.openedAt),
  });
  for (const { stepId, label, actor, minutes, confidence, at, foretold } of rows) {
    const word = { label, by: actor, minutes, confidence, at: seconds(at) };
    const said = foretold?.said ?? null;
    const evidence = Math.log(foretold?.odds ?? 1);
    recordOutcome(learner, incident, { step: stepId, ...word, said, evidence });
  }
}

function seconds(at: Date): number {
  return at.getTime() / 1000;
}
