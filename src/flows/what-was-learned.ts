/** The ledger of other incidents, as far as it may be told where the answer goes. */

import type { Ledger } from "../suggestion/learned.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { Viewer, World } from "./ports.ts";

/** `except`: the incident at hand, which does not teach itself. */
export async function ledgerFor(
  { workspace, store }: World,
  viewer: Viewer,
  except: IncidentId | null,
): Promise<Ledger> {
  const [incidents, rows] = await Promise.all([
    store.pastIncidents(workspace, viewer, except),
    store.pastOutcomes(workspace, viewer, except),
  ]);
  return { incidents, rows };
}
