/** The cause bridge: which causes an incident like this had, what works against each, and what failures and answers say of them (DESIGN §9). */

import type { Cause } from "./episodes.ts";
import type { Opening, StepFacts } from "./facts.ts";
import {
  answerChance,
  blank,
  contextScore,
  mendingChance,
  ownStart,
  type Causes,
  type KnownCause,
  type Start,
} from "./known-causes.ts";
import { byCode, chanceOf, softmax, sum } from "./numbers.ts";
import type { Situation } from "./pooled.ts";

export interface CauseBelief {
  readonly cause: KnownCause;
  readonly p: number;
}

/** Mass of a cause that was never seen. */
const unseenMass = 2;
/** Strength of what a mechanism says of an answer, in answers. */
const priorAnswers = 3;

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
  const unseen = blank({ id: "", name: "" });
  const seen = new Set(causes.known.map(({ id }) => id));
  // A text may speak for a fix that has resolved nothing yet.
  const named = told.named
    .filter(({ id, name }) => !seen.has(id) && told.text(id, name) > 0)
    .map(blank);
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
  start: Start,
): Works {
  const starts = new Map(
    [...steps.values()].map(({ id, role }) => [id, { role, p: start(id, opening.symptom) }]),
  );
  return (cause, step) => {
    const { role, p } = starts.get(step) ?? { role: "fix", p: 0 };
    const seen = cause.tries.get(step) ?? { won: 0, lost: 0 };
    return role === "fix" ? mendingChance(ownStart(cause, step, p), seen) : answerChance(p, seen);
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
  return (priorAnswers * start + helped) / (priorAnswers + all);
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
