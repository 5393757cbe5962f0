/** What every change of a flow is held against in tests: each remark in it is counted, an incident has one message on top, and digests count it again. */

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

/** What digests count of an incident is counted again where its timeline has grown: whatever moves it adds an entry. */
export function countedAgain({ closedAt, entries = [], ...ledger }: Change): void {
  const { suggestions = [], outcomes = [], causes = [] } = ledger;
  const isMoved = [suggestions, outcomes, causes].some(({ length }) => length > 0);
  if ((isMoved || closedAt !== undefined) && entries.length === 0)
    throw new Error("the ledger or the end of an incident changes, and its timeline does not");
}
