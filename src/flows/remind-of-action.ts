/** The owner of an action item alone is reminded of it, as long as they can be reached: on the working day before it is due, and on the working morning after. */

import { workingMorningsAround } from "../catalog/working-morning.ts";
import { foldIncident } from "../incident/fold.ts";
import { actionReminder } from "../message/action-reminder.ts";
import type { ActionItem } from "../postmortem/action-record.ts";
import { teamZone } from "./ask-cause.ts";
import type { NewJob } from "./change.ts";
import type { StoredIncident, World } from "./ports.ts";
import type { ActionReminder } from "./postmortem-ports.ts";
import { message } from "./show-incident.ts";
import { reached, tellOfUnreached } from "./unreached-owner.ts";

/** One a morning that is still to come, in the zone of the team that owns the service; the job decides whether anybody is to be told. */
export async function actionReminders(
  world: World,
  stored: StoredIncident,
  items: readonly ActionItem[],
): Promise<readonly NewJob[]> {
  const service = foldIncident(stored.entries).evidence?.service ?? null;
  const zone = (await teamZone(world, stored.channel, service)) ?? world.digest.zone;
  return items.flatMap(({ id: item, state, owner, due }) => {
    if (state !== "open" || owner === null || due === null) return [];
    const mornings = workingMorningsAround(due, zone);
    return (["before", "after"] as const)
      .filter((when) => mornings[when] > world.now())
      .map((when) => ({
        id: world.idOf(`remind-action ${item} ${due} ${when} ${zone}`),
        job: { kind: "remind-action", item, due, when } as const,
        startAfter: mornings[when],
      }));
  });
}

/** By the item as it stands now: nobody hears of one that is closed, or due on another day. */
export async function remindOfAction(
  world: World,
  { job, item: id, due, when }: ActionReminder & { readonly job: string },
): Promise<void> {
  const { workspace, store } = world;
  const item = await store.actionItem(workspace, id);
  if (item === null || item.state !== "open" || item.owner === null || item.due !== due) return;
  const stored = await store.incident(workspace, item.incidentId);
  if (stored === null) return;
  const to = await reached(world, stored, item.owner);
  if (typeof to === "string")
    return tellOfUnreached(world, { job, due, when }, { stored, item, why: to });
  const key = `action:${id}:${due}:${when}`;
  const body = actionReminder({ item, name: `INC-${stored.number}`, due, when });
  const where = { ...to, key, place: { in: "channel" }, as: "answer" } as const;
  await store.commit({ workspace, handled: [job, key], effects: [message(world, where, body)] });
}
