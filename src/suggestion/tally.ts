/** From the ledger's rows to counts: what each label means for a fix and for a check (the table of DESIGN §9). */

import { partial, successOf } from "../learning/tries.ts";
import type { StepRole } from "../playbook/step.ts";
import type { IncidentId, Symptom } from "../vocabulary.ts";
import { byRecording, latestOf } from "./latest.ts";
import type { Foretold, Outcome, StepTally } from "./suggestion.ts";

/** An outcome with what its suggestion knew of the incident. */
export interface LedgerRow extends Outcome {
  readonly role: StepRole;
  readonly symptom: Symptom;
  readonly service: string | null;
  /** A check that somebody said pointed to the fix. */
  readonly hasLedToFix?: boolean;
  /** What the present ranker said of the step before; absent or null: nothing, or another one ranked it. */
  readonly foretold?: Foretold | null;
}

/** What became of one step in one incident. */
interface Try {
  readonly row: LedgerRow;
  /** The greatest confidence among its votes. */
  readonly weight: number;
  /** In [0, 1], weighted by confidence where people disagree. */
  readonly success: number;
  readonly hasWorked: boolean;
  /** A fix that did not resolve, and yet somebody said that it did something. */
  readonly hasHelped: boolean;
  readonly hasWorsened: boolean;
  readonly hasLedToFix: boolean;
}

/**
 * Rows in any order give the same tallies. The latest of an actor on a step of an incident counts; one incident is one trial
 * of a step, and at most one credit, shared among its fixes in proportion. One that healed by itself is no trial; what
 * was said against a step there stands.
 */
export function tallyOf(
  rows: readonly LedgerRow[],
  selfHealed: ReadonlySet<IncidentId> = none,
): StepTally[] {
  const latest = latestOf(latestVotes(rows), wordKey);
  const tries = shareCredit(groupBy(latest, tryKey).flatMap(tryOf));
  const votesByCell = new Map(groupBy(latest, cellKey).map((votes) => [cellKey(votes[0]), votes]));
  const triesByCell = new Map(
    groupBy(tries, (each) => cellKey(each.row)).map((each) => [cellKey(each[0].row), each]),
  );
  return [...votesByCell]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, votes]) => cell(votes, triesByCell.get(key) ?? [], selfHealed));
}

const none: ReadonlySet<IncidentId> = new Set();

function cell(
  votes: Group<LedgerRow>,
  all: readonly Try[],
  selfHealed: ReadonlySet<IncidentId>,
): StepTally {
  const tries = all.filter(({ row }) => !selfHealed.has(row.incidentId));
  const [{ stepId, symptom, service }] = votes;
  const wrong = votes.filter((vote) => vote.label === "wrong" && vote.confidence > 0);
  const newest = votes.toSorted(byRecording).at(-1);
  return {
    stepId,
    symptom,
    service,
    trials: sum(tries.map((each) => each.weight)),
    successes: sum(tries.map((each) => each.weight * each.success)),
    minutes: tries.flatMap((each) => each.row.minutes ?? []),
    ledToFix: count(tries, (each) => each.hasLedToFix),
    counts: {
      tried: tries.length,
      worked: count(tries, (each) => each.hasWorked),
      helped: count(tries, (each) => each.hasHelped),
      worsened: count(tries, (each) => each.hasWorsened),
      selfHealed: all.length - tries.length,
    },
    wrong: wrong.map(({ incidentId, actor }) => ({ incidentId, actor })),
    isNotForUs: newest?.label === "not_for_us",
  };
}

function tryOf(votes: Group<LedgerRow>): Try[] {
  const counted = votes.toSorted(byRecording).flatMap((row) => {
    const success = successOf(row.role, row.label, row.confidence);
    return success === null || row.confidence <= 0 ? [] : [{ row, success }];
  });
  const last = counted.at(-1);
  if (last === undefined) return [];
  const confidences = sum(counted.map(({ row }) => row.confidence));
  const timed = counted.findLast(({ row }) => row.minutes !== null)?.row.minutes ?? null;
  const success = sum(counted.map((each) => each.success * each.row.confidence)) / confidences;
  return [
    {
      row: { ...last.row, minutes: timed },
      weight: Math.max(...counted.map(({ row }) => row.confidence)),
      success,
      hasWorked: success > partial,
      hasHelped: last.row.role === "fix" && success > 0 && success <= partial,
      hasWorsened: counted.some(({ row }) => row.label === "wrong"),
      hasLedToFix: counted.some(({ row }) => row.hasLedToFix === true),
    },
  ];
}

/** Fixes of one incident share at most one success among them. */
function shareCredit(tries: readonly Try[]): Try[] {
  return groupBy(tries, (each) => each.row.incidentId).flatMap((ofIncident) => {
    const given = sum(
      ofIncident.map((each) => (each.row.role === "fix" ? each.weight * each.success : 0)),
    );
    if (given <= 1) return [...ofIncident];
    return ofIncident.map((each) =>
      each.row.role === "fix" ? { ...each, success: each.success / given } : each,
    );
  });
}

/** The latest word of each actor on each suggestion. */
export function latestVotes<T extends LedgerRow>(rows: readonly T[]): readonly T[] {
  return latestOf(rows, ({ suggestionId, actor }) => key(suggestionId, actor));
}

/** A person has one word on a step of an incident, whichever list offered it; what was taken back hides none of another list. */
const wordKey = ({ incidentId, stepId, actor, confidence }: LedgerRow) =>
  key(incidentId, stepId, actor, `${confidence > 0}`);
const tryKey = (row: LedgerRow) => key(row.incidentId, row.stepId);
const cellKey = (row: LedgerRow) => key(row.stepId, row.symptom, row.service);
const key = (...parts: readonly (string | null)[]) => JSON.stringify(parts);

type Group<T> = readonly [T, ...T[]];

/** In the order of the keys, so that sums do not depend on the order of rows. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Group<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function count<T>(items: readonly T[], is: (item: T) => boolean): number {
  return items.filter(is).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
