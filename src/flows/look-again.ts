/** "Steps" and "look again": a reading is ordered as a job of its own, so that no other event waits for its sources. */

import { foldIncident } from "../incident/fold.ts";
import type { Deed } from "./may-change.ts";
import type { World } from "./ports.ts";
import { refuse } from "./tell.ts";

export async function lookAgain(world: World, deed: Deed): Promise<void> {
  const { workspace, store } = world;
  const stored = await store.incident(workspace, deed.incident);
  if (stored === null) return refuse(world, deed, { reason: "unknown-button" });
  if (foldIncident(stored.entries).state === "resolved") {
    return refuse(world, deed, { reason: "incident-resolved", name: `INC-${stored.number}` });
  }
  const { id: incident, channel } = stored;
  const job = { kind: "investigate", channel, incident, asked: null } as const;
  await store.commit({
    workspace,
    handled: [deed.job],
    effects: deed.reply === undefined ? [] : [deed.reply],
    jobs: [{ id: world.idOf(`investigate ${deed.job}`), job }],
  });
}
