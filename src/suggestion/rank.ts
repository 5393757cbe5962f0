/** The order of an incident's steps: what was learned and what the evidence says, by chance per minute (DESIGN §9). */

import { riskMinutes } from "../learning/estimates.ts";
import type { StepRole } from "../playbook/step.ts";
import type { Mechanism, Risk } from "../vocabulary.ts";
import type { Chance } from "./learned.ts";
import type { Foretold, StepTally, Suggestion } from "./suggestion.ts";

/** Goes into the ledger beside each suggestion: which way of ranking made the list. Another one wherever an estimate is made otherwise, for what was said before is then no measure of it. */
export const rankPolicy = "learner-2";

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
  /** null: nothing was learned of it. */
  readonly foretold: Foretold | null;
}

const pMin = 0.001;
const minutesMin = 0.5;
/** What a check tells apart at least, where no fix shares its mechanism. */
const splitMin = 0.3;
/** What a check of which nothing is known saves of the time to a fix. */
const savesMin = 0.1;

/** Best first, fixes and checks each by their own score; ties by step id. Input order plays no part. */
export function rank(
  candidates: readonly Candidate[],
  chances: ReadonlyMap<string, Chance>,
): { readonly fixes: readonly Ranked[]; readonly checks: readonly Ranked[] } {
  const ordered = candidates.toSorted((a, b) => (a.stepId < b.stepId ? -1 : 1));
  const estimates = ordered.map((candidate) => {
    const { prior, minutes } = candidate;
    const learned = chances.get(candidate.stepId);
    const known = learned ?? { p: prior, minutes, saves: savesMin };
    const { odds } = candidate;
    const foretold = learned === undefined ? null : { said: learned.said, odds };
    return { ...known, candidate, p: withOdds(known.p, odds), foretold };
  });
  const belief = beliefs(estimates.filter((each) => each.candidate.role === "fix"));
  const ranked = (role: StepRole) =>
    estimates
      .filter((each) => each.candidate.role === role)
      .map(({ candidate, p, minutes: told, saves, foretold }) => {
        const minutes = Math.max(told, minutesMin);
        const splits = split(belief.get(candidate.mechanism) ?? 0) * (saves / savesMin);
        const worth = role === "fix" ? 1 : splits;
        const score = (p * worth) / (minutes + riskMinutes[candidate.risk]);
        return { stepId: candidate.stepId, p, minutes, score, foretold };
      })
      .toSorted((a, b) => b.score - a.score || (a.stepId < b.stepId ? -1 : 1));
  return { fixes: ranked("fix"), checks: ranked("check") };
}

/** What another ranker said is no measure of this one. */
export function ownForetold({
  policy,
  foretold,
}: Pick<Suggestion, "policy" | "foretold">): Foretold | null {
  return policy === rankPolicy ? (foretold ?? null) : null;
}

/** Two people in two incidents said that it made things worse: not offered until somebody has reviewed it. */
export function isQuarantined(stepId: string, tallies: readonly StepTally[]): boolean {
  const votes = tallies.flatMap((tally) => (tally.stepId === stepId ? (tally.wrong ?? []) : []));
  return votes.some((a) => votes.some((b) => a.actor !== b.actor && a.incidentId !== b.incidentId));
}

function withOdds(p: number, factor: number): number {
  const told = bounded(p);
  const odds = (told / (1 - told)) * factor;
  return bounded(odds / (1 + odds));
}

/** A playbook may say "never" and "always"; the evidence has the last word. */
function bounded(p: number): number {
  return Math.min(Math.max(p, pMin), 1 - pMin);
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
