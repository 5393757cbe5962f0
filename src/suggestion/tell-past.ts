/** The ledger, told to the learner; what was told for an earlier list is not worked out anew (DESIGN §9). */

import type { Incident } from "../learning/facts.ts";
import {
  adopt,
  closeIncident,
  declareStep,
  newLearner,
  openIncident,
  recordOutcome,
  resume,
  type Learner,
} from "../learning/learner.ts";
import type { Step } from "../playbook/step.ts";
import type { IncidentId } from "../vocabulary.ts";
import { byRecording } from "./latest.ts";
import type { Ledger, PastIncident } from "./learned.ts";
import { selfHealedIn } from "./self-healed.ts";
import { latestVotes, type LedgerRow } from "./tally.ts";

/** What the learner was told of each incident the last time, and what became of it there. */
interface Heard {
  readonly learner: Learner;
  readonly told: ReadonlyMap<IncidentId, { readonly words: string; readonly incident: Incident }>;
}

/**
 * By the playbook that it was told with. A learner's answers depend on what it is told alone, so that what is kept here
 * changes how long a list takes and nothing else.
 */
const lastHeard = new WeakMap<readonly Step[], Heard>();

/** Oldest first; what was said of a step that the playbook has no more teaches nothing. */
export function learnerTold(steps: readonly Step[], { incidents, rows }: Ledger): Learner {
  const learner = learnerOf(steps);
  const before = lastHeard.get(steps);
  if (before !== undefined) resume(learner, before.learner);
  const facts = new Map(incidents.map((incident) => [incident.id, incident]));
  // A word that was taken back is none; of one person's on the same step in two lists the later one stands.
  const votes = latestVotes(rows)
    .filter(({ confidence }) => confidence > 0)
    .toSorted(byRecording);
  const said = Map.groupBy(votes, ({ incidentId }) => incidentId);
  const selfHealed = selfHealedIn({ incidents, rows });
  const told = new Map<IncidentId, { readonly words: string; readonly incident: Incident }>();
  for (const id of [...new Set([...facts.keys(), ...said.keys()])].toSorted()) {
    const about = { past: facts.get(id), rows: said.get(id) ?? [], isHealed: selfHealed.has(id) };
    const words = JSON.stringify([learner.incidents.size, about]);
    const known = before?.told.get(id);
    if (known?.words === words) adopt(learner, known.incident);
    else tell(learner, id, about);
    const incident = learner.incidents.get(id);
    if (incident !== undefined) told.set(id, { words, incident });
  }
  lastHeard.set(steps, { learner, told });
  return learner;
}

/** Knows the steps, and nothing of the past. */
function learnerOf(steps: readonly Step[]): Learner {
  const learner = newLearner();
  for (const { id, role, minutes, risk, mechanism, priors: prior } of steps) {
    declareStep(learner, { id, role, minutes: Math.max(minutes, 1), risk, mechanism, prior });
  }
  return learner;
}

interface Told {
  readonly past: PastIncident | undefined;
  readonly rows: readonly LedgerRow[];
  readonly isHealed: boolean;
}

function tell(learner: Learner, incident: IncidentId, { past, rows, isHealed }: Told): void {
  const [first] = rows;
  openIncident(learner, {
    incident,
    service: first?.service ?? past?.service ?? null,
    symptom: first?.symptom ?? past?.symptom ?? null,
    flags: past?.flags ?? [],
    text: past?.title ?? "",
    severity: null,
    at: past === undefined ? null : seconds(past.openedAt),
  });
  for (const { stepId, label, actor, minutes, confidence, at, foretold } of rows) {
    const word = { label, by: actor, minutes, confidence, at: seconds(at) };
    const said = foretold?.said ?? null;
    const evidence = Math.log(foretold?.odds ?? 1);
    recordOutcome(learner, incident, { step: stepId, ...word, said, evidence });
  }
  if (past === undefined) return;
  const { cause, closedAt } = past;
  const ending = { cause, resolvedBy: null, isSelfHealed: isHealed, at: seconds(closedAt) };
  closeIncident(learner, incident, ending);
}

function seconds(at: Date): number {
  return at.getTime() / 1000;
}
