/** The orders that the ranker is measured against, and the ranker itself through its public functions. */

import type { Word } from "../src/learning/facts.ts";
import {
  closeIncident,
  configure,
  declareStep,
  newLearner,
  openIncident,
  recordOutcome,
} from "../src/learning/learner.ts";
import { rank } from "../src/learning/rank.ts";
import type { Policy } from "./ranking-play.ts";
import { chanceIn, type MadeIncident, type World } from "./ranking-world.ts";

type PolicyName =
  | "fixed order"
  | "most often resolved"
  | "naive success rate"
  | "naive per symptom"
  | "naive per symptom / cost"
  | "playbook p/c"
  | "oracle"
  | "learner";

export function policiesOf(world: World, seed: number): Readonly<Record<PolicyName, () => Policy>> {
  const told = (step: string, symptom: string) => {
    const prior = world.steps.find(({ id }) => id === step)?.prior ?? {};
    return prior[symptom] ?? prior["*"] ?? 0;
  };
  const cost = new Map(world.steps.map(({ id, minutes }) => [id, minutes]));
  const perMinute = (step: string) => cost.get(step) ?? 1;
  return {
    "fixed order": () => fixed(world, (_, step) => told(step, "*")),
    "most often resolved": () =>
      counting(
        world,
        () => "",
        (counts) => counts.resolved,
      ),
    "naive success rate": () => counting(world, () => "", rate),
    "naive per symptom": () => counting(world, ({ symptom }) => symptom, rate),
    "naive per symptom / cost": () =>
      counting(
        world,
        ({ symptom }) => symptom,
        (counts, step) => rate(counts) / perMinute(step),
      ),
    "playbook p/c": () =>
      fixed(world, ({ symptom }, step) => told(step, symptom) / perMinute(step)),
    oracle: () => oracle(world),
    learner: () => learning(world, seed),
  };
}

const nothing = { open: () => {}, word: () => {}, close: () => {} };

function fixed(world: World, score: (incident: MadeIncident, step: string) => number): Policy {
  return { ...nothing, order: (incident) => ordered(world, (step) => score(incident, step)) };
}

interface Counts {
  readonly tried: number;
  readonly resolved: number;
}

const rate = ({ tried, resolved }: Counts) => (resolved + 1) / (tried + 2);

/** From what was recorded, as anybody would count it. */
function counting(
  world: World,
  group: (incident: MadeIncident) => string,
  score: (counts: Counts, step: string) => number,
): Policy {
  const counts = new Map<string, Counts>();
  const key = (incident: MadeIncident, step: string) => JSON.stringify([group(incident), step]);
  const countsFor = (incident: MadeIncident, step: string) =>
    counts.get(key(incident, step)) ?? { tried: 0, resolved: 0 };
  return {
    ...nothing,
    order: (incident) => ordered(world, (step) => score(countsFor(incident, step), step)),
    word: (incident, { step, label, confidence }) => {
      if (confidence === 0) return;
      const { tried, resolved } = countsFor(incident, step);
      counts.set(key(incident, step), {
        tried: tried + 1,
        resolved: resolved + Number(label === "resolved"),
      });
    },
  };
}

/** Knows the true chances, given what can be seen and what failed. */
function oracle(world: World): Policy {
  let failed = new Set<string>();
  return {
    ...nothing,
    open: () => {
      failed = new Set();
    },
    order: (incident) =>
      ordered(
        world,
        (step) => world.chance(incident, step, failed) / (world.minutes.get(step) ?? 1),
      ),
    word: (_, { step, label }) => {
      if (label !== "resolved") failed.add(step);
    },
  };
}

function learning(world: World, seed: number): Policy {
  const learner = newLearner();
  configure(learner, { seed, explore: true, slots: 5 });
  for (const step of world.steps) declareStep(learner, step);
  return {
    open: ({ id, service, symptom, flags }) =>
      openIncident(learner, {
        incident: id,
        service,
        symptom,
        flags,
        text: "",
        severity: 2,
        at: null,
      }),
    order: ({ id }) => {
      const ranking = rank(learner, id);
      return ranking.ok ? ranking.order : [];
    },
    word: ({ id }, word: Word) => {
      recordOutcome(learner, id, word);
    },
    close: ({ id }, ending) => {
      closeIncident(learner, id, ending);
    },
  };
}

function ordered(world: World, score: (step: string) => number) {
  return world.steps
    .map(({ id }) => ({ step: id, score: score(id) }))
    .toSorted((a, b) => b.score - a.score);
}

/** The same policy, told every word of another step: a control that must not gain. */
export function shuffled(policy: Policy, world: World, seed: number): Policy {
  const chance = chanceIn("shuffled", seed);
  return {
    ...policy,
    word: (incident, word) =>
      policy.word(incident, {
        ...word,
        step: chance.pick(world.steps, incident.id, word.step).id,
      }),
    close: (incident) => policy.close(incident, { cause: null, resolvedBy: null }),
  };
}
