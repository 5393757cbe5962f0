/** Another version of a postmortem: decided on the newest, and decided again where somebody was quicker. */

import { postmortemMessage } from "../message/postmortem-message.ts";
import type { PostmortemVersion } from "../postmortem/version.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { Change, Effect } from "./change.ts";
import type { StoredIncident, World } from "./ports.ts";
import type { Postmortem } from "./postmortem-ports.ts";
import { livingKey, message } from "./show-incident.ts";

const decisionsMax = 8;

export type Decided = Pick<Change, "effects" | "jobs" | "actions" | "counterparts"> & {
  readonly versions: readonly PostmortemVersion[];
};

/** null from `decide`: nothing is to be written. `repeat`: the job was done before. */
export async function addVersions(
  world: World,
  { job, incident }: { readonly job: string; readonly incident: IncidentId },
  decide: (latest: Postmortem | null) => Decided | null | Promise<Decided | null>,
): Promise<"committed" | "repeat" | "nothing"> {
  const { workspace, store } = world;
  for (let attempt = 0; attempt < decisionsMax; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each decision rests on what the one before left
    const decided = await decide(await store.latestPostmortem(workspace, incident));
    if (decided === null) return "nothing";
    const { versions, ...rest } = decided;
    // oxlint-disable-next-line no-await-in-loop -- as above
    const commit = await store.commit({
      workspace,
      handled: [job],
      postmortem: versions,
      ...rest,
    });
    if (commit !== "stale") return commit;
  }
  throw new Error(`the postmortem of ${incident} changed ${decisionsMax} times meanwhile`);
}

/** In the incident's thread, edited at each version. */
export function postmortemEffect(
  world: World,
  stored: Pick<StoredIncident, "id" | "channel" | "number">,
  head: PostmortemVersion,
): Effect {
  const place = { in: "thread", of: { key: livingKey(stored.id) } } as const;
  const to = {
    channel: stored.channel,
    key: `postmortem:${stored.id}`,
    place,
    as: "answer",
  } as const;
  const view = { incident: stored.id, name: `INC-${stored.number}`, head };
  return message(world, to, postmortemMessage(view, world.postmortemPage(stored.id)));
}
