/** A channel is opened for alerts, and an incident begins in it with all groups that wait for it. */

import { clearSince, headOf, inIncident, servicesOf, severityOfGroup } from "../alert/group.ts";
import type { AlertGroup } from "../alert/group.ts";
import { channelNameOf } from "../alert/channel-name.ts";
import { gravest } from "../alert/severity.ts";
import { incidentAlertsMax } from "../incident/alerts.ts";
import type { IncidentId, UserId } from "../vocabulary.ts";
import { alertChannel, alertEffects, arriving, withMessage } from "./alert-place.ts";
import { entryAt, firedEntry } from "./alerts-in-incident.ts";
import { titleMax, usualSeverity } from "./begin-incident.ts";
import type { AlertChange, Change, ChannelRow, Effect, NewEntry } from "./change.ts";
import type { World } from "./ports.ts";
import { answerJob, openingJob } from "./settle-alert-place.ts";
import { about } from "./settle.ts";
import { changedEffects } from "./changed-effects.ts";
import { showIncident, withEntries, type Shown } from "./show-incident.ts";
import { teamEffects } from "./tell-team.ts";
import { refuse, type Asker } from "./tell.ts";

const decisionsMax = 20;

export interface Opening {
  readonly job: string;
  readonly name: string;
  /** Who asked for it; null: the settings do. */
  readonly by: UserId | null;
}

/** Whoever runs it again finds the channel that was made before: its name is no other's. */
export async function openAlertChannel(world: World, event: Opening): Promise<void> {
  const { workspace, store, chat } = world;
  if (await store.wasHandled(workspace, [event.job])) return;
  const channel = await chat.createChannel(event.name);
  if (channel === null) return giveUpOpening(world, event);
  await decided(world, event, async (waiting) => {
    const open = await store.openIncidentIn(workspace, channel.id);
    const part =
      open === null
        ? await begun(world, event, channel, waiting)
        : joined(world, await showIncident(world, open), waiting);
    return { ...part, effects: [...(part.effects ?? []), ...inviting(world, event, channel)] };
  });
}

/** Whoever asked for it is taken there: where alerts are answered there is only a link. */
function inviting(world: World, { by }: Opening, channel: ChannelRow): Effect[] {
  if (by === null) return [];
  const id = `box_${world.newId()}` as const;
  const payload = { kind: "invite", user: by } as const;
  return [{ id, channel: channel.id, key: `invite:${channel.id}:${by}`, payload }];
}

/** Somebody was quicker and declared one there. */
function joined(world: World, shown: Shown, { seq, groups }: AlertChange): Part {
  const entries = groups.slice(0, incidentAlertsMax).map((group) => firedEntry(world, group));
  const placed = groups.map((group) => inIncident(group, shown.stored.id));
  const { channel } = shown.stored;
  return {
    about: about(shown),
    entries,
    alerts: { seq, groups: placed },
    effects: [
      ...changedEffects(world, shown, withEntries(shown, entries)),
      ...placed.flatMap((group) => alertEffects(world, group, { channel })),
    ],
  };
}

/** No channel can be had: the alerts are answered where others are. */
export async function giveUpOpening(world: World, event: Opening): Promise<void> {
  const channel = await alertChannel(world);
  const at = world.now().getTime() / 1000;
  const arrival = channel === null ? null : await arriving(world, channel);
  await decided(world, event, async ({ seq, groups }) => {
    const placed = groups.map((group): AlertGroup => {
      if (channel === null) return { ...group, openedAt: null, place: { kind: "nowhere" } };
      const told = group.told === null ? withMessage(group, channel, at) : group;
      return { ...told, openedAt: null, place: { kind: "thread" } };
    });
    return {
      alerts: { seq, groups: placed },
      ...arrival,
      effects: [
        ...(arrival?.effects ?? []),
        ...placed.flatMap((group) => alertEffects(world, group, { isRefused: true })),
      ],
      jobs: channel !== null ? placed.map((group) => answerJob(world, group)) : [],
    };
  });
}

type Part = Omit<Change, "workspace" | "handled">;

