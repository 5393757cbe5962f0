/** An organisation whose incidents have hidden causes: each cause has its symptoms, services, flags, and few steps that work. */

import {
  chanceIn,
  madeSteps,
  usualHabits,
  type MadeIncident,
  type World,
} from "./ranking-world.ts";

const symptoms = ["latency", "errors", "availability", "saturation", "memory", "queue"];
const services = ["checkout", "cart", "search", "users", "payments", "mail", "media", "api"];
const flags = ["deploy", "config", "traffic"];
const causeCount = 12;
const stepCount = 30;
/** Chance of a step that has nothing to do with the cause. */
const strayChance = 0.02;
/** A third of the causes have other remedies from here on. */
const driftAt = 0.5;

interface Cause {
  readonly name: string;
  readonly frequency: number;
  readonly symptoms: ReadonlyMap<string, number>;
  readonly services: ReadonlyMap<string, number>;
  readonly flags: ReadonlyMap<string, number>;
  readonly remedies: ReadonlyMap<string, number>;
  readonly laterRemedies: ReadonlyMap<string, number>;
}

export function latentWorld(seed: number, count: number): World {
  const chance = chanceIn("latent", seed);
  const causes = Array.from({ length: causeCount }, (_, index) =>
    madeCause(chance, `cause-${index}`, index),
  );
  const remedies = (cause: Cause, number: number) =>
    number < driftAt * count ? cause.remedies : cause.laterRemedies;
  const posterior = (symptom: string, service: string | null, set: readonly string[] | null) => {
    const weights = causes.map((cause) => {
      let weight = cause.frequency * (cause.symptoms.get(symptom) ?? 0);
      if (service !== null) weight *= cause.services.get(service) ?? 0;
      if (set !== null)
        for (const flag of flags) {
          const p = cause.flags.get(flag) ?? 0;
          weight *= set.includes(flag) ? p : 1 - p;
        }
      return weight;
    });
    const total = weights.reduce((sum, one) => sum + one, 0);
    return weights.map((weight) => weight / total);
  };
  const truth = (step: string, symptom: string) =>
    posterior(symptom, null, null).reduce(
      (sum, p, index) => sum + p * (causes[index]?.remedies.get(step) ?? strayChance),
      0,
    );
  const { steps, minutes } = madeSteps(chance, stepCount, truth, symptoms);
  const incidents = Array.from({ length: count }, (_, number): MadeIncident => {
    const id = `i${number}`;
    const cause = chance.weighted(
      causes.map((one) => [one, one.frequency] as const),
      id,
      "cause",
    );
    const set = flags.filter((flag) => chance.unit(id, flag) < (cause.flags.get(flag) ?? 0));
    const remedy = remedies(cause, number);
    return {
      id,
      number,
      service: chance.weighted([...cause.services], id, "service"),
      symptom: chance.weighted([...cause.symptoms], id, "symptom"),
      flags: set,
      cause: cause.name,
      works: new Set(
        steps
          .filter(
            (step) => chance.unit(id, step.id, "works") < (remedy.get(step.id) ?? strayChance),
          )
          .map(({ id: step }) => step),
      ),
      healsAfter:
        chance.unit(id, "heals") < 0.1 ? 60 * chance.unit(id, "when") : Number.POSITIVE_INFINITY,
    };
  });
  return {
    name: "hidden causes",
    steps,
    minutes,
    causes: causes.map(({ name }) => name),
    incidents,
    chance: (incident, step, failed) => {
      const before = posterior(incident.symptom, incident.service, incident.flags);
      const after = before.map((p, index) => {
        const cause = causes[index];
        if (cause === undefined) return 0;
        const remedy = remedies(cause, incident.number);
        return [...failed].reduce((left, one) => left * (1 - (remedy.get(one) ?? strayChance)), p);
      });
      const total = after.reduce((sum, one) => sum + one, 0);
      return after.reduce((sum, p, index) => {
        const cause = causes[index];
        return cause === undefined
          ? sum
          : sum + (p / total) * (remedies(cause, incident.number).get(step) ?? strayChance);
      }, 0);
    },
    habits: { ...usualHabits, silence: "known", credit: "named" },
  };
}

function madeCause(chance: ReturnType<typeof chanceIn>, name: string, index: number): Cause {
  const remediesOf = (when: string) =>
    new Map(
      Array.from({ length: 1 + Math.floor(3 * chance.unit(name, when, "how many")) }, (_, at) => [
        `step-${Math.floor(stepCount * chance.unit(name, when, at))}`,
        0.45 + 0.5 * chance.unit(name, when, at, "p"),
      ]),
    );
  const peaked = (items: readonly string[], what: string, spread: number) =>
    new Map(items.map((item) => [item, Math.exp(spread * chance.normal(name, what, item))]));
  const remedies = remediesOf("first");
  return {
    name,
    frequency: 1 / (1 + index * 0.5),
    symptoms: normed(peaked(symptoms, "symptom", 2)),
    services: normed(peaked(services, "service", 1.5)),
    flags: new Map(flags.map((flag) => [flag, chance.unit(name, flag) < 0.35 ? 0.8 : 0.1])),
    remedies,
    laterRemedies: index % 3 === 2 ? remediesOf("later") : remedies,
  };
}

function normed(weights: ReadonlyMap<string, number>): Map<string, number> {
  const total = [...weights.values()].reduce((sum, one) => sum + one, 0);
  return new Map([...weights].map(([key, weight]) => [key, weight / total]));
}
