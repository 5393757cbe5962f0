/** Companion mode: what another tool owns of an incident is not set here (DESIGN §4). */

import type { Incident } from "../incident/incident.ts";
import type { TimelineFact } from "../incident/timeline.ts";
import type { Refusal } from "../message/refusals.ts";
import { ownerName } from "../message/told-words.ts";
import type { World } from "./ports.ts";

const owned: readonly TimelineFact["kind"][] = [
  "lead-set",
  "severity-set",
  "status-set",
  "resolved",
  "reopened",
  "merged",
];

/** Why a fact of that kind is not for anybody here to set; null: it is. */
export function runElsewhere(
  world: World,
  incident: Pick<Incident, "told"> | null,
  kind: TimelineFact["kind"],
): Refusal | null {
  if (world.ownsLifecycle || !owned.includes(kind)) return null;
  return { reason: "run-elsewhere", tool: ownerName(incident?.told ?? null) };
}
