/** What a check is worth: the minutes to a fix that its answer saves, one step ahead (DESIGN §9). */

import { pointsOn, type CauseBelief, type MechanismOf, type Works } from "./causes.ts";
import type { StepFacts } from "./facts.ts";
import { sum } from "./numbers.ts";

export interface Candidate {
  readonly step: StepFacts;
  /** With the charge for its risk. */
  readonly costMinutes: number;
}

/** What one look at the causes has to weigh. */
export interface Outlook {
  readonly belief: readonly CauseBelief[];
  readonly fixes: readonly Candidate[];
  readonly works: Works;
  readonly mechanismOf: MechanismOf;
}

const causesMax = 20;
const fixesMax = 20;
/** What an incident takes that none of the fixes ends. */
const elseMinutes = 60;
/** A check that nothing is known of tells something: this share of the time to a fix. */
const shareMin = 0.05;

/** Share of the expected time to a fix that an answer saves, by check; at least a twentieth. */
export function savingsOf(
  checks: readonly StepFacts[],
  outlook: Outlook,
): ReadonlyMap<string, number> {
  const belief = outlook.belief.slice(0, causesMax);
  const known = sum(belief.map(({ p }) => p));
  const chances = outlook.fixes.map(({ step }) =>
    belief.map(({ cause }) => outlook.works(cause, step.id)),
  );
  const minutes = (weights: readonly number[]) => expectedMinutes(weights, chances, outlook.fixes);
  const before = belief.map(({ p }) => p / known);
  const now = minutes(before);
  return new Map(
    checks.map((check) => {
      const on = belief.map(({ cause }) => pointsOn(cause, check, outlook.mechanismOf(cause)));
      const yes = before.map((p, index) => p * (on[index] ?? 0));
      const no = before.map((p, index) => p * (1 - (on[index] ?? 0)));
      const after = sum(yes) * minutes(shares(yes)) + sum(no) * minutes(shares(no));
      return [check.id, shareMin + (1 - shareMin) * Math.max((now - after) / now, 0)];
    }),
  );
}

/** Down the fixes by chance per minute, until one works. */
function expectedMinutes(
  weights: readonly number[],
  chances: readonly (readonly number[])[],
  fixes: readonly Candidate[],
): number {
  const ordered = fixes
    .map(({ costMinutes }, index) => {
      const p = sum(weights.map((weight, cause) => weight * (chances[index]?.[cause] ?? 0)));
      return { p, costMinutes };
    })
    .toSorted((a, b) => b.p / b.costMinutes - a.p / a.costMinutes)
    .slice(0, fixesMax);
  let [minutes, open] = [0, 1];
  for (const { p, costMinutes } of ordered) {
    minutes += open * costMinutes;
    open *= 1 - p;
  }
  return minutes + open * elseMinutes;
}

function shares(masses: readonly number[]): number[] {
  const total = sum(masses);
  return masses.map((mass) => (total === 0 ? 0 : mass / total));
}
