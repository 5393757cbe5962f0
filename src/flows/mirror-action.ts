/** An action item and its issue on GitHub: what is changed on either side comes to the other. */

import { issueGone, issueTold } from "../message/action-issue.ts";
import type { MessageBody } from "../message/body.ts";
import { mirrored, type ItemNamed, type Mirroring } from "../postmortem/action-issue.ts";
import { redact } from "../redaction/redact.ts";
import { keep } from "./action-records.ts";
import type { Effect } from "./change.ts";
import type { Answered, Counterpart, Issue, Issues, Mirror } from "./counterpart.ts";
import { mayLeave } from "./export-postmortem.ts";
import { issueAsked, nameItem, type OnRecord } from "./make-issue.ts";
import type { StoredIncident, World } from "./ports.ts";
import type { IssueJob } from "./postmortem-ports.ts";
import { livingKey, message } from "./show-incident.ts";

/** Of everything that is asked of GitHub for one item. */
const askTimeoutMs = 20_000;

type Order = Omit<Extract<IssueJob, { kind: "mirror-action" }>, "kind"> & {
  readonly job: string;
  /** The issue as it was just listed; null: it has to be read. */
  readonly read: Issue | null;
};

/** Rejects where GitHub may answer later. */
export async function mirrorAction(
  world: World,
  { job, item: id, asked, read }: Order,
): Promise<void> {
  const { workspace, store } = world;
  const { issues } = world.exports;
  const item = await store.actionItem(workspace, id);
  const stored = item && (await store.incident(workspace, item.incidentId));
  if (item === null || stored === null || issues === null) return;
  const [found] = await store.counterparts(workspace, { kind: "issue", of: [id] });
  const mirror = found?.place === issues.repo ? found.mirror : null;
  if (asked !== null) {
    const deed = { ...asked, job, incident: stored.id };
    const url = mirror === null ? null : (found?.url ?? null);
    return issueAsked(world, deed, { stored, item }, { issues, url });
  }
  if (found === undefined || mirror === null) return;
  if ((await mayLeave(world, stored, "issue")) !== null) return;
  const pair = { stored, item, issues, found, mirror };
  return read === null ? bring(world, job, pair) : bringTold(world, job, pair, read);
}

/** One that is on record as an issue. */
interface Pair extends OnRecord {
  readonly issues: Issues;
  readonly found: Counterpart;
  readonly mirror: Mirror;
}

async function bring(world: World, job: string, pair: Pair): Promise<void> {
  const { item, issues, found, mirror } = pair;
  const signal = world.deadline(askTimeoutMs);
  const isTold = mirror.revision === item.revision;
  const read = await issues.read(found.ref, isTold ? mirror.etag : null, signal);
  if (!read.ok) return unread(world, job, pair, read);
  if (read.value === null) return look(world, job, pair, { mirror });
  return bringRead(world, job, pair, read.value);
}

/** One that a list tells of, maybe for the second time: where both agree nothing is written. */
async function bringTold(world: World, job: string, pair: Pair, issue: Issue): Promise<void> {
  const { stored, item, mirror } = pair;
  const named = await nameItem(world, { stored, item }, issue.url);
  const { change, told, agreed } = mirrored(named, issue, mirror);
  const isAgreed = agreed.title === mirror.title && agreed.state === mirror.state;
  const isSame = told.state === item.state && told.text === item.text && isAgreed;
  if (change === null && isSame && mirror.revision === item.revision) return;

  return bringRead(world, job, pair, { issue, etag: null });
}

async function bringRead(
  world: World,
  job: string,
  pair: Pair,
  { issue, etag }: { readonly issue: Issue; readonly etag: string | null },
): Promise<void> {
  const { stored, item, issues, found, mirror } = pair;
  const signal = world.deadline(askTimeoutMs);
  const named = await nameItem(world, { stored, item }, issue.url);
  const decided = mirrored(named, issue, mirror);
  if (decided.change !== null) {
    const changed = await issues.change(found.ref, decided.change, signal);
    // It was there a moment ago: what is not found now may only be read.
    if (!changed.ok) {
      const why = changed.why === "gone" ? "refused" : changed.why;
      return unread(world, job, pair, { ...changed, why });
    }
  }
  const told = { issue, named, decided, etag: decided.change === null ? etag : null };
  return keepBoth(world, job, pair, told);
}

interface Told {
  readonly issue: Issue;
  readonly named: ItemNamed;
  readonly decided: Mirroring;
  readonly etag: string | null;
}

/** On the item as it is by then: what somebody changed meanwhile is brought by a job of its own. */
async function keepBoth(
  world: World,
  job: string,
  { stored, item, found, mirror }: Pair,
  { issue, named, decided, etag }: Told,
): Promise<void> {
  const deed = { job, user: world.botUser, channel: stored.channel, incident: stored.id };
  await keep(world, deed, stored, (items) => {
    const now = items.find(({ id }) => id === item.id) ?? item;
    const { told } = mirrored({ ...named, item: now }, issue, mirror);
    const text = redact(told.text);
    const isChanged = told.state !== now.state || text !== now.text;
    const after = { ...now, ...told, text, revision: now.revision + 1 };
    const isTold = isChanged && now.revision === item.revision;
    const next: Mirror = {
      ...decided.agreed,
      looks: mirror.looks + 1,
      revision: isTold ? after.revision : item.revision,
      etag,
    };
    const where = { repo: found.place, number: found.ref, url: issue.url, hosts: world.linkHosts };
    return {
      items: isChanged ? [after] : [],
      counterparts: [{ ...found, url: issue.url, mirror: next }],
      effects: isChanged
        ? [inThread(world, stored, `${item.id}:${after.revision}`, issueTold(now, after, where))]
        : [],
    };
  });
}

function inThread(
  world: World,
  { id, channel }: StoredIncident,
  key: string,
  body: MessageBody,
): Effect {
  const place = { in: "thread", of: { key: livingKey(id) } } as const;
  return message(world, { channel, key: `action-issue:${key}`, place, as: "answer" }, body);
}

async function unread(
  world: World,
  job: string,
  pair: Pair,
  { said, why }: Extract<Answered<never>, { ok: false }>,
): Promise<void> {
  const { stored, item, found, mirror } = pair;
  const { place: repo, ref: number, url } = found;
  switch (why) {
    case "away":
      throw new Error(said);
    case "refused":
      world.trouble(`An action item of INC-${stored.number} and its issue differ: ${said}`);
      return look(world, job, pair, { mirror });
    case "gone": {
      const body = issueGone(item, { repo, number, url: url ?? "", hosts: world.linkHosts });
      const key = `${item.id}:gone:${number}`;
      return look(world, job, pair, {
        mirror: null,
        effects: [inThread(world, stored, key, body)],
      });
    }
  }
}

/** It is as it was, or could not be seen: others are looked at before it is again. null: it is mirrored no more. */
async function look(
  world: World,
  job: string,
  { found }: Pair,
  {
    mirror,
    effects = [],
  }: { readonly mirror: Mirror | null; readonly effects?: readonly Effect[] },
): Promise<void> {
  const next = mirror === null ? null : { ...mirror, looks: mirror.looks + 1 };
  await world.store.commit({
    workspace: world.workspace,
    handled: [job],
    counterparts: [{ ...found, mirror: next }],
    effects,
  });
}
