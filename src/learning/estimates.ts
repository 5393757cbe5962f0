/** What each remaining step of an incident promises: its chance by three estimates, its cost, and the index that the order is by. */

import type { Risk } from "../vocabulary.ts";
import {
  beliefIn,
  chanceBy,
  worksBy,
  type CauseBelief,
  type KnownCause,
  type Works,
} from "./causes.ts";
import { savingsOf, type Candidate } from "./checks.ts";
import type { Incident, Said, StepFacts } from "./facts.ts";
import { minutesOf, type Fit } from "./fit.ts";
import { logistic, logit } from "./numbers.ts";
import type { Situation } from "./pooled.ts";
import { similarities, similarOf } from "./similar.ts";
import type { Standing } from "./standing.ts";
import { partial, triesOf } from "./tries.ts";
import { textScores, type Wording } from "./wording.ts";

export interface Estimate extends Candidate {
  readonly said: Said;
  readonly p: number;
  readonly minutes: number;
  /** Chance per minute; of a check the share of time that it saves per minute, so that both stand in one order. */
  readonly score: number;
}

export interface Knowledge {
  readonly fit: Fit;
  readonly steps: ReadonlyMap<string, StepFacts>;
  readonly wording: Wording;
  readonly standing: Standing;
}

/** Minutes added to a step's cost for what it may break. */
const riskMinutes: Readonly<Record<Risk, number>> = {
  "read-only": 0,
  reversible: 5,
  disruptive: 10,
  irreversible: 60,
};
/** What one person's "not for us" leaves of the odds. */
const doubtedOdds = 0.25;

export function estimatesIn(incident: Incident, knowledge: Knowledge): Estimate[] {
  const { fit, steps, standing } = knowledge;
  const situation = situationOf(incident, steps);
  const works = worksBy(steps, incident.opening, fit.base);
  const belief = beliefOf(situation, knowledge, works);
  const similar = similarOf(similarities(fit.episodes, situation), situation, fit.pooled);
  const remaining = [...steps.values()].filter(({ id }) => !standing.out.has(id));
  const estimates = remaining.map((step): Omit<Estimate, "score"> => {
    const trials = fit.trials.get(step.id) ?? [];
    const said: Said = [
      logit(fit.pooled(step, situation)),
      logit(similar(step, trials)),
      logit(chanceBy(belief, works, step.id)),
    ];
    const blended = fit.blend(said, step.role);
    const isDoubted = standing.doubted.has(step.id);
    const minutes = minutesOf(step, trials);
    return {
      step,
      said,
      p: isDoubted ? logistic(logit(blended) + Math.log(doubtedOdds)) : blended,
      minutes,
      costMinutes: minutes + (step.risk === null ? 0 : riskMinutes[step.risk]),
    };
  });
  const savings = savingsOf(
    remaining.filter(({ role }) => role === "check"),
    {
      belief,
      fixes: estimates.filter(({ step }) => step.role === "fix"),
      works,
      mechanismOf: mechanismsBy(steps),
    },
  );
  return estimates.map((one) => ({
    ...one,
    score: (one.p * (savings.get(one.step.id) ?? 1)) / one.costMinutes,
  }));
}

function situationOf(incident: Incident, steps: ReadonlyMap<string, StepFacts>): Situation {
  const tries = triesOf(incident, steps);
  const considered = [...incident.words.values()].filter(
    ({ label, step }) => label === "already_considered" && steps.get(step)?.role === "fix",
  );
  const failed = tries.filter(({ role, success }) => role === "fix" && success <= partial);
  return {
    opening: incident.opening,
    failed: new Set([...considered, ...failed].map(({ step }) => step)),
    answers: tries.flatMap(({ step, answer }) => {
      const check = steps.get(step);
      return check === undefined || answer === null ? [] : [{ check, answer }];
    }),
  };
}

function beliefOf(situation: Situation, knowledge: Knowledge, works: Works): CauseBelief[] {
  const { fit, steps, wording } = knowledge;
  const score = textScores(wording, situation.opening.text);
  return beliefIn(fit.causes, situation, {
    works,
    mechanismOf: mechanismsBy(steps),
    text: score,
    named: [...steps.values()]
      .filter(({ role }) => role === "fix")
      .map(({ id }) => ({ id: `fix ${id}`, name: id })),
  });
}

/** A cause that is known by its fix is of that fix's mechanism; a label is its own. */
function mechanismsBy(steps: ReadonlyMap<string, StepFacts>): (cause: KnownCause) => string | null {
  return ({ id, name }) => {
    if (id === "") return null;
    return id.startsWith("cause ") ? name : (steps.get(name)?.mechanism ?? null);
  };
}
