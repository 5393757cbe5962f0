/** The versions of postmortems and the action items in memory. */

import type { PostmortemStore } from "../../src/flows/postmortem-ports.ts";
import type { ActionItem } from "../../src/postmortem/action-record.ts";
import type { PostmortemVersion } from "../../src/postmortem/version.ts";

export interface FakePostmortems {
  readonly all: readonly PostmortemVersion[];
  /** False where one of these numbers is taken: then none is added. */
  readonly add: (versions: readonly PostmortemVersion[]) => boolean;
  readonly addActions: (revisions: readonly ActionItem[]) => boolean;
  readonly reads: Pick<
    PostmortemStore,
    "latestPostmortem" | "postmortemVersion" | "actionItems" | "actionItem" | "openActions"
  >;
}

export function fakePostmortems(): FakePostmortems {
  const all: PostmortemVersion[] = [];
  const actions = new Map<string, ActionItem>();
  const at = (incident: string, version: number) =>
    all.find((each) => each.incidentId === incident && each.version === version);
  return {
    all,
    add: (versions) => {
      if (versions.some(({ incidentId, version }) => at(incidentId, version) !== undefined))
        return false;
      all.push(...versions);
      return true;
    },
    addActions: (revisions) => {
      const isNext = ({ id, revision }: ActionItem): boolean =>
        revision === (actions.get(id)?.revision ?? 0) + 1;
      if (!revisions.every(isNext)) return false;
      for (const item of revisions) actions.set(item.id, item);
      return true;
    },
    reads: {
      actionItems: async (_workspace, incident) =>
        [...actions.values()].filter(({ incidentId }) => incidentId === incident),
      openActions: async (_workspace, { today }) => {
        const open = [...actions.values()].filter(({ state }) => state === "open");
        return {
          open: open.length,
          overdue: open.filter(({ due }) => due !== null && due < today).length,
        };
      },
      actionItem: async (_workspace, id) => actions.get(id) ?? null,
      latestPostmortem: async (_workspace, incident) => {
        const own = all.filter(({ incidentId }) => incidentId === incident);
        const head = own.findLast(({ kind }) => kind !== "set-aside");
        if (head === undefined) return null;
        const drafted = own.findLast(({ kind }) => kind === "drafted") ?? head;
        return { head, drafted, last: own.at(-1)?.version ?? 0 };
      },
      postmortemVersion: async (_workspace, { incident, version }) => at(incident, version) ?? null,
    },
  };
}
