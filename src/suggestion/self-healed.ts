/** Which incidents healed by themselves, as people say: nobody's deed mended them, so that they say nothing for one (DESIGN §9). */

import { attestedConfidence } from "../learning/facts.ts";
import type { Credit, IncidentId } from "../vocabulary.ts";
import { latestVotes, type LedgerRow } from "./tally.ts";

/** An incident that has ended. */
interface Ended {
  readonly id: IncidentId;
  /** The latest answer to what did it, where it was no single step; null: nobody said so. */
  readonly credit: Credit | null;
}

/** Those whose latest answer says so, while no word names a fix that did it. */
export function selfHealedIn({
  incidents,
  rows,
}: {
  readonly incidents: readonly Ended[];
  readonly rows: readonly LedgerRow[];
}): ReadonlySet<IncidentId> {
  const said = new Set(incidents.flatMap(({ id, credit }) => (credit === "by-itself" ? [id] : [])));
  if (said.size === 0) return said;
  const words = latestVotes(rows.filter(({ incidentId }) => said.has(incidentId)));
  for (const { incidentId, role, label, confidence } of words) {
    if (role === "fix" && label === "resolved" && confidence >= attestedConfidence)
      said.delete(incidentId);
  }
  return said;
}
