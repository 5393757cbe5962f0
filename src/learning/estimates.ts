/** What each remaining step of an incident promises: its chance by three estimates, its cost, and the index that the order is by. */

import type { Risk } from "../vocabulary.ts";
import { beliefIn, chanceBy, worksBy, type CauseBelief, type Works } from "./causes.ts";
import { savingsOf, type Candidate } from "./checks.ts";
import type { Incident, Said, StepFacts } from "./facts.ts";
import { minutesOf, type Fit } from "./fit.ts";
import type { KnownCause } from "./known-causes.ts";
import { logistic, logit, sum } from "./numbers.ts";
import type { Situation } from "./pooled.ts";
import { similarities, similarOf } from "./similar.ts";
import type { Standing } from "./standing.ts";
import { partial, triesOf } from "./tries.ts";
import { textScores, type Wordings } from "./wording.ts";

export interface Estimate extends Candidate {
  readonly said: Said;
  readonly p: number;
  readonly minutes: number;
  /** Share of the time to a fix that its answer saves; 1 for a fix. */
  readonly saves: number;
  /** Chance per minute; of a check the share of time that it saves per minute, so that both stand in one order. */
  readonly score: number;
}

export interface Knowledge {
  readonly fit: Fit;
  readonly steps: ReadonlyMap<string, StepFacts>;
  readonly wordings: Wordings;
  readonly standing: Standing;
}

/** Minutes added to a step's cost for what it may break. */
export const riskMinutes: Readonly<Record<Risk, number>> = {
  "read-only": 0,
  reversible: 5,
  disruptive: 10,
  irreversible: 60,
};
/** What one person's "not for us" leaves of the odds. */
const doubtedOdds = 0.25;
/** Of the view by labels, where every cause was named. */
const labelShareMax = 0.5;

export function estimatesIn(incident: Incident, knowledge: Knowledge): Estimate[] {
  const { fit, steps, standing } = knowledge;
  const situation = situationOf(incident, steps);
  const works = worksBy(steps, incident.opening, fit.start);
  const views = viewsOf(situation, knowledge, works);
  const similar = similarOf(similarities(fit.episodes, situation), situation, fit.pooled);
  const remaining = [...steps.values()].filter(({ id }) => !standing.out.has(id));
  const estimates = remaining.map((step): Omit<Estimate, "score" | "saves"> => {
    const trials = fit.trials.get(step.id) ?? [];
    const said: Said = [
      logit(fit.pooled(step, situation)),
      logit(similar(step, trials)),
      logit(sum(views.map(({ share, belief }) => share * chanceBy(belief, works, step.id)))),
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
      belief: views.toSorted((a, b) => b.share - a.share)[0]?.belief ?? [],
      fixes: estimates.filter(({ step }) => step.role === "fix"),
      works,
      mechanismOf: mechanismsBy(steps),
    },
  );
  return estimates.map((one) => {
    const saves = savings.get(one.step.id) ?? 1;
    return { ...one, saves, score: (one.p * saves) / one.costMinutes };
  });
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

interface View {
  readonly share: number;
  readonly belief: readonly CauseBelief[];
}

/** By what people named and by what resolved: labels weigh at most half, for they may be coarser and are sometimes wrong. */
function viewsOf(situation: Situation, knowledge: Knowledge, works: Works): View[] {
  const { fit, steps, wordings } = knowledge;
  const { text } = situation.opening;
  const mechanismOf = mechanismsBy(steps);
  const labelShare = labelShareMax * fit.labelShare;
  const fixes = [...steps.values()]
    .filter(({ role }) => role === "fix")
    .map(({ id }) => ({ id: `fix ${id}`, name: id }));
  const remedies = { works, mechanismOf, named: fixes, text: textScores(wordings.remedies, text) };
  const byRemedy = { share: 1 - labelShare, belief: beliefIn(fit.remedies, situation, remedies) };
  if (labelShare === 0) return [byRemedy];
  const labels = { works, mechanismOf, named: [], text: textScores(wordings.labels, text) };
  return [{ share: labelShare, belief: beliefIn(fit.labels, situation, labels) }, byRemedy];
}

/** A cause that is known by its fix is of that fix's mechanism; a label is its own. */
function mechanismsBy(steps: ReadonlyMap<string, StepFacts>): (cause: KnownCause) => string | null {
  return ({ id, name }) => {
    if (id === "") return null;
    return id.startsWith("cause ") ? name : (steps.get(name)?.mechanism ?? null);
  };
}
