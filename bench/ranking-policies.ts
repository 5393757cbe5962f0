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

/** From what was recorded, as anybody would count it; a later word of the same person on a step takes the place of the earlier one. */
function counting(
  world: World,
  group: (incident: MadeIncident) => string,
  score: (counts: Counts, step: string) => number,
): Policy {
  const counts = new Map<string, Counts>();
  const votes = new Map<string, number>();
  const key = (incident: MadeIncident, step: string) => JSON.stringify([group(incident), step]);
  const countsFor = (incident: MadeIncident, step: string) =>
    counts.get(key(incident, step)) ?? { tried: 0, resolved: 0 };
  return {
    ...nothing,
    order: (incident) => ordered(world, (step) => score(countsFor(incident, step), step)),
    word: (incident, { step, label, confidence, by }) => {
      if (confidence === 0) return;
      const { tried, resolved } = countsFor(incident, step);
      const vote = JSON.stringify([incident.id, step, by]);
      const before = votes.get(vote);
      const now = Number(label === "resolved");
      votes.set(vote, now);
      counts.set(key(incident, step), {
        tried: tried + Number(before === undefined),
        resolved: resolved + now - (before ?? 0),
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

/**
 * The same policy, told of each step that was tried what became of some other try: a control that must not gain. What
 * was tried, and how much is written down, stays as it is.
 */
export function shuffled(policy: Policy, seed: number): Policy {
  const chance = chanceIn("shuffled", seed);
  const told: Pick<Word, "label" | "confidence" | "minutes">[] = [];
  const causes: (string | null)[] = [];
  const tried = new Map<string, string[]>();
  return {
    ...policy,
    word: (incident, word) => {
      const { step, label, confidence, minutes } = word;
      told.push({ label, confidence, minutes });
      tried.set(incident.id, [...(tried.get(incident.id) ?? []), step]);
      policy.word(incident, { ...word, ...chance.pick(told, incident.id, step, told.length) });
    },
    close: (incident, { cause, resolvedBy }) => {
      causes.push(cause);
      const steps = tried.get(incident.id) ?? [];
      policy.close(incident, {
        cause: chance.pick(causes, incident.id, "cause"),
        resolvedBy: resolvedBy === null ? null : chance.pick(steps, incident.id, "resolver"),
      });
    },
  };
}
