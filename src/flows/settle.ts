/** Decide on an incident as it is, commit, and decide again where somebody else was quicker. */

import type { IncidentId } from "../vocabulary.ts";
import type { Change, Commit } from "./change.ts";
import type { World } from "./ports.ts";
import { showIncident } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { withinBudget } from "./within-budget.ts";

const decisionsMax = 8;

/** `null` from `decide`: there is nothing to do. Throws where the incident does not exist or never holds still. */
export async function settle(
  world: World,
  id: IncidentId,
  decide: (shown: Shown) => Change | null | Promise<Change | null>,
): Promise<Commit | "nothing"> {
  for (let attempt = 0; attempt < decisionsMax; attempt += 1) {
    const stored = await world.store.incident(world.workspace, id);
    if (stored === null) throw new Error(`incident ${id} is not in the database`);
    const shown = await showIncident(world, stored);
    const change = await decide(shown);
    if (change === null) return "nothing";
    const commit = await world.store.commit(withinBudget(world, shown, change));
    if (commit !== "stale") return commit;
  }
  throw new Error(`incident ${id} changed ${decisionsMax} times while a change was decided`);
}

/** The part of a change that says which state of the incident it rests on. */
export function about({ stored }: Shown): NonNullable<Change["about"]> {
  return { kind: "existing", id: stored.id, seq: stored.seq };
}
