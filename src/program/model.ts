/** The language model that the settings name, and what the doctor finds when it asks it once. */

import type { Config } from "../config.ts";
import type { ModelSettings } from "../config-model.ts";
import type { Metering } from "../edges/http/meter.ts";
import { openModel } from "../edges/openai/model.ts";
import { formatCount } from "../evidence/format.ts";
import type { Model } from "../flows/model-ports.ts";
import { awayWords } from "../model/away.ts";
import type { Log } from "./log.ts";

/** Enough for a word, and for a model that says a sentence instead. */
const checkTokensMax = 200;

/** null: the settings name none; the log says which it is. */
export async function modelFor(
  { model: settings }: Pick<Config, "model">,
  {
    log,
    meter,
  }: { readonly log: Log; readonly meter: Pick<Metering, "modelResting" | "modelMay"> },
): Promise<Model | null> {
  if (settings === null) {
    log.info("Model: none; OPENAI_API_KEY or OPENAI_BASE_URL switches it on.");
    return null;
  }
  const model = await opened(settings, (isResting) => {
    meter.modelResting(isResting);
    log.warn(isResting ? "the model is left alone for a while" : "the model is asked again");
  });
  meter.modelMay(settings);
  log.info(`Model: ${model.name} at ${model.host}, ${mostWords(settings)}.`);
  return model;
}

async function opened(
  settings: ModelSettings,
  onTurn: (isResting: boolean) => void,
): Promise<Model> {
  const { model: name, baseUrl, apiKey, addresses, ...limits } = settings;
  const server = { model: name, baseUrl, apiKey, addresses, now: () => Date.now(), onTurn };
  return { ...(await openModel(server)), name, limits };
}

function mostWords(settings: ModelSettings): string {
  const { tokensMaxIncident, tokensMaxDay, costMaxIncident, costMaxDay } = settings;
  const incident = ceilingWords(tokensMaxIncident, costMaxIncident);
  return `at most ${incident} an incident, ${ceilingWords(tokensMaxDay, costMaxDay)} a day`;
}

/** "60,000 tokens and 0.5 in money" */
function ceilingWords(tokens: number, cost: number | null): string {
  return `${formatCount(tokens)} tokens${cost === null ? "" : ` and ${cost} in money`}`;
}

/** Throws with what is wrong and the mend. */
export async function checkModel(settings: ModelSettings): Promise<string> {
  const model = await opened(settings, () => undefined);
  const answer = await model.ask({
    purpose: "check",
    incident: null,
    messages: [{ role: "user", text: "Answer with the one word: ready" }],
    tokensMax: checkTokensMax,
  });
  if (answer.kind === "reply") return `${model.name} at ${model.host} answers`;
  const { said, mend } = awayWords(answer.because);
  const detail = answer.detail === "" ? "" : `, ${answer.detail}`;
  throw new Error(`${model.name} at ${model.host}: ${said}${detail}; ${mend}`);
}
