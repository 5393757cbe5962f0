/** What is known of a group's earlier times: how often it came lately, and what ended it. */

import { timesLately, type LastTime, type Recurrence } from "../alert/recurrence.ts";
import type { Occurrence } from "../alert/group.ts";
import type { IncidentId } from "../vocabulary.ts";
import { continuedIn } from "./merge-incident.ts";
import type { World } from "./ports.ts";

/** null for the first time in a while. `isShared`: people of another organisation will read it. */
export async function pastOf(
  world: World,
  occurrences: readonly Occurrence[],
  isShared: boolean,
): Promise<Recurrence | null> {
  const times = timesLately(occurrences, world.now().getTime() / 1000);
  if (times < 2) return null;
  const incident = occurrences.findLast((each) => each.incident !== null)?.incident ?? null;
  const last = incident === null || isShared ? null : await lastTime(world, incident);
  return { times, last };
}

/** null where others must not learn of that incident (DESIGN §14). */
async function lastTime(world: World, of: IncidentId): Promise<LastTime | null> {
  const { store, workspace } = world;
  const stored = await continuedIn(world, of);
  const channel = stored === null ? null : await store.channel(workspace, stored.channel);
  if (stored === null || channel?.kind !== "public") return null;
  const name = `INC-${stored.number}`;
  const outcomes = await store.outcomesOf(workspace, stored.id);
  const newest = new Map(outcomes.map((each) => [`${each.suggestionId} ${each.actor}`, each]));
  const fix = [...newest.values()].findLast(({ label }) => label === "resolved");
  const step = fix === undefined ? null : await store.suggestion(workspace, fix.suggestionId);
  if (fix === undefined || step === null) return { name, fixedBy: null };
  return { name, fixedBy: { title: step.title, minutes: fix.minutes } };
}
