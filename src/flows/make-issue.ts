/** Makes the issue of an action item for whoever asks, once. */

import { actionRefusal } from "../message/action-list.ts";
import { escape } from "../message/escape.ts";
import { postmortemRefusal } from "../message/postmortem-refusals.ts";
import { bodyOfItem, titleOfItem, type ItemNamed } from "../postmortem/action-issue.ts";
import type { ActionItem } from "../postmortem/action-record.ts";
import { issueMark } from "../postmortem/issue.ts";
import { keep, type Revisions } from "./action-records.ts";
import type { Issue, Issues } from "./counterpart.ts";
import { mayLeave } from "./export-postmortem.ts";
import { listActions } from "./list-actions.ts";
import type { Deed } from "./may-change.ts";
import type { StoredIncident, World } from "./ports.ts";
import { putIssue } from "./put-issue.ts";
import { tell } from "./tell.ts";

const askTimeoutMs = 20_000;

export interface OnRecord {
  readonly stored: StoredIncident;
  readonly item: ActionItem;
}

/** GitHub is waited for by a job. */
export async function orderIssue(
  world: World,
  deed: Deed,
  { stored, item }: OnRecord,
): Promise<void> {
  const refused = await mayLeave(world, stored, "issue");
  if (refused !== null) return tell(world, deed, postmortemRefusal(refused));
  const { job, channel, user, responseUrl = null } = deed;
  const asked = { channel, user, responseUrl };
  const order = { kind: "mirror-action", item: item.id, asked } as const;
  await world.store.commit({
    workspace: world.workspace,
    handled: [job],
    jobs: [{ id: world.idOf(`issue ${job}`), job: order }],
  });
}

/** `url`: of the one that there is; null: there is none. */
export async function issueAsked(
  world: World,
  deed: Deed,
  { stored, item }: OnRecord,
  { issues, url }: { readonly issues: Issues; readonly url: string | null },
): Promise<void> {
  if (await world.store.wasHandled(world.workspace, [deed.job])) return;
  const refused = await mayLeave(world, stored, "issue");
  if (refused !== null) return tell(world, deed, postmortemRefusal(refused));
  if (url !== null) return listActions(world, deed, stored, `It is an issue already: ${url}`);
  const named = await nameItem(world, { stored, item }, null);
  const told = {
    of: item.id,
    mark: issueMark(item.id),
    since: stored.entries[0]?.at ?? item.at,
    title: titleOfItem(item),
    bodyOver: (before: string | null) => bodyOfItem(before, named),
  };
  const put = await putIssue(world, told, world.deadline(askTimeoutMs));
  if (!put.ok) return listActions(world, deed, stored, `No issue was made: ${escape(put.said)}`);
  const { issue } = put.value;
  const failed = await keep(world, deed, stored, (items) =>
    linked(item, items, issue, issues.repo),
  );
  const said = `It is issue #${issue.number} of ${issues.repo} now: ${issue.url}`;
  return listActions(world, deed, stored, failed === null ? said : actionRefusal(failed));
}

/** An item without a link has its issue for one. */
function linked(
  told: ActionItem,
  items: readonly ActionItem[],
  issue: Issue,
  place: string,
): Revisions {
  const now = items.find(({ id }) => id === told.id) ?? told;
  const { number: ref, url, title } = issue;
  const isLinked = now.link === null;
  const revision = now.revision + (isLinked ? 1 : 0);
  const mirror = {
    title,
    own: titleOfItem(told),
    state: told.state,
    looks: 1,
    // What was changed meanwhile is brought there by the next look.
    revision: now.revision === told.revision ? revision : told.revision,
    etag: null,
  };
  return {
    items: isLinked ? [{ ...now, link: url, revision }] : [],
    counterparts: [{ of: told.id, kind: "issue", place, ref, url, mirror }],
  };
}

/** With its owner as they are called; `url`: of its issue, where there is one. */
export async function nameItem(
  world: World,
  { stored, item }: OnRecord,
  url: string | null,
): Promise<ItemNamed> {
  const owner = item.owner === null ? null : await world.chat.personName(item.owner);
  return { item, incident: `INC-${stored.number}`, owner: owner ?? item.owner, url };
}
