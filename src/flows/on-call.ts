/** Who is on call for a team: as the catalog has it, or as a schedule tells. Shown, and never mentioned. */

import { scheduleOf, type Team } from "../catalog/catalog.ts";
import { bounded } from "./bounded-read.ts";
import type { World } from "./ports.ts";

const scheduleTimeoutMs = 5_000;

/** null: the catalog names nobody. A schedule that does not tell is a gap, which stands in the place of the names. */
export async function onCallOf(world: World, team: Team | undefined): Promise<string | null> {
  const { oncall } = team ?? {};
  if (oncall === undefined) return null;
  const schedule = scheduleOf(oncall);
  if (schedule === null) return oncall;
  const { schedules } = world;
  if (schedules === null) return "not known (PAGERDUTY_TOKEN is not set)";
  const ask = async (signal: AbortSignal) => ({
    items: await schedules.onCall(schedule, signal),
    leftOut: [],
  });
  const { items, gap } = await bounded(world, schedules, ask, scheduleTimeoutMs);
  if (gap !== null) return `not known (${gap.source}: ${gap.reason})`;
  return items.length === 0 ? `nobody, says ${schedules.name}` : items.join(", ");
}

/** By team, each asked once. */
export async function onCallBy(
  world: World,
  teams: readonly Team[],
): Promise<ReadonlyMap<string, string>> {
  const asked = new Map<string, Promise<string | null>>();
  const told = await Promise.all(
    teams.map(async (team) => {
      const key = team.oncall ?? "";
      const answer = asked.get(key) ?? onCallOf(world, team);
      asked.set(key, answer);
      return [team.name, await answer] as const;
    }),
  );
  return new Map(told.flatMap(([name, words]) => (words === null ? [] : [[name, words] as const])));
}
