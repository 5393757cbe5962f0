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
export type Revised = Pick<ActionItem, "id" | "revision"> & ActionTold;

/** `change` decides on the items as they stand, again where somebody was quicker; none: it is so already. */
export async function keep(
  world: World,
  { job, user: by }: Deed,
  stored: StoredIncident,
  change: (items: readonly ActionItem[], markdown: string) => readonly Revised[] | ActionRefusal,
): Promise<ActionRefusal | null> {
  let refused: ActionRefusal | null = null;
  const of = { job: `action:${job}`, incident: stored.id };
  await addVersions(world, of, async (latest) => {
    const before = await world.store.actionItems(world.workspace, stored.id);
    const decided = change(before, latest?.head.markdown ?? "");
    refused = "reason" in decided ? decided : null;
    if ("reason" in decided || decided.length === 0) return null;
    const at = world.now();
    const actions = decided.map((item) => ({ ...item, incidentId: stored.id, by, at }));
    const items = withRevisions(before, actions);
    if (items.length > actionItemsMax) {
      refused = { reason: "too-many" };
      return null;
    }
    const jobs = await actionReminders(world, stored, actions);
    if (latest === null) return { versions: [], actions, jobs };
    const { head, last } = latest;
    const version = {
      ...head,
      version: last + 1,
      basedOn: head.version,
      kind: "actions" as const,
      state: stateAfter("actions", head.state),
      markdown: await withActionRecords(world, stored, { markdown: head.markdown, items }),
      author: by,
      at,
    };
    const effects = [postmortemEffect(world, stored, version)];
    return { versions: [version], actions, effects, jobs };
  });
  return refused;
}
