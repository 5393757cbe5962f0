/** The cause bridge: which causes an incident like this had, what works against each, and what failures and answers say of them (DESIGN §9). */

import type { Cause, Episode } from "./episodes.ts";
import type { Opening, StepFacts } from "./facts.ts";
import { byCode, chanceOf, softmax, sum } from "./numbers.ts";
import type { Base, Situation } from "./pooled.ts";

export interface CauseBelief {
  readonly cause: KnownCause;
  readonly p: number;
}

/** What past incidents of one cause showed; masses by name. */
export interface KnownCause extends Cause {
  readonly mass: number;
  readonly symptoms: ReadonlyMap<string, number>;
  readonly services: ReadonlyMap<string, number>;
  readonly flags: ReadonlyMap<string, number>;
  readonly tries: ReadonlyMap<string, { readonly won: number; readonly all: number }>;
  /** By check: mass of answers that pointed on, and of all answers. */
  readonly answers: ReadonlyMap<string, { readonly helped: number; readonly all: number }>;
}

export interface Causes {
  readonly known: readonly KnownCause[];
  /** All of them together: what symptom, service and flags are like anywhere. */
  readonly any: KnownCause;
}

/** Mass of a cause that was never seen. */
const unseenMass = 2;
/** Strength of what is so anywhere against what is so for one cause, in incidents. */
const smoothing = 2;
/** Strength of the playbook's chance against a cause's own tries. */
const priorTries = 3;
/** A fix works against the cause that is known by nothing but that it worked. */
const ownChance = 0.8;

export function causesOf(
  episodes: readonly Episode[],
  causeOf: (episode: Episode) => Cause | null,
): Causes {
  const byCause = new Map<string, { readonly cause: Cause; readonly episodes: Episode[] }>();
  for (const episode of episodes) {
    const cause = causeOf(episode);
    if (cause === null) continue;
    const own = byCause.get(cause.id) ?? { cause, episodes: [] };
    own.episodes.push(episode);
    byCause.set(cause.id, own);
  }
  const known = [...byCause.values()]
    .toSorted((a, b) => byCode(a.cause.id, b.cause.id))
    .map((own) => countsOf(own.cause, own.episodes));
  return { known, any: countsOf({ id: "", name: "" }, episodes) };
}

/** What lies behind a cause, in the playbook's words; null: not known. */
export type MechanismOf = (cause: KnownCause) => string | null;
export type TextScore = (cause: string, name: string) => number;

/** Best first; the one that was never seen is among them, with the id "". Sums to 1. */
export function beliefIn(
  causes: Causes,
  situation: Situation,
  told: {
    readonly text: TextScore;
    readonly named: readonly Cause[];
    readonly works: Works;
    readonly mechanismOf: MechanismOf;
  },
): CauseBelief[] {
  const unseen = countsOf({ id: "", name: "" }, []);
  const seen = new Set(causes.known.map(({ id }) => id));
  // A text may speak for a fix that has resolved nothing yet.
  const named = told.named
    .filter(({ id, name }) => !seen.has(id) && told.text(id, name) > 0)
    .map((cause) => countsOf(cause, []));
  const candidates = [unseen, ...named, ...causes.known];
  const shares = softmax(
    candidates.map((cause) => {
      const mass = cause.mass + (cause.mass === 0 ? unseenMass / (1 + named.length) : 0);
      const text = cause.id === "" ? 0 : told.text(cause.id, cause.name);
      return (
        Math.log(mass) +
        text +
        contextScore(cause, causes.any, situation.opening) +
        Math.log(shown(cause, situation, told))
      );
    }),
  );
  return candidates
    .map((cause, index) => ({ cause, p: shares[index] ?? 0 }))
    .toSorted((a, b) => b.p - a.p || byCode(a.cause.id, b.cause.id));
}

/** Chance that a step works, or answers, where the cause is known. */
export type Works = (cause: KnownCause, step: string) => number;

export function worksBy(
  steps: ReadonlyMap<string, StepFacts>,
  opening: Opening,
  base: Base,
): Works {
  const starts = new Map([...steps].map(([id, step]) => [id, base(step, opening.symptom)]));
  return (cause, step) => {
    const start = cause.id === `fix ${step}` ? ownChance : (starts.get(step) ?? 0);
    const { won, all } = cause.tries.get(step) ?? { won: 0, all: 0 };
    return (priorTries * start + won) / (priorTries + all);
  };
}

export function chanceBy(belief: readonly CauseBelief[], works: Works, step: string): number {
  return chanceOf(sum(belief.map(({ cause, p }) => p * works(cause, step))));
}

/** Chance that an answer of this check points on, rather than rules out. */
export function pointsOn(cause: KnownCause, check: StepFacts, mechanism: string | null): number {
  const { helped, all } = cause.answers.get(check.id) ?? { helped: 0, all: 0 };
  const start =
    check.mechanism === null || mechanism === null
      ? 0.5
      : check.mechanism === mechanism
        ? 0.8
        : 0.3;
  return (priorTries * start + helped) / (priorTries + all);
}

/** How well failures and answers fit a cause. */
function shown(
  cause: KnownCause,
  { failed, answers }: Situation,
  { works, mechanismOf }: { readonly works: Works; readonly mechanismOf: MechanismOf },
): number {
  let fit = 1;
  for (const step of failed) fit *= 1 - works(cause, step);
  for (const { check, answer } of answers) {
    const on = pointsOn(cause, check, mechanismOf(cause));
    fit *= answer === "helped" ? on : 1 - on;
  }
  return Math.max(fit, 1e-12);
}

/** Log of smoothed counts: how usual symptom, service and flags are for the cause. */
function contextScore(cause: KnownCause, any: KnownCause, opening: Opening): number {
  const share = (of: (counts: KnownCause) => number) => {
    const anywhere = (of(any) + 0.5) / (any.mass + 1);
    return (of(cause) + smoothing * anywhere) / (cause.mass + smoothing);
  };
  let score =
    Math.log(share(({ symptoms }) => symptoms.get(`${opening.symptom}`) ?? 0)) +
    Math.log(share(({ services }) => services.get(`${opening.service}`) ?? 0));
  for (const flag of new Set([...any.flags.keys(), ...opening.flags])) {
    const set = share(({ flags }) => flags.get(flag) ?? 0);
    score += Math.log(opening.flags.includes(flag) ? set : Math.max(1 - set, 1e-6));
  }
  return score;
}

function countsOf({ id, name }: Cause, episodes: readonly Episode[]): KnownCause {
  const symptoms = new Map<string, number>();
  const services = new Map<string, number>();
  const flags = new Map<string, number>();
  const tries = new Map<string, { won: number; all: number }>();
  const answers = new Map<string, { helped: number; all: number }>();
  for (const { opening, trials, weight } of episodes) {
    add(symptoms, `${opening.symptom}`, weight);
    add(services, `${opening.service}`, weight);
    for (const flag of opening.flags) add(flags, flag, weight);
    for (const { step, won, lost, answer, weight: confidence } of trials) {
      const tried = tries.get(step) ?? { won: 0, all: 0 };
      tries.set(step, { won: tried.won + won, all: tried.all + won + lost });
      if (answer === null || confidence === 0) continue;
      const told = answers.get(step) ?? { helped: 0, all: 0 };
      const helped = told.helped + (answer === "helped" ? weight : 0);
      answers.set(step, { helped, all: told.all + weight });
    }
  }
  const mass = sum(episodes.map(({ weight }) => weight));
  return { id, name, mass, symptoms, services, flags, tries, answers };
}

function add(counts: Map<string, number>, key: string, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}
