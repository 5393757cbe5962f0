/** The messages that show an incident and that read otherwise by now. */

import type { Effect, OutboxPayload } from "./change.ts";
import type { World } from "./ports.ts";
import { livingEffect, stepsEffect, type Shown } from "./show-incident.ts";
import { topicEffects } from "./show-topic.ts";

/** Edits of what shows the incident, the living message, each list and the topic, where it reads otherwise than before. */
export function changedEffects(world: World, before: Shown, after: Shown): Effect[] {
  const known = new Map(allEffects(world, before).map((effect) => [effect.key, effect.payload]));
  return allEffects(world, after).filter(({ key, payload }) => !isEqual(known.get(key), payload));
}

function allEffects(world: World, shown: Shown): Effect[] {
  return [
    livingEffect(world, shown),
    ...shown.incident.lists.map((list) => stepsEffect(world, shown, list)),
    ...topicEffects(world, shown.stored.channel, shown.incident),
  ];
}

/** Both are made by the same functions, so that their fields stand in the same order. */
function isEqual(before: OutboxPayload | undefined, after: OutboxPayload): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
