/** Writes revisions of action items, and the postmortem with the items as they stand. */

import type { ActionRefusal } from "../message/action-list.ts";
import { withRecords } from "../postmortem/action-lines.ts";
import {
  actionItemsMax,
  withRevisions,
  type ActionItem,
  type ActionTold,
} from "../postmortem/action-record.ts";
import { stateAfter } from "../postmortem/version.ts";
import type { UserId } from "../vocabulary.ts";
import type { Effect, NewJob } from "./change.ts";
import type { Counterpart } from "./counterpart.ts";
import { proposalId } from "./list-actions.ts";
import type { Deed } from "./may-change.ts";
import type { StoredIncident, World } from "./ports.ts";
import { addVersions, postmortemEffect } from "./postmortem-versions.ts";
import { actionReminders } from "./remind-of-action.ts";

export async function withActionRecords(
  world: World,
  { id }: Pick<StoredIncident, "id">,
  { markdown, items }: { readonly markdown: string; readonly items: readonly ActionItem[] },
): Promise<string> {
  const users = items.flatMap(({ owner, by }) => (owner === null ? [by] : [owner, by]));
  const named = await Promise.all(
    [...new Set(users)].map(async (user): Promise<[UserId, string] | null> => {
      const name = await world.chat.personName(user);
      return name === null ? null : [user, name];
    }),
  );
  return withRecords(markdown, {
    items,
    people: new Map(named.filter((each) => each !== null)),
    hosts: world.linkHosts,
    isTaken: (text) => items.some((item) => item.id === proposalId(world, id, text)),
  });
}

/** One as it is to be from now on. */
type Revised = Pick<ActionItem, "id" | "revision"> & ActionTold;

/** What is to be kept; no items: they are so already. */
export interface Revisions {
  readonly items: readonly Revised[];
  /** Of their issues, where these tell of the revisions by now. */
  readonly counterparts?: readonly Counterpart[];
  readonly effects?: readonly Effect[];
}

/** `change` decides on the items as they stand, again where somebody was quicker. */
export async function keep(
  world: World,
  { job, user: by }: Deed,
  stored: StoredIncident,
  change: (items: readonly ActionItem[], markdown: string) => Revisions | ActionRefusal,
): Promise<ActionRefusal | null> {
  let refused: ActionRefusal | null = null;
  const of = { job: `action:${job}`, incident: stored.id };
  await addVersions(world, of, async (latest) => {
    const before = await world.store.actionItems(world.workspace, stored.id);
    const decided = change(before, latest?.head.markdown ?? "");
    refused = "reason" in decided ? decided : null;
    if ("reason" in decided) return null;
    const { counterparts = [], effects: told = [] } = decided;
    if (decided.items.length + counterparts.length === 0) return null;
    const said = { incidentId: stored.id, by, at: world.now() };
    const actions = decided.items.map((item) => ({ ...item, ...said }));
    const items = withRevisions(before, actions);
    if (items.length > actionItemsMax) {
      refused = { reason: "too-many" };
      return null;
    }
    const jobs = await jobsOf(world, stored, { actions, counterparts });
    const kept = { actions, counterparts, jobs };
    if (latest === null || actions.length === 0) return { versions: [], effects: told, ...kept };
    const { head, last } = latest;
    const numbers = { version: last + 1, basedOn: head.version, kind: "actions" } as const;
    const version = {
      ...head,
      ...numbers,
      state: stateAfter("actions", head.state),
      markdown: await withActionRecords(world, stored, { markdown: head.markdown, items }),
      author: by,
      at: said.at,
    };
    const effects = [postmortemEffect(world, stored, version), ...told];
    return { versions: [version], effects, ...kept };
  });
  return refused;
}

/** Its owner is reminded of what is due, and what is changed here comes to the issue, unless that tells of it already. */
async function jobsOf(
  world: World,
  stored: StoredIncident,
  told: { readonly actions: readonly ActionItem[]; readonly counterparts: readonly Counterpart[] },
): Promise<readonly NewJob[]> {
  const reminders = await actionReminders(world, stored, told.actions);
  const isTold = world.exports.issues === null || told.counterparts.length > 0;
  return isTold ? reminders : [...reminders, ...(await mirrorJobs(world, told.actions))];
}

async function mirrorJobs(world: World, items: readonly ActionItem[]): Promise<readonly NewJob[]> {
  const { workspace, store } = world;
  const of = items.map(({ id }) => id);
  const mirrors = await store.counterparts(workspace, { kind: "issue", of });
  return items
    .filter(({ id }) => mirrors.some((each) => each.of === id && each.mirror !== null))
    .map(({ id: item, revision }) => ({
      id: world.idOf(`mirror ${item} ${revision}`),
      job: { kind: "mirror-action", item, asked: null } as const,
    }));
}
