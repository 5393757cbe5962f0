/** An organisation without hidden causes: what works is a table by symptom, moved by the service. */

import {
  chanceIn,
  madeSteps,
  usualHabits,
  type MadeIncident,
  type World,
} from "./ranking-world.ts";

const symptoms = ["latency", "errors", "crash-loop", "memory", "data-stale"];
const services = ["orders", "stock", "gateway", "auth", "feeds", "billing"];
const stepCount = 24;
const driftAt = 0.6;

export function tableWorld(seed: number, count: number): World {
  const chance = chanceIn("table", seed);
  const logit = (step: string, symptom: string) =>
    -2.8 + 1.5 * chance.normal(step, symptom, "table");
  const pOf = (step: string, symptom: string, service: string | null, number: number) => {
    const offset = service === null ? 0 : 0.8 * chance.normal(step, service, "offset");
    const later =
      number > driftAt * count && chance.unit(step, "drifts") < 0.25
        ? chance.normal(step, "drift") * 1.5
        : 0;
    return 1 / (1 + Math.exp(-(logit(step, symptom) + offset + later)));
  };
  const { steps, minutes } = madeSteps(
    chance,
    stepCount,
    (step, symptom) => pOf(step, symptom, null, 0),
    symptoms,
  );
  const incidents = Array.from({ length: count }, (_, number): MadeIncident => {
    const id = `i${number}`;
    const symptom = chance.weighted(
      symptoms.map((one, index) => [one, 1 / (1 + index)] as const),
      id,
      "symptom",
    );
    const service = chance.pick(services, id, "service");
    const works = steps
      .map(({ id: step }) => step)
      .filter((step) => chance.unit(id, step, "works") < pOf(step, symptom, service, number));
    const [best] = works.toSorted(
      (a, b) => pOf(b, symptom, service, number) - pOf(a, symptom, service, number),
    );
    return {
      id,
      number,
      symptom,
      service,
      flags: chance.unit(id, "deploy") < 0.3 ? ["deploy"] : [],
      cause: groupOf(best ?? "step-0"),
      works: new Set(works),
      healsAfter:
        chance.unit(id, "heals") < 0.1 ? 60 * chance.unit(id, "when") : Number.POSITIVE_INFINITY,
    };
  });
  return {
    name: "tables",
    steps,
    minutes,
    causes: [...new Set(steps.map(({ id }) => groupOf(id)))],
    incidents,
    chance: (incident, step) => pOf(step, incident.symptom, incident.service, incident.number),
    habits: { ...usualHabits, silence: "untold", credit: "clicked" },
  };
}

/** What people call the cause: the kind of step that mended it. */
function groupOf(step: string): string {
  return `kind-${Number(step.slice("step-".length)) % 8}`;
}
