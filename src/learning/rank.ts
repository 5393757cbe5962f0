/** The order of an incident's remaining steps: by chance per minute, checks by what they save, exploration in the third place (DESIGN §9). */

import type { Risk } from "../vocabulary.ts";
import { estimatesIn, type Estimate } from "./estimates.ts";
import { epsilonAt, thirdPlace, withExploration, type Placed } from "./exploration.ts";
import type { Incident, ThirdPlace } from "./facts.ts";
import type { Fit } from "./fit.ts";
import {
  fitWithout,
  keepList,
  wordingsOf,
  type Learner,
  type OrderItem,
  type Refusal,
} from "./learner.ts";
import { byCode } from "./numbers.ts";
import { standingIn } from "./standing.ts";
import { partial } from "./tries.ts";

/** What chance may choose: steps with so little history that are this cheap, and break nothing that stays broken. */
const triesMax = 5;
const costMinutesMax = 15;

export type Ranking = { readonly ok: true; readonly order: readonly OrderItem[] } | Refusal;

/** All steps that remain, best first; the same list again until something new is known. */
export function rank(learner: Learner, id: string): Ranking {
  const incident = learner.incidents.get(id);
  if (incident === undefined) return { ok: false, field: "incident", why: "not opened" };
  const known = learner.lists.get(id);
  if (known !== undefined) return { ok: true, order: known.order };
  const fit = fitWithout(learner, id);
  const estimates = estimatesOf(learner, incident, fit);
  const greedy = safeFirst(
    estimates.toSorted((a, b) => b.score - a.score || byCode(a.step.id, b.step.id)),
  );
  const placed = withExploration(greedy, (estimate) => isExplorable(estimate, fit), {
    epsilon: epsilonIn(learner, incident),
    draw: [learner.settings.seed, id, learner.shown.get(id)?.length ?? 0],
  });
  const list = {
    order: placed.map((place) => itemOf(place, fit, incident)),
    said: new Map(estimates.map(({ step, said }) => [step.id, said])),
  };
  keepList(learner, id, { list, third: thirdOf(placed, greedy, incident) });
  return { ok: true, order: list.order };
}

/** What each remaining step promises, in no order; of an incident that was not opened nothing. */
export function promisesIn(learner: Learner, id: string): readonly Estimate[] {
  const incident = learner.incidents.get(id);
  return incident === undefined ? [] : estimatesOf(learner, incident, fitWithout(learner, id));
}

function estimatesOf(learner: Learner, incident: Incident, fit: Fit): Estimate[] {
  return estimatesIn(incident, {
    fit,
    steps: learner.steps,
    wordings: wordingsOf(learner),
    standing: standingIn(learner.incidents.values(), incident),
  });
}

/** What cannot be undone is never first, unless there is nothing else. */
function safeFirst(ordered: readonly Estimate[]): readonly Estimate[] {
  const first = ordered.find(({ step }) => step.risk !== "irreversible");
  return first === undefined ? ordered : [first, ...ordered.filter((one) => one !== first)];
}

function isExplorable({ step, costMinutes }: Estimate, fit: Fit): boolean {
  const explorable: readonly (Risk | null)[] = [null, "read-only", "reversible"];
  const tries = fit.trials.get(step.id)?.length ?? 0;
  return explorable.includes(step.risk) && tries < triesMax && costMinutes <= costMinutesMax;
}

function epsilonIn({ settings, incidents }: Learner, { opening }: Incident): number {
  if (!settings.explore || settings.slots <= thirdPlace) return 0;
  const ended = [...incidents.values()].filter(({ ending }) => ending !== null).length;
  return epsilonAt(opening.severity, ended);
}

function itemOf(place: Placed<Estimate>, fit: Fit, { opening }: Incident): OrderItem {
  const { step, p, minutes } = place.item;
  const similar = (fit.trials.get(step.id) ?? []).filter(
    ({ episode }) => episode.opening.symptom === opening.symptom,
  );
  return {
    step: step.id,
    role: step.role,
    p,
    minutes,
    propensity: place.propensity,
    tried: similar.length,
    resolved: similar.filter(({ trial }) => trial.success > partial).length,
    explore: place.isExplored,
  };
}

function thirdOf(
  placed: readonly Placed<Estimate>[],
  greedy: readonly Estimate[],
  incident: Incident,
): ThirdPlace | null {
  const [third, usual] = [placed[thirdPlace], greedy[thirdPlace]];
  if (third === undefined || usual === undefined) return null;
  return {
    step: third.item.step.id,
    propensity: third.propensity,
    p: third.item.p,
    greedy: usual.step.id,
    greedyP: usual.p,
    words: incident.words.size,
  };
}
