/** How good the bot's suggestions were, by what people said of them. */

import type { IncidentFacts, ModelFacts, PeriodFacts, StepFacts } from "./facts.ts";
import { placesOf, type Trend } from "./trends.ts";

export interface OwnRecord {
  /** Incidents that have ended. */
  readonly ended: number;
  /** Of these: somebody said what ended them. */
  readonly attested: number;
  readonly byThemselves: number;
  /** Of the attested: something was done that ended them. */
  readonly fixed: number;
  /** Of these: a step among the first three of the first list. */
  readonly fixedByFirstThree: number;
  /** Steps offered, and what became of them; each once an incident. */
  readonly shown: number;
  readonly tried: number;
  readonly helped: number;
  readonly fixes: { readonly tried: number; readonly worked: number };
  readonly checks: { readonly run: number; readonly answered: number };
  readonly worstMiss: Miss | null;
  /** null: not told; a record that was kept before it was counted has none. */
  readonly model?: ModelFacts | null;
}

interface Miss {
  readonly number: number;
  /** What stood first. */
  readonly first: string;
  readonly fixedBy: string;
  /** From the first list. */
  readonly minutes: number;
  /** Mean places of what it was, in lists before and of late; absent: it was in too few. */
  readonly places?: Pick<Trend, "from" | "to">;
}

const firstPlaces = 3;

export function ownRecord({ incidents, steps, model }: Omit<PeriodFacts, "told">): OwnRecord {
  const ended = incidents.filter(({ resolvedAt }) => resolvedAt !== null);
  const attested = ended.filter(({ ending }) => ending !== null);
  const fixed = attested.filter(({ ending }) => ending !== "by-itself");
  const fixes = steps.filter(({ role }) => role === "fix");
  const checks = steps.filter(({ role }) => role === "check");
  return {
    ended: ended.length,
    attested: attested.length,
    byThemselves: attested.length - fixed.length,
    fixed: fixed.length,
    fixedByFirstThree: fixed.filter(({ fix }) => isAmongFirst(fix)).length,
    shown: sum(steps.map(({ shown }) => shown)),
    tried: sum(steps.map(({ tried }) => tried)),
    helped: sum(steps.map(({ helped }) => helped)),
    fixes: {
      tried: sum(fixes.map(({ tried }) => tried)),
      worked: sum(fixes.map(({ worked }) => worked)),
    },
    checks: {
      run: sum(checks.map(({ tried }) => tried)),
      answered: sum(checks.map(({ worked }) => worked)),
    },
    worstMiss: worstMiss(fixed, steps),
    model,
  };
}

function isAmongFirst(fix: IncidentFacts["fix"]): boolean {
  return fix !== null && fix.place !== null && fix.place <= firstPlaces;
}

/** Where what ended it was not among the first three: the one that took longest. */
function worstMiss(fixed: readonly IncidentFacts[], steps: readonly StepFacts[]): Miss | null {
  const misses = fixed.flatMap(({ number, fix, firstOffered }) =>
    fix === null || firstOffered === null || isAmongFirst(fix)
      ? []
      : [{ number, fix, first: firstOffered, minutes: fix.minutes }],
  );
  const [worst] = misses.toSorted((a, b) => b.minutes - a.minutes || a.number - b.number);
  if (worst === undefined) return null;
  const { number, fix, first, minutes } = worst;
  const step = steps.find(({ stepId }) => stepId === fix.stepId);
  const places = step === undefined ? null : placesOf(step);
  return { number, first, fixedBy: fix.title, minutes, ...(places && { places }) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
