/** From two ranked groups to one short list: the best of each first, another angle third, now and then by chance (DESIGN §8, §9). */

import type { StepRole } from "../playbook/step.ts";
import type { Mechanism, Risk, Severity } from "../vocabulary.ts";
import type { Ranked } from "./rank.ts";

export interface Arrangeable extends Ranked {
  readonly role: StepRole;
  readonly mechanism: Mechanism;
  readonly risk: Risk;
  /** How often it was tried anywhere. */
  readonly trials: number;
  /** False: never first of the list, nor before another fix. */
  readonly mayLead: boolean;
}

/** From this severity on (1 is the gravest) fixes come before checks. */
const urgentSeverityMax: Severity = 2;
/** So does a fix that is this likely to end it, at any severity. */
const promisingMin = 0.25;
/** What another angle may cost, and how well it may be known. */
const anglePosition = 3;
const angleMinutesMax = 10;
const angleTrialsMax = 5;

/** How the third place is drawn. */
export interface Draw {
  /** Chance of a draw among all that are eligible, in [0, 1]; 0: the best of them stands there. */
  readonly epsilon: number;
  /** Uniform in [0, 1): whether there is a draw, and which one it is. */
  readonly whether: number;
  readonly which: number;
}

export type Arranged<T> = T & {
  readonly isOtherAngle: boolean;
  /** Chance of this step at this place, given the places before it. */
  readonly propensity: number;
  /** In the third place: what would stand there without chance; null elsewhere. */
  readonly greedy: T | null;
};

/** `ranked`: fixes and checks, each best first. Empty where nothing may stand first. */
export function arrange<T extends Arrangeable>(
  ranked: readonly T[],
  {
    severity,
    max,
    draw,
  }: { readonly severity: Severity; readonly max: number; readonly draw: Draw },
): readonly Arranged<T>[] {
  const isFixFirst =
    severity <= urgentSeverityMax ||
    ranked.some(({ role, mayLead, p }) => role === "fix" && mayLead && p >= promisingMin);
  const roles: readonly StepRole[] = isFixFirst ? ["fix", "check"] : ["check", "fix"];
  const groups = roles.map((role) => leadersFirst(ranked.filter((each) => each.role === role)));
  const list: Arranged<T>[] = [];
  while (list.length < max) {
    const isThird = list.length === anglePosition - 1;
    const angle = isThird ? otherAngle(groups.flat(), list, draw) : undefined;
    const next = angle?.of ?? nextOf(groups, list);
    if (next === undefined) break;
    const greedy = isThird ? (angle?.greedy ?? next) : null;
    const propensity = angle?.propensity ?? 1;
    list.push({ ...next, isOtherAngle: angle !== undefined, propensity, greedy });
    for (const group of groups) if (group.includes(next)) group.splice(group.indexOf(next), 1);
  }
  return list;
}

function leadersFirst<T extends Arrangeable>(group: readonly T[]): T[] {
  return [...group.filter((each) => each.mayLead), ...group.filter((each) => !each.mayLead)];
}

/** The group that has given fewer so far, the first of the two where both gave the same. */
function nextOf<T extends Arrangeable>(groups: readonly T[][], list: readonly T[]): T | undefined {
  const heads = groups.flatMap((group) => group.slice(0, 1));
  if (list.length === 0) return heads.find((each) => each.mayLead);
  const given = (role: StepRole) => list.filter((each) => each.role === role).length;
  return heads.toSorted((a, b) => given(a.role) - given(b.role))[0];
}

/** Another mechanism than the list so far, little tried, cheap and safe; a check before a fix, or whichever is drawn. */
function otherAngle<T extends Arrangeable>(
  rest: readonly T[],
  list: readonly T[],
  { epsilon, whether, which }: Draw,
): { readonly of: T; readonly greedy: T; readonly propensity: number } | undefined {
  const eligible = rest.filter(
    (each) =>
      each.mayLead &&
      !list.some((other) => other.mechanism === each.mechanism) &&
      (each.risk === "read-only" || each.risk === "reversible") &&
      each.minutes <= angleMinutesMax &&
      each.trials < angleTrialsMax,
  );
  const greedy = eligible.find((each) => each.role === "check") ?? eligible[0];
  const drawn = eligible[Math.floor(which * eligible.length)];
  const of = whether < epsilon ? drawn : greedy;
  if (of === undefined || greedy === undefined) return undefined;
  const share = epsilon / eligible.length;
  return { of, greedy, propensity: of === greedy ? 1 - epsilon + share : share };
}
