/** What is counted of the language model: how it was asked, what it used and may use, and whether it is left alone. */

import { Gauge, type Registry } from "prom-client";
import type { Meter } from "../../flows/meter.ts";
import type { ModelLimits } from "../../flows/model-ports.ts";
import { instruments } from "./instruments.ts";

export interface ModelMeter extends Pick<Meter, "modelAsked" | "questionAnswered" | "toolCalled"> {
  /** The model's server is left alone because it keeps failing, or is asked again. */
  modelResting(isResting: boolean): void;
  modelMay(use: Omit<ModelLimits, "prices">): void;
}

export function modelCounted(registry: Registry): ModelMeter {
  const { count, time } = instruments(registry);
  const calls = count("hindsight_model_calls_total", "What became of asking the model.", [
    "purpose",
    "ended",
  ]);
  const took = time("hindsight_model_seconds", "From asking the model to its answer.", ["purpose"]);
  const tokens = count("hindsight_model_tokens_total", "Tokens that the model used.", [
    "purpose",
    "direction",
  ]);
  const cost = count(
    "hindsight_model_cost_total",
    "What they cost by the prices that are set.",
    [],
  );
  return {
    modelAsked: (purpose, ended, used) => {
      calls.inc({ purpose, ended });
      if (used.seconds > 0) took.observe({ purpose }, used.seconds);
      tokens.inc({ purpose, direction: "in" }, used.tokens.in);
      tokens.inc({ purpose, direction: "out" }, used.tokens.out);
      if (used.cost !== null) cost.inc(used.cost);
    },
    ...questionsCounted(registry),
    ...modelGauges(registry),
  };
}

function modelGauges(registry: Registry): Pick<ModelMeter, "modelResting" | "modelMay"> {
  const may = new Gauge({
    name: "hindsight_model_tokens_max",
    help: "Tokens that an incident, and a day in UTC, may use.",
    labelNames: ["per"],
    registers: [registry],
  });
  const mayCost = new Gauge({
    name: "hindsight_model_cost_max",
    help: "What an incident, and a day in UTC, may cost; absent where no such ceiling is set.",
    labelNames: ["per"],
    registers: [registry],
  });
  const resting = new Gauge({
    name: "hindsight_model_resting",
    help: "1 while the model's server is left alone because it keeps failing.",
    registers: [registry],
  });
  return {
    modelResting: (isResting) => resting.set(isResting ? 1 : 0),
    modelMay: ({ tokensMaxIncident, tokensMaxDay, costMaxIncident, costMaxDay }) => {
      may.set({ per: "incident" }, tokensMaxIncident);
      may.set({ per: "day" }, tokensMaxDay);
      if (costMaxIncident !== null) mayCost.set({ per: "incident" }, costMaxIncident);
      if (costMaxDay !== null) mayCost.set({ per: "day" }, costMaxDay);
    },
  };
}

function questionsCounted(registry: Registry): Pick<ModelMeter, "questionAnswered" | "toolCalled"> {
  const { count } = instruments(registry);
  const questions = count(
    "hindsight_model_questions_total",
    "What became of questions that were put to the model.",
    ["ended"],
  );
  const tools = count("hindsight_model_tools_total", "Tools that it called for them.", [
    "tool",
    "ended",
  ]);
  return {
    questionAnswered: (ended) => questions.inc({ ended }),
    toolCalled: (tool, ended) => tools.inc({ tool, ended }),
  };
}
