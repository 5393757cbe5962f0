/** The language model that the settings name. */

import type { Config } from "../config.ts";
import type { ModelSettings } from "../config-model.ts";
import type { Metering } from "../edges/http/meter.ts";
import { openModel, type AskedModel } from "../edges/openai/model.ts";
import { formatCount } from "../evidence/format.ts";
import type { Model } from "../flows/model-ports.ts";
import type { Log } from "./log.ts";

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
  const onTurn = (isResting: boolean): void => {
    meter.modelResting(isResting);
    log.warn(isResting ? "the model is left alone for a while" : "the model is asked again");
  };
  const model = await openedModel(settings, { onTurn });
  meter.modelMay(settings);
  log.info(`Model: ${model.name} at ${model.host}, ${mostWords(settings)}.`);
  return model;
}

/** `timeoutMs`: of one ask; the usual where it is left out. */
export async function openedModel(
  settings: ModelSettings,
  how: { readonly onTurn: (isResting: boolean) => void; readonly timeoutMs?: number },
): Promise<Model & Pick<AskedModel, "takesJson">> {
  const { model: name, baseUrl, apiKey, addresses, takesJson, takesTools, ...limits } = settings;
  const server = { model: name, baseUrl, apiKey, addresses, takesJson, ...how };
  const asked = await openModel({ ...server, now: () => Date.now() });
  return { ...asked, name, takesTools, limits };
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
