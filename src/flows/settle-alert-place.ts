/** What follows once it is decided where a group of alerts is answered. */

import { channelNameOf } from "../alert/channel-name.ts";
import type { Destination } from "../alert/destination.ts";
import {
  clearSince,
  firingSince,
  headOf,
  inIncident,
  isInThread,
  withOccurrence,
  type AlertGroup,
} from "../alert/group.ts";
import { firingAgain } from "../message/alert-message.ts";
import type { AlertDesk } from "./alert-desk.ts";
import { alertEffects, arriving, withMessage } from "./alert-place.ts";
import { pastOf } from "./alert-past.ts";
import { newsIn } from "./alerts-in-incident.ts";
import type { Change, ChannelRow, NewJob } from "./change.ts";
import { continuedIn } from "./merge-incident.ts";
import type { World } from "./ports.ts";
import { showIncident } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { aside } from "./show-try.ts";
import type { IncidentId } from "../vocabulary.ts";

const carriedTitlesMax = 5;

export interface Deciding {
  readonly desk: AlertDesk;
  readonly before: AlertGroup | null;
  /** With what was told now. */
  readonly after: AlertGroup;
  /** The incident that it was answered in. */
  readonly shown: Shown | null;
  /** Where alerts are answered. */
  readonly channel: ChannelRow | null;
}

type Part = Omit<Change, "workspace" | "handled">;

export async function settlePlace(
  world: World,
  deciding: Deciding,
  destination: Destination,
): Promise<Part> {
  if (destination.kind === "same") return stay(world, deciding, destination.isBack);
  const { after, channel, desk } = deciding;
  const group = await anew(world, deciding);
  const at = world.now().getTime() / 1000;
  switch (destination.kind) {
    case "attach":
      return join(world, deciding, { group, incident: destination.incident, isCollected: false });
    case "collect":
      return destination.into.kind === "incident"
        ? join(world, deciding, { group, incident: destination.into.incident, isCollected: true })
        : written(deciding, { ...group, place: destination.into });
    case "open": {
      const name = channelNameOf(after, world.now());
      const opening = { ...group, place: { kind: "opening", name }, openedAt: at } as const;
      return { ...written(deciding, opening), jobs: [openingJob(world, desk, { name, by: null })] };
    }
    case "thread":
      return channel === null
        ? written(deciding, { ...group, place: { kind: "nowhere" } })
        : thread(world, deciding, withMessage(group, channel, at), channel);
    case "with":
      return carried(world, deciding, group, destination.group);
    case "nowhere":
      return written(deciding, { ...group, place: { kind: "nowhere" } });
  }
}

/** A group may come back within the minute that stands in the name: each decision has a job of its own. */
export function openingJob(
  world: World,
  { seq }: Pick<AlertDesk, "seq">,
  opening: { readonly name: string; readonly by: string | null },
): NewJob {
  const id = world.idOf(`open-channel ${opening.name} ${seq}`);
  return { id, job: { kind: "open-channel", ...opening } };
}

function written({ desk }: Pick<Deciding, "desk">, ...groups: readonly AlertGroup[]): Part {
  return { alerts: { seq: desk.seq, groups } };
}

/** Another trouble than before; while it is answered nowhere, its flapping is one. */
async function anew(world: World, { before, after, channel }: Deciding): Promise<AlertGroup> {
  const clear = before === null ? null : clearSince(before);
  const since = firingSince(after) ?? 0;
  // It has become graver than its thread: its message leads on.
  if (before !== null && isInThread(before) && firingSince(before) !== null) return after;
  const isSame =
    before?.place?.kind === "nowhere" &&
    (clear === null || since - clear <= world.alerts.quietMs / 1000);
  const group = { ...after, told: null, openedAt: null, carried: { count: 0, titles: [] } };
  if (isSame) return group;
  const past = await pastOf(world, after.occurrences, channel?.kind === "external");
  return withOccurrence(group, { at: world.now().getTime() / 1000, incident: null, past });
}

/** Where it is answered already. */
function stay(world: World, deciding: Deciding, isBack: boolean): Part {
  const { after, shown } = deciding;
  const told = alertEffects(world, after, { channel: shown?.stored.channel ?? null });
  if (shown === null) return { ...written(deciding, after), effects: told };
  if (shown.incident.state === "open") {
    const news = newsIn(world, shown, after);
    return { ...written(deciding, after), ...news, effects: [...news.effects, ...told] };
  }
  const since = firingSince(after) ?? 0;
  const words = { title: headOf(after)?.title ?? "", since: new Date(since * 1000) };
  const again = aside(
    world,
    shown,
    { key: `again:${after.id}:${since}`, as: "turn" },
    firingAgain(words),
  );
  return { ...written(deciding, after), effects: isBack ? [...told, again] : told };
}

async function join(
  world: World,
  deciding: Deciding,
  into: {
    readonly group: AlertGroup;
    readonly incident: IncidentId;
    readonly isCollected: boolean;
  },
): Promise<Part> {
  const { group, incident, isCollected } = into;
  const stored = await continuedIn(world, incident);
  if (stored === null) throw new Error(`incident ${incident} is not in the database`);
  const shown = await showIncident(world, stored);
  const placed = inIncident(group, stored.id);
  return { ...written(deciding, placed), ...newsIn(world, shown, placed, isCollected) };
}

async function thread(
  world: World,
  deciding: Deciding,
  group: AlertGroup,
  channel: ChannelRow,
): Promise<Part> {
  const placed: AlertGroup = { ...group, place: { kind: "thread" } };
  const arrival = await arriving(world, channel);
  return {
    ...written(deciding, placed),
    ...arrival,
    effects: [...arrival.effects, ...alertEffects(world, placed)],
    jobs: [answerJob(world, placed)],
  };
}

export function answerJob(world: World, { id, told }: AlertGroup): NewJob {
  const key = told?.key ?? "";
  return { id: world.idOf(`answer ${key}`), job: { kind: "answer-alert", group: id, key } };
}

/** In another's message, which tells how many there are. */
async function carried(
  world: World,
  deciding: Deciding,
  group: AlertGroup,
  by: string,
): Promise<Part> {
  const { groups } = await world.store.alertDesk(world.workspace, [by], world.now());
  const [carrier] = groups;
  const placed: AlertGroup = { ...group, place: { kind: "with", group: by } };
  if (carrier === undefined) return written(deciding, placed);
  const { count, titles } = carrier.carried;
  const head = headOf(group);
  const title = [head?.title ?? "", head?.service ?? ""].filter(Boolean).join(" on ");
  const shown = [...new Set([...titles, title])].slice(0, carriedTitlesMax);
  const now = { ...carrier, carried: { count: count + 1, titles: shown } };
  return { ...written(deciding, placed, now), effects: alertEffects(world, now) };
}
