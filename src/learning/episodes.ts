/** The past as it teaches: incidents with their tries, credited and weighted, in an order that does not depend on arrival. */

import { accountOf, creditsOf, type Account } from "./credit.ts";
import { priorOf, type Incident, type Opening, type StepFacts } from "./facts.ts";
import { bounded, byCode } from "./numbers.ts";
import { contextOf, partial, triesOf, type Try } from "./tries.ts";

export interface Trial extends Try {
  /** Mass of success and of failure: confidence, age and recording applied. */
  readonly won: number;
  readonly lost: number;
}

export interface Episode {
  readonly opening: Opening;
  readonly trials: readonly Trial[];
  /** As somebody named it; null: nobody did. */
  readonly label: Cause | null;
  /** By the fix that resolved it; null: none is known. */
  readonly remedy: Cause | null;
  /** In (0, 1]: halves with every 200 incidents. */
  readonly weight: number;
}

export interface Cause {
  /** "cause deploy", or "fix roll-back-deploy". */
  readonly id: string;
  /** What a text may call it. */
  readonly name: string;
}

/** Age, in incidents, at which one weighs half. */
const halfLife = 200;
/** What is older weighs less than a thirtieth, and is not read. */
export const episodesMax = 5 * halfLife;
/** Before anything is known of them: 17 of 20 successes get recorded, 12 of 20 failures. */
const recordedPrior = { all: 20, successes: 17, failures: 12 };
/** How far that may set failures apart. */
const ratioMax = 2;
/** A fix with at least this credit stands for the cause. */
const resolverMin = 0.5;

/** Who hears: the steps that were declared, and what was heard with them already, for an incident never changes. */
export interface Listener {
  readonly steps: ReadonlyMap<string, StepFacts>;
  readonly heard: WeakMap<Incident, Account>;
}

/** Incidents with words or an ending, oldest first. */
export function episodesOf(incidents: readonly Incident[], { steps, heard }: Listener): Episode[] {
  const accounts = incidents
    .filter((incident) => incident.words.size > 0 || incident.ending !== null)
    .toSorted(byTime)
    .slice(-episodesMax)
    .map((incident) => {
      const account = heard.get(incident) ?? hear(incident, steps);
      heard.set(incident, account);
      return account;
    });
  const credits = creditsOf(accounts);
  const lossRatio = lossRatioOf(accounts);
  return accounts.map(({ incident, tries }, index) => {
    const weight = 2 ** (-(accounts.length - 1 - index) / halfLife);
    const credit = credits[index] ?? [];
    const trials = tries.map((one, at): Trial => {
      const success = credit[at] ?? 0;
      const mass = one.weight * weight;
      // A claim that earned no credit was recorded as successes are.
      const claimed = Math.max(one.success - success, 0);
      const failed = 1 - success - claimed;
      const lost = claimed + failed * (one.role === "fix" ? lossRatio : 1);
      return { ...one, success, won: mass * success, lost: mass * lost };
    });
    return {
      opening: incident.opening,
      trials,
      label: labelOf(incident),
      remedy: remedyOf(trials),
      weight,
    };
  });
}

/** By the time of the end, else of the beginning; where no time is told, as they were opened. */
export function byTime(a: Incident, b: Incident): number {
  const [left, right] = [timeOf(a), timeOf(b)];
  if (left === null || right === null) {
    return Number(left !== null) - Number(right !== null) || a.number - b.number;
  }
  return left - right || byCode(a.opening.incident, b.opening.incident);
}

function timeOf(incident: Incident): number | null {
  return incident.ending?.at ?? incident.opening.at;
}

/** A fix that was named without a word on it was tried, and resolved it. */
function hear(incident: Incident, steps: ReadonlyMap<string, StepFacts>): Account {
  const told = triesOf(incident, steps);
  const named = incident.ending?.resolvedBy ?? null;
  const said = named === null ? undefined : steps.get(named);
  const step = said?.role === "fix" ? said : undefined;
  const failed = told.flatMap((one) =>
    one.role === "fix" && one.success <= partial ? [one.step] : [],
  );
  const isTold = told.some((one) => one.step === step?.id);
  const tries =
    step === undefined || isTold
      ? told.map((one) => (one.step === step?.id ? { ...one, weight: 1 } : one))
      : [...told, silentTry(step, contextOf(incident.opening, failed))];
  const priors = tries.map((one) => {
    const of = steps.get(one.step);
    return of === undefined ? 0 : priorOf(of, incident.opening.symptom);
  });
  return accountOf(incident, tries, priors);
}

function silentTry(step: StepFacts, context: readonly string[]): Try {
  return {
    step: step.id,
    role: step.role,
    success: 1,
    weight: 1,
    minutes: null,
    at: null,
    answer: null,
    context,
    said: null,
    evidence: 0,
  };
}

/**
 * Failures count by the ratio at which successes and failures get recorded. An incident that ended without a resolver
 * had a success that nobody recorded, unless it healed by itself; a failure with confidence 0 is known and has no vote.
 * Where there is none of these, the silence itself is not recorded, and the share of recorded failures stays what it
 * was believed to be.
 */
function lossRatioOf(accounts: readonly Account[]): number {
  const failures = accounts.flatMap(({ tries }) =>
    tries.filter((one) => one.role === "fix" && one.success === 0),
  );
  const told = failures.filter((one) => one.weight > 0).length;
  const ended = accounts.filter(
    ({ incident: { ending } }) =>
      ending !== null && (ending.resolvedBy !== null || !ending.isSelfHealed),
  );
  const resolved = ended.filter(
    ({ incident, tries }) =>
      incident.ending?.resolvedBy !== null ||
      tries.some((one) => one.role === "fix" && one.weight > 0 && one.success > partial),
  );
  const { all, ...prior } = recordedPrior;
  const successShare = (prior.successes + resolved.length) / (all + ended.length);
  const failureShare =
    told === failures.length
      ? prior.failures / all
      : (prior.failures + told) / (all + failures.length);
  return bounded(successShare / failureShare, 1 / ratioMax, ratioMax);
}

export function labelOf({ ending }: Incident): Cause | null {
  const label = ending?.cause ?? null;
  return label === null ? null : { id: `cause ${label}`, name: label };
}

function remedyOf(trials: readonly Trial[]): Cause | null {
  const best = trials
    .filter((one) => one.role === "fix")
    .toSorted((a, b) => b.success - a.success || byCode(a.step, b.step))[0];
  if (best === undefined || best.success < resolverMin || best.weight === 0) return null;
  return { id: `fix ${best.step}`, name: best.step };
}
