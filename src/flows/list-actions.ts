/** Shows an incident's action items to one person, after whatever was just done to them. */

import { wallClock } from "../catalog/window.ts";
import { actionList } from "../message/action-list.ts";
import { proposalsIn } from "../postmortem/action-lines.ts";
import type { ActionItem } from "../postmortem/action-record.ts";
import type { ActionId, IncidentId } from "../vocabulary.ts";
import type { StoredIncident, World } from "./ports.ts";
import { tell, type Asker } from "./tell.ts";
import { unreachedOwners } from "./unreached-owner.ts";

/** `said`: what is told above the list. */
export async function listActions(
  world: World,
  asker: Asker,
  stored: StoredIncident,
  said?: string,
): Promise<void> {
  const { workspace, store, digest } = world;
  const [items, latest] = await Promise.all([
    store.actionItems(workspace, stored.id),
    store.latestPostmortem(workspace, stored.id),
  ]);
  const ids = items.map(({ id }) => id);
  const [mirrors, unreached] = await Promise.all([
    store.counterparts(workspace, { kind: "issue", of: ids }),
    unreachedOwners(world, stored, items),
  ]);
  const body = actionList({
    incident: stored.id,
    name: `INC-${stored.number}`,
    items,
    issues: new Map(mirrors.flatMap(({ of, mirror, url }) => (mirror === null ? [] : [[of, url]]))),
    unreached,
    canMakeIssues: world.exports.issues !== null,
    proposals: openProposals(world, stored.id, { items, markdown: latest?.head.markdown ?? "" }),
    today: wallClock(world.now(), digest.zone).date,
    hosts: world.linkHosts,
    ...(said === undefined ? {} : { said }),
  });
  return tell(world, asker, body);
}

/** What the postmortem proposes and nobody has taken over. */
export function openProposals(
  world: World,
  incident: IncidentId,
  { items, markdown }: { readonly items: readonly ActionItem[]; readonly markdown: string },
): readonly string[] {
  return proposalsIn(markdown).filter(
    (text) => !items.some(({ id }) => id === proposalId(world, incident, text)),
  );
}

/** The same proposal is the same item, whoever takes it over and however it is worded afterwards. */
export function proposalId(
  world: Pick<World, "idOf">,
  incident: IncidentId,
  text: string,
): ActionId {
  return `act_${world.idOf(`action ${incident} ${text}`)}`;
}
