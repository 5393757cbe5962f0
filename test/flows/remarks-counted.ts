/** What every change of a flow is held against in tests: each remark in it is counted, and an incident has one message on top. */

import { foldIncident } from "../../src/incident/fold.ts";
import type { Change } from "../../src/flows/change.ts";
import type { StoredIncident } from "../../src/flows/ports.ts";
import { livingKey } from "../../src/flows/show-incident.ts";

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

/** An incident has one message in its channel itself, whichever flow posts: all else hangs below, or is told elsewhere. */
export function oneOnTop(
  { effects = [] }: Change,
  incidents: readonly Pick<StoredIncident, "id" | "channel">[],
): void {
  for (const { channel, key, payload } of effects) {
    if (payload.kind !== "message" || payload.place.in !== "channel") continue;
    const here = incidents.filter((each) => each.channel === channel);
    const isItsOwn = here.some(({ id }) => key === livingKey(id));
    if (here.length === 0 || isItsOwn || payload.as === "alert") continue;
    throw new Error(`a second message is posted in an incident's channel itself: ${key}`);
  }
}
