/** Cases by themselves: a class that heals by itself, a check that halves what may be behind it, and how long ranking takes. */

import {
  declareStep,
  closeIncident,
  newLearner,
  openIncident,
  recordOutcome,
  type Learner,
} from "../src/learning/learner.ts";
import { episodesMax } from "../src/learning/episodes.ts";
import { rank, type Ranking } from "../src/learning/rank.ts";
import type { StepFacts } from "../src/learning/facts.ts";
import { quantile } from "./figures.ts";
import { chanceIn } from "./ranking-world.ts";

const step = (id: string, facts: Partial<StepFacts> = {}): StepFacts => ({
  id,
  role: "fix",
  minutes: 5,
  risk: null,
  mechanism: null,
  prior: { "*": 0.1 },
  ...facts,
});

function begin(
  learner: Learner,
  incident: string,
  facts: { symptom: string; service?: string; text?: string },
): void {
  openIncident(learner, {
    incident,
    service: "shop",
    flags: [],
    text: "",
    severity: 2,
    at: null,
    ...facts,
  });
}

function orderOf(ranking: Ranking) {
  return ranking.ok ? ranking.order : [];
}

const word = { by: "u1", minutes: 5, confidence: 1, at: null } as const;

/** What 200 incidents make of a step that does nothing, in a class that heals by itself: its chance afterwards, less that before. */
export function uselessLift(healing: number, confidence: number, seed: number): number {
  const learner = newLearner();
  const chance = chanceIn("healing", seed, healing, confidence);
  for (const id of ["useless", "real", "other"]) declareStep(learner, step(id));
  const p = (incident: string) => {
    begin(learner, incident, { symptom: "flapping" });
    return orderOf(rank(learner, incident)).find((one) => one.step === "useless")?.p ?? 0;
  };
  const before = p("before");
  for (let number = 0; number < 200; number += 1) {
    const id = `i${number}`;
    begin(learner, id, { symptom: "flapping" });
    const isTried = chance.unit(id, "tried") < 0.6;
    const heals = chance.unit(id, "heals") < healing;
    if (isTried)
      recordOutcome(learner, id, {
        ...word,
        confidence,
        step: "useless",
        label: heals ? "resolved" : "no_effect",
      });
    if (!heals) recordOutcome(learner, id, { ...word, step: "real", label: "resolved" });
    closeIncident(learner, id, { cause: null, resolvedBy: heals ? null : "real" });
  }
  return p("after") - before;
}

/** The place of a halving check among the checks, from use to use; labels tell the cause or nobody does. */
export function halvingPlaces(seed: number, isLabelled: boolean): number[] {
  const learner = newLearner();
  const chance = chanceIn("halving", seed);
  const causes = ["a", "b", "c", "d"];
  for (const cause of causes)
    declareStep(learner, step(`mend-${cause}`, { prior: { "*": 0.25 }, minutes: 10 }));
  for (const id of ["halves", "look-1", "look-2", "look-3"])
    declareStep(learner, step(id, { role: "check", prior: { "*": 0.5 } }));
  return Array.from({ length: 60 }, (_, number) => {
    const id = `i${number}`;
    const cause = chance.pick(causes, id, "cause");
    begin(learner, id, { symptom: "latency" });
    const checks = orderOf(rank(learner, id)).filter(({ role }) => role === "check");
    recordOutcome(learner, id, {
      ...word,
      step: "halves",
      label: cause < "c" ? "helped" : "ruled_out",
    });
    for (const { step: tried, role } of orderOf(rank(learner, id))) {
      if (role === "check") continue;
      const isIt = tried === `mend-${cause}`;
      recordOutcome(learner, id, { ...word, step: tried, label: isIt ? "resolved" : "no_effect" });
      if (isIt) break;
    }
    closeIncident(learner, id, { cause: isLabelled ? cause : null, resolvedBy: `mend-${cause}` });
    return checks.findIndex((one) => one.step === "halves");
  });
}

/** All of them in incidents that are read: of more than so many the older ones would cost nothing. */
const wordsEach = 5;

/** CPU milliseconds with 60 steps and 5,000 outcomes: a list of a new incident, and an outcome; medians of 25. */
export function speeds(): { readonly listMs: number; readonly outcomeMs: number } {
  const learner = newLearner();
  const chance = chanceIn("speed");
  for (let index = 0; index < 60; index += 1)
    declareStep(learner, step(`step-${index}`, { role: index % 3 === 0 ? "check" : "fix" }));
  const pick = (id: string, what: string, count: number) =>
    `${what}-${Math.floor(count * chance.unit(id, what))}`;
  const learn = (id: string) => {
    begin(learner, id, {
      symptom: pick(id, "symptom", 6),
      service: pick(id, "service", 8),
      text: `${pick(id, "word", 40)} ${pick(id, "other", 40)}`,
    });
    const took = Array.from({ length: wordsEach }, (_, turn) => {
      const from = process.cpuUsage();
      recordOutcome(learner, id, {
        ...word,
        step: pick(`${id} ${turn}`, "step", 60),
        label: turn < wordsEach - 1 ? "no_effect" : "resolved",
      });
      return spent(from);
    });
    closeIncident(learner, id, { cause: null, resolvedBy: null });
    return took;
  };
  for (let number = 0; number < episodesMax; number += 1) learn(`i${number}`);
  begin(learner, "first", { symptom: "symptom-1" });
  rank(learner, "first");
  const rounds = Array.from({ length: 25 }, (_, number) => {
    const outcomes = learn(`late ${number}`);
    begin(learner, `new ${number}`, {
      symptom: "symptom-1",
      service: "service-1",
      text: "word-1 other-2",
    });
    const from = process.cpuUsage();
    rank(learner, `new ${number}`);
    return { outcomes, list: spent(from) };
  });
  return {
    listMs: quantile(
      rounds.map(({ list }) => list),
      0.5,
    ),
    outcomeMs: quantile(
      rounds.flatMap(({ outcomes }) => outcomes),
      0.5,
    ),
  };
}

function spent(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
