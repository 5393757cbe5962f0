/** What an incident, and the day, have used up of the model, beside how much they may. */

import type { ModelUse } from "../message/model-words.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { World } from "./ports.ts";

/** null: there is no model. */
export async function modelUseOf(world: World, incident: IncidentId): Promise<ModelUse | null> {
  const { model, store, workspace } = world;
  if (model === null) return null;
  const { cost, costToday, ...used } = await store.modelSpent(workspace, {
    incident,
    at: world.now(),
  });
  const { limits } = model;
  return {
    ...used,
    incidentMax: limits.tokensMaxIncident,
    todayMax: limits.tokensMaxDay,
    costs:
      limits.prices === null
        ? null
        : [
            [cost, limits.costMaxIncident],
            [costToday, limits.costMaxDay],
          ],
  };
}
