/** A store in which the postmortems of the sample history come about: what its flows write stands in memory until all of it is written at once. */

import type { Store } from "../flows/ports.ts";
import { withRevisions, type ActionItem } from "../postmortem/action-record.ts";
import type { PostmortemVersion } from "../postmortem/version.ts";

export interface SampleStore {
  readonly store: Store;
  readonly postmortem: readonly PostmortemVersion[];
  readonly actions: readonly ActionItem[];
}

/** Everything but postmortems and action items is read from below; messages and jobs go nowhere. */
export function sampleStore(below: Store): SampleStore {
  const postmortem: PostmortemVersion[] = [];
  const actions: ActionItem[] = [];
  const store: Store = {
    ...below,
    wasHandled: async () => false,
    commit: async (change) => {
      postmortem.push(...(change.postmortem ?? []));
      actions.push(...(change.actions ?? []));
      return "committed";
    },
    latestPostmortem: async (_workspace, incident) => {
      const own = postmortem.filter(({ incidentId }) => incidentId === incident);
      const head = own.at(-1);
      const drafted = own.findLast(({ kind }) => kind === "drafted") ?? head;
      if (head === undefined || drafted === undefined) return null;
      return { head, drafted, last: head.version };
    },
    actionItems: async (_workspace, incident) => {
      const own = actions.filter(({ incidentId }) => incidentId === incident);
      return withRevisions([], own);
    },
  };
  return { store, postmortem, actions };
}
