/** The versions of postmortems and the action items in memory. */

import type { Counterpart } from "../../src/flows/counterpart.ts";
import type { Change } from "../../src/flows/change.ts";
import type { PostmortemExports, PostmortemStore } from "../../src/flows/postmortem-ports.ts";
import type { ActionItem } from "../../src/postmortem/action-record.ts";
import { usualTemplate } from "../../src/postmortem/template.ts";
import type { PostmortemVersion } from "../../src/postmortem/version.ts";

export const noExports: PostmortemExports = {
  template: usualTemplate,
  folder: "postmortems/",
  repository: null,
  issues: null,
  hook: null,
};

export interface FakePostmortems {
  readonly all: readonly PostmortemVersion[];
  /** False where one of the numbers is taken: then nothing is added. */
  readonly add: (change: Change) => boolean;
  readonly reads: Pick<
    PostmortemStore,
    | "counterparts"
    | "mirroredItems"
    | "latestPostmortem"
    | "postmortemVersion"
    | "actionItems"
    | "actionItem"
    | "openActions"
  >;
}

export function fakePostmortems(now: () => Date): FakePostmortems {
  const all: PostmortemVersion[] = [];
  const actions = new Map<string, ActionItem>();
  const counterparts = new Map<string, Counterpart & { readonly readAt: Date }>();
  const at = (incident: string, version: number) =>
    all.find((each) => each.incidentId === incident && each.version === version);
  return {
    all,
    add: ({ postmortem = [], actions: revisions = [], counterparts: elsewhere = [] }) => {
      const isNext = ({ id, revision }: ActionItem): boolean =>
        revision === (actions.get(id)?.revision ?? 0) + 1;
      const isTaken = postmortem.some(
        ({ incidentId, version }) => at(incidentId, version) !== undefined,
      );
      const isLate = elsewhere.some(({ of, kind, mirror }) => {
        const looks = counterparts.get(`${of} ${kind}`)?.mirror?.looks;
        return mirror !== null && looks !== undefined && mirror.looks !== looks + 1;
      });
      if (isTaken || isLate || !revisions.every(isNext)) return false;
      all.push(...postmortem);
      for (const item of revisions) actions.set(item.id, item);
      for (const each of elsewhere) {
        const key = `${each.of} ${each.kind}`;
        counterparts.delete(key);
        counterparts.set(key, { ...each, readAt: now() });
      }
      return true;
    },
    reads: {
      counterparts: async (_workspace, sought) =>
        [...counterparts.values()].filter(({ kind, of, place, ref }) =>
          kind === sought.kind && "of" in sought
            ? sought.of.includes(of)
            : "place" in sought && sought.place === place && sought.ref === ref,
        ),
      mirroredItems: async () =>
        [...counterparts.values()].flatMap(({ of, mirror, ref: number, readAt }) => {
          const item = actions.get(of);
          return mirror === null || item === undefined ? [] : [{ item: item.id, number, readAt }];
        }),
      actionItems: async (_workspace, incident) =>
        [...actions.values()].filter(({ incidentId }) => incidentId === incident),
      openActions: async (_workspace, { today }) => {
        const open = [...actions.values()].filter(({ state }) => state === "open");
        return {
          open: open.length,
          overdue: open.filter(({ due }) => due !== null && due < today).length,
          kinds: [],
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
