/** Adds, changes and closes action items, by buttons and a form; the postmortem shows them as they stand. */

import { wallClock } from "../catalog/window.ts";
import { actionAbout, actionModal, parseAction } from "../message/action-form.ts";
import { actionRefusal, type ActionRefusal } from "../message/action-list.ts";
import type { Click } from "../message/actions.ts";
import { actionTextMax, type ActionItem, type ActionTold } from "../postmortem/action-record.ts";
import { redact } from "../redaction/redact.ts";
import type { ActionId, UserId } from "../vocabulary.ts";
import { keep, type Revisions } from "./action-records.ts";
import { listActions, openProposals, proposalId } from "./list-actions.ts";
import { orderIssue } from "./make-issue.ts";
import { mayChange, type Deed } from "./may-change.ts";
import { openForm } from "./open-form.ts";
import type { StoredIncident, World } from "./ports.ts";
import { unreached } from "./unreached-owner.ts";

type ActionClick = Extract<Click, { kind: "action" | "action-item" }>;

export async function clickAction(
  world: World,
  deed: Deed & { readonly triggerId?: string | null },
  click: ActionClick,
): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  const stored = await world.store.incident(world.workspace, deed.incident);
  if (stored === null) return;
  const id = click.kind === "action" ? null : click.item;
  const item = id === null ? null : await itemIn(world, stored, id);
  if (id !== null && item === null) return refuse(world, deed, stored, { reason: "no-such-item" });
  switch (click.deed) {
    case "add":
    case "edit":
      return openAction(world, deed, { stored, item });
    case "take":
      return takeOver(world, deed, stored);
    case "done":
      return item === null ? undefined : close(world, deed, { stored, item });
    case "issue":
      return item === null ? undefined : orderIssue(world, deed, { stored, item });
  }
}

async function itemIn(
  { store, workspace }: World,
  stored: StoredIncident,
  id: ActionId,
): Promise<ActionItem | null> {
  const item = await store.actionItem(workspace, id);
  return item?.incidentId === stored.id ? item : null;
}

async function openAction(
  world: World,
  deed: Deed & { readonly triggerId?: string | null },
  { stored, item }: { readonly stored: StoredIncident; readonly item: ActionItem | null },
): Promise<void> {
  const { job, triggerId = null } = deed;
  const modal = actionModal(stored.id, item);
  if ((await openForm(world, { job, triggerId }, modal)) === "open") return;
  return refuse(world, deed, stored, { reason: "form-unclear" });
}

async function takeOver(world: World, deed: Deed, stored: StoredIncident): Promise<void> {
  let taken = 0;
  const refused = await keep(world, deed, stored, (items, markdown) => {
    const proposals = openProposals(world, stored.id, { items, markdown });
    taken = proposals.length;
    if (taken === 0) return { reason: "nothing-proposed" };
    const rest = { owner: null, due: null, priority: "P2", state: "open", link: null } as const;
    const added = proposals.map((text) => ({
      ...rest,
      text: redact(text).slice(0, actionTextMax),
      id: proposalId(world, stored.id, text),
      revision: 1,
    }));
    return { items: added };
  });
  if (refused !== null) return refuse(world, deed, stored, refused);
  const what =
    taken === 1
      ? "The proposed one is on record; it waits"
      : `The ${taken} proposed are on record; each waits`;
  return listActions(world, deed, stored, `${what} for an owner and a date.`);
}

/** Somebody else may have closed it: then it stays as it is. */
async function close(
  world: World,
  deed: Deed,
  { stored, item: { id } }: { readonly stored: StoredIncident; readonly item: ActionItem },
): Promise<void> {
  const refused = await keep(world, deed, stored, (items) => {
    const now = items.find((each) => each.id === id);
    if (now === undefined) return { reason: "no-such-item" };
    const done = { ...now, state: "done", revision: now.revision + 1 } as const;
    return { items: now.state === "open" ? [done] : [] };
  });
  if (refused !== null) return refuse(world, deed, stored, refused);
  return listActions(world, deed, stored, "It is done.");
}

/** The form came back. */
export async function submitAction(
  world: World,
  event: {
    readonly job: string;
    readonly user: UserId;
    readonly about: string;
    readonly values: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const about = actionAbout(event.about);
  const stored = about && (await world.store.incident(world.workspace, about.incident));
  const parsed = parseAction(event.values);
  if (about === null || stored === null || !parsed.ok) return;
  const { job, user } = event;
  const deed = { job, user, channel: stored.channel, incident: stored.id };
  if (!(await mayChange(world, deed))) return;
  const told = { ...parsed.told, text: redact(parsed.told.text).slice(0, actionTextMax) };
  const refused =
    (await mayOwn(world, stored, told)) ??
    (await keep(world, deed, stored, (items) => revised(world, items, { about, told })));
  if (refused !== null) return refuse(world, deed, stored, refused);
  return listActions(world, deed, stored, savedWords(world, told, parsed.isCut));
}

/** In a channel that is not public an owner is one of its members: they are told what it is about. */
async function mayOwn(
  world: World,
  stored: StoredIncident,
  { owner, text }: ActionTold,
): Promise<ActionRefusal | null> {
  if (owner === null) return null;
  const why = await unreached(world, stored, owner);
  if (why === "left") return { reason: "owner-left", owner, text };
  if (!(await world.chat.isPerson(owner))) return { reason: "owner-no-person", owner, text };
  return why === null ? null : { reason: "owner-outside", owner, text };
}

function revised(
  world: World,
  items: readonly ActionItem[],
  {
    about: { item },
    told,
  }: {
    readonly about: NonNullable<ReturnType<typeof actionAbout>>;
    readonly told: ActionTold;
  },
): Revisions | ActionRefusal {
  if (item === null) return { items: [{ ...told, id: `act_${world.newId()}`, revision: 1 }] };
  const now = items.find(({ id }) => id === item.id);
  if (now === undefined) return { reason: "no-such-item" };
  if (now.revision !== item.revision) {
    return { reason: "changed-meanwhile", by: now.by, text: told.text };
  }
  return { items: [{ ...told, id: now.id, revision: now.revision + 1 }] };
}

/** What was saved is kept; what seems odd about it is said. */
function savedWords(world: World, { due, owner, state }: ActionTold, isCut: boolean): string {
  const today = wallClock(world.now(), world.digest.zone).date;
  const hints = [
    ...(isCut ? [`The text was longer than ${actionTextMax} characters and was cut there.`] : []),
    ...(state === "open" && due !== null && due < today ? [`Its due date, ${due}, is past.`] : []),
    ...(state === "open" && owner === null ? ["It has no owner yet, so nobody is reminded."] : []),
  ];
  return ["It is saved.", ...hints].join(" ");
}

function refuse(
  world: World,
  deed: Deed,
  stored: StoredIncident,
  why: ActionRefusal,
): Promise<void> {
  return listActions(world, deed, stored, actionRefusal(why));
}
