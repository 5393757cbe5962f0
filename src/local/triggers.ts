/** Trigger ids: what lets an app open a modal for the person who just clicked, once and within three seconds. */
import { newId } from "./ids.ts";
import type { World } from "./world.ts";

const livesMs = 3000;
const triggersMax = 1000;

export function newTrigger(world: World, user: string): string {
  const { triggers } = world.session;
  const id = `${newId("")}.${newId("")}`;
  triggers.set(id, { user, at: world.now(), isUsed: false });
  for (const old of triggers.keys()) if (triggers.size > triggersMax) triggers.delete(old);
  return id;
}

/** Whose trigger it is; using it up is part of asking. */
export function useTrigger(world: World, id: string): { user: string } | { refused: string } {
  const trigger = world.session.triggers.get(id);
  if (trigger === undefined) return { refused: "invalid_trigger_id" };
  if (trigger.isUsed) return { refused: "exchanged_trigger_id" };
  if (world.now().getTime() - trigger.at.getTime() > livesMs)
    return { refused: "expired_trigger_id" };
  trigger.isUsed = true;
  return { user: trigger.user };
}
