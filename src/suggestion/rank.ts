/** Ranking from the record: chance by a hierarchical Beta, order by chance per minute (DESIGN §9). */

import type { StepRole } from "../playbook/step.ts";
import type { Mechanism, Risk, Symptom } from "../vocabulary.ts";
import type { StepTally } from "./suggestion.ts";

/** Goes into the ledger beside each suggestion: which way of ranking made the list. */
export const rankPolicy = "hierarchical-beta-1";

export interface Candidate {
  readonly stepId: string;
  readonly role: StepRole;
  readonly mechanism: Mechanism;
  readonly risk: Risk;
  /** The playbook's minutes. */
  readonly minutes: number;
  /** The playbook's chance for this symptom, in [0, 1]. */
  readonly prior: number;
  /** What the evidence of this incident does to the odds: 1 leaves them. */
  readonly odds: number;
}

export interface Ranked {
  readonly stepId: string;
  /** Chance that a fix resolves, or a check answers, in (0, 1). */
  readonly p: number;
  /** Expected minutes, without the risk charge. */
  readonly minutes: number;
  /** What the order is by: chance per minute of cost, for a check times what it tells apart. */
  readonly score: number;
}

/** Strength of each level's prior, in trials. */
const k = 4;
/** Minutes added to a step's cost for what it may break. */
const riskMinutes: Readonly<Record<Risk, number>> = {
  "read-only": 0,
  reversible: 5,
  disruptive: 10,
  irreversible: 60,
};
const pMin = 0.001;
const minutesMin = 0.5;
const minutesMax = 24 * 60;
/** What a check tells apart at least, where no fix shares its mechanism. */
const splitMin = 0.3;

/** Best first, fixes and checks each by their own score; ties by step id. Input order plays no part. */
export function rank(
  candidates: readonly Candidate[],
  tallies: readonly StepTally[],
  about: { readonly symptom: Symptom; readonly service: string | null },
): { readonly fixes: readonly Ranked[]; readonly checks: readonly Ranked[] } {
  const ordered = candidates.toSorted((a, b) => (a.stepId < b.stepId ? -1 : 1));
  const byStep = Map.groupBy(tallies, (tally) => tally.stepId);
  const estimates = ordered.map((candidate) => {
    const own = sorted(byStep.get(candidate.stepId) ?? []);
    return {
      candidate,
      p: withOdds(chance(candidate.prior, own, about), candidate.odds),
      minutes: expectedMinutes(candidate.minutes, own),
    };
  });
  const belief = beliefs(estimates.filter((each) => each.candidate.role === "fix"));
  const ranked = (role: StepRole) =>
    estimates
      .filter((each) => each.candidate.role === role)
      .map(({ candidate, p, minutes }) => {
        const worth = role === "fix" ? 1 : split(belief.get(candidate.mechanism) ?? 0);
        const score = (p * worth) / (minutes + riskMinutes[candidate.risk]);
        return { stepId: candidate.stepId, p, minutes, score };
      })
      .toSorted((a, b) => b.score - a.score || (a.stepId < b.stepId ? -1 : 1));
  return { fixes: ranked("fix"), checks: ranked("check") };
}

/**
 * Hierarchical Beta: the playbook's prior, then everything, then this symptom, then this service within it; each
 * level's mean is the next one's prior with the strength of k trials.
 */
export function chance(
  prior: number,
  tallies: readonly StepTally[],
  about: { readonly symptom: Symptom; readonly service: string | null },
): number {
  const ofSymptom = tallies.filter((tally) => tally.symptom === about.symptom);
  const ofService = ofSymptom.filter(
    (tally) => about.service !== null && tally.service === about.service,
  );
  const mean = [tallies, ofSymptom, ofService].reduce((above, level) => {
    const trials = sum(level.map((tally) => tally.trials));
    const successes = sum(level.map((tally) => tally.successes));
    return (k * above + successes) / (k + trials);
  }, prior);
  return Math.min(Math.max(mean, pMin), 1 - pMin);
}

/** Two people in two incidents said that it made things worse: not offered until somebody has reviewed it. */
export function isQuarantined(stepId: string, tallies: readonly StepTally[]): boolean {
  const votes = tallies.flatMap((tally) => (tally.stepId === stepId ? (tally.wrong ?? []) : []));
  return votes.some((a) => votes.some((b) => a.actor !== b.actor && a.incidentId !== b.incidentId));
}

function withOdds(p: number, factor: number): number {
  const odds = (p / (1 - p)) * factor;
  return Math.min(Math.max(odds / (1 + odds), pMin), 1 - pMin);
}

/** Geometric mean of what was measured, drawn towards the playbook's minutes with the strength of k tries. */
function expectedMinutes(prior: number, tallies: readonly StepTally[]): number {
  const observed = tallies.flatMap((tally) => tally.minutes).toSorted((a, b) => a - b);
  return Math.exp((k * logMinutes(prior) + sum(observed.map(logMinutes))) / (k + observed.length));
}

function logMinutes(minutes: number): number {
  return Math.log(Math.min(Math.max(minutes, minutesMin), minutesMax));
}

/** Share of each mechanism in the fixes' chances: the simple stand-in for the causes' posterior. */
function beliefs(
  fixes: readonly { readonly candidate: Candidate; readonly p: number }[],
): ReadonlyMap<Mechanism, number> {
  const total = sum(fixes.map((fix) => fix.p));
  const shares = new Map<Mechanism, number>();
  for (const { candidate, p } of fixes)
    shares.set(candidate.mechanism, (shares.get(candidate.mechanism) ?? 0) + p / total);
  return shares;
}

/** How evenly a check divides what may be behind it: 1 where its mechanism is as likely as not. */
function split(belief: number): number {
  return Math.max(4 * belief * (1 - belief), splitMin);
}

/** So that floating point sums do not depend on the order of rows. */
function sorted(tallies: readonly StepTally[]): readonly StepTally[] {
  return tallies.toSorted((a, b) => (cellKey(a) < cellKey(b) ? -1 : 1));
}

function cellKey(tally: StepTally): string {
  return JSON.stringify([tally.symptom, tally.service, tally.trials, tally.successes]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
