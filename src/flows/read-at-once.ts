/** An open incident is read again at once where something new was told: an alert of it, a change of its service (DESIGN §4). */

import type { NewJob } from "./change.ts";
import type { StoredIncident, World } from "./ports.ts";

/** What comes within so many seconds is read for together, at their end. */
const paceS = 10;

export function readingAtOnce(
  world: World,
  { id, channel }: Pick<StoredIncident, "id" | "channel">,
): NewJob {
  const slot = Math.floor(world.now().getTime() / 1000 / paceS);
  return {
    id: world.idOf(`read-again ${id} at once ${slot}`),
    job: { kind: "read-again", channel, incident: id },
    startAfter: new Date((slot + 1) * paceS * 1000),
  };
}

/** Hooks told of changes: to these services, null where one names none and may be anywhere. */
export async function readChanges(
  world: World,
  { job, services }: { readonly job: string; readonly services: readonly string[] | null },
): Promise<void> {
  const { workspace, store } = world;
  const names = new Set(services?.map((name) => name.toLowerCase()));
  const open = await store.readIncidents(workspace);
  const meant = open.filter(
    ({ service }) => services === null || service === null || names.has(service.toLowerCase()),
  );
  const jobs = meant.map((incident) => readingAtOnce(world, incident));
  await store.commit({ workspace, handled: [job], jobs });
}