/** Decides on the groups that wait by then; null: nothing of theirs changes. */
async function decided(
  { store, workspace }: World,
  { job, name }: Opening,
  decide: (waiting: AlertChange) => Promise<Part | null>,
): Promise<void> {
  for (let attempt = 0; attempt < decisionsMax; attempt += 1) {
    const waiting = await store.groupsOpening(workspace, name);
    const change = waiting.groups.length === 0 ? null : await decide(waiting);
    const commit = await store.commit({ workspace, handled: [job], ...change });
    if (commit !== "stale") return;
  }
  throw new Error(`alerts were decided on ${decisionsMax} times while a channel was opened`);
}

async function begun(
  world: World,
  { by }: Opening,
  channel: ChannelRow,
  { seq, groups }: AlertChange,
): Promise<Part> {
  const first = groups.find(({ openedAt }) => openedAt !== null) ?? groups[0];
  if (first === undefined) return {};
  const id: IncidentId = `inc_${world.newId()}`;
  const title = (headOf(first)?.title || channel.name).slice(0, titleMax);
  const where = await alertChannel(world);
  const arrival = where === null ? null : await arriving(world, where);
  const team = await teamEffects(world, first, { opened: channel.id, where });
  const at = world.now().getTime() / 1000;
  const placed = groups.map((group) => {
    const isTold = group === first && group.told === null && where !== null;
    return inIncident(isTold ? withMessage(group, where, at) : group, id);
  });
  const job = { kind: "investigate", channel: channel.id, incident: id, asked: null } as const;
  return {
    channel,
    about: { kind: "new", id, channel: channel.id, title, openedAt: world.now() },
    entries: firstEntries(world, { by, channel, title, groups }),
    service: servicesOf(first)[0] ?? null,
    alerts: { seq, groups: placed },
    effects: [
      ...(arrival?.effects ?? []),
      ...placed.flatMap((group) => alertEffects(world, group, { channel: channel.id })),
      ...team,
    ],
    jobs: [{ id: world.idOf(`investigate ${id}`), job }],
  };
}

function firstEntries(
  world: World,
  start: {
    readonly by: UserId | null;
    readonly channel: ChannelRow;
    readonly title: string;
    readonly groups: readonly AlertGroup[];
  },
): NewEntry[] {
  const { by, channel, title, groups } = start;
  const severity = gravest(groups.map(severityOfGroup)) ?? usualSeverity;
  const place = { channel: channel.id, channelName: channel.name };
  const declared = { kind: "declared", title, ...place, severity } as const;
  const told = groups.slice(0, incidentAlertsMax);
  const clear = told.filter((group) => clearSince(group) !== null);
  return [
    by === null
      ? entryAt(world, declared)
      : { actor: by, source: "slack", at: world.now(), fact: declared },
    entryAt(world, { kind: "joined", channel: channel.id }),
    ...(groups.length > 1 ? [entryAt(world, { kind: "collecting" })] : []),
    ...told.map((group) => firedEntry(world, group)),
    ...clear.map((group) =>
      entryAt(world, { kind: "alert-cleared", group: group.id }, clearSince(group) ?? undefined),
    ),
  ];
}

/** "Declare an incident" at the message of a group: in a channel of its own. */
export async function declareAlert(
  world: World,
  event: Asker & { readonly group: string },
): Promise<void> {
  const { workspace, store } = world;
  const { job, user } = event;
  for (let attempt = 0; attempt < decisionsMax; attempt += 1) {
    const desk = await store.alertDesk(workspace, [event.group], world.now());
    const [group] = desk.groups;
    if (group?.place?.kind !== "thread") return refuse(world, event, { reason: "alert-taken" });
    const name = channelNameOf(group, world.now());
    const opening: AlertGroup = { ...group, place: { kind: "opening", name } };
    const commit = await store.commit({
      workspace,
      handled: [job],
      alerts: { seq: desk.seq, groups: [opening] },
      effects: alertEffects(world, opening),
      jobs: [openingJob(world, desk, { name, by: user })],
    });
    if (commit !== "stale") return;
  }
  throw new Error(`alerts were decided on ${decisionsMax} times while one was declared`);
}
