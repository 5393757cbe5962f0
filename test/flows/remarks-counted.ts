/** What every change of a flow is held against in tests: each remark in it is counted in its incident. */

import { foldIncident } from "../../src/incident/fold.ts";
import type { Change } from "../../src/flows/change.ts";
import type { StoredIncident } from "../../src/flows/ports.ts";

/** A remark that no flow has counted must not be sent, whichever flow made it. */
export function remarksCounted(
  { effects = [] }: Change,
  incidents: readonly StoredIncident[],
): void {
  for (const { key, payload } of effects) {
    if (payload.kind !== "message" || payload.as !== "remark") continue;
    const isCounted = incidents.some(({ entries }) =>
      foldIncident(entries).remarks.posted.includes(key),
    );
    if (!isCounted) throw new Error(`a remark is sent that nobody counted: ${key}`);
  }
}
