/** An incident as it is now, and the messages that show it: each is one outbox row under its own key. */

import type { PostClass } from "../incident/budget.ts";
import { boardOf, listInForce } from "../incident/board.ts";
import type { BoardLine } from "../incident/board.ts";
import { foldIncident } from "../incident/fold.ts";
import { updateDueAt } from "../incident/update-due.ts";
import type { Incident, OfferedList } from "../incident/incident.ts";
import type { MessageBody } from "../message/body.ts";
import type { CatchUpView } from "../message/catch-up.ts";
import type { Links } from "../message/links.ts";
import type { ModelUse } from "../message/model-words.ts";
import { livingMessage } from "../message/living-message.ts";
import { stepsMessage } from "../message/steps-message.ts";
import type { Alike } from "../suggestion/alike.ts";
import { boardWithClaims, openClaims, standing } from "../suggestion/claim-evidence.ts";
import type { OpenClaim } from "../suggestion/claim-evidence.ts";
import { inLine, ruledOutIn } from "../suggestion/ruled-out.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { ChannelId, IncidentId, MessageTs, UserId } from "../vocabulary.ts";
import type { Effect, NewEntry, Place } from "./change.ts";
import type { SelfHealed, StoredIncident, World } from "./ports.ts";
import { modelUseOf } from "./model-use.ts";
import { viewerIn } from "./refresh-channel.ts";
import { alikeTo, seenHere, type Read } from "./seen-before.ts";

export interface Shown {
  readonly stored: StoredIncident;
  /** "INC-42" */
  readonly name: string;
  readonly incident: Incident;
  /** Every suggestion of every list. */
  readonly suggestions: readonly Suggestion[];
  readonly board: readonly BoardLine[];
  /** What people said is not the cause, with no check recorded. */
  readonly openClaims: readonly OpenClaim[];
  /** Earlier ones, most similar first; none before its first reading. */
  readonly alike: readonly Alike[];
  /** How often earlier ones of its kind healed by themselves; null before its first reading. */
  readonly selfHealed: SelfHealed | null;
  /** null: there is no model. */
  readonly modelUse: ModelUse | null;
}

type Earlier = Pick<Shown, "alike" | "selfHealed">;

export async function showIncident(world: World, stored: StoredIncident): Promise<Shown> {
  const suggestions = await world.store.suggestionsOf(world.workspace, stored.id);
  const modelUse = await modelUseOf(world, stored.id);
  const shown = shownFrom(stored, suggestions, { alike: [], selfHealed: null, modelUse });
  const { evidence } = shown.incident;
  return evidence === null ? shown : { ...shown, ...(await earlierOnes(world, shown, evidence)) };
}

/** Those that were most like it, and how often the ones of the same symptom and service healed by themselves. */
export async function earlierOnes(world: World, shown: Shown, read: Read): Promise<Earlier> {
  const { workspace, store } = world;
  const { stored } = shown;
  const { symptom, service } = read;
  const viewer = await viewerIn(world, stored.channel);
  const like = { viewer, incident: stored.id, symptom, service };
  const [alike, selfHealed] = await Promise.all([
    alikeTo(world, like, shown, read),
    store.selfHealed(workspace, like),
  ]);
  return { alike, selfHealed };
}

function shownFrom(
  stored: StoredIncident,
  suggestions: readonly Suggestion[],
  { alike, selfHealed, modelUse }: Earlier & Pick<Shown, "modelUse">,
): Shown {
  const folded = foldIncident(stored.entries);
  const incident = { ...folded, outcomes: standing(folded.outcomes, suggestions, folded) };
  const claims = openClaims(incident, suggestions);
  const board = boardWithClaims(boardOf(incident, suggestions), suggestions, claims);
  return {
    stored,
    name: `INC-${stored.number}`,
    incident,
    suggestions,
    board,
    openClaims: claims,
    alike,
    selfHealed,
    modelUse,
  };
}

/** What it will be once these entries are committed: messages show the state that they are committed with. */
export function withEntries(
  shown: Shown,
  entries: readonly NewEntry[],
  suggestions: readonly Suggestion[] = [],
): Shown {
  const { stored } = shown;
  const added = entries.map((entry, index) => ({
    ...entry,
    seq: stored.seq + 1 + index,
    recordedAt: entry.at,
  }));
  return shownFrom(
    { ...stored, entries: [...stored.entries, ...added] },
    [...shown.suggestions, ...suggestions],
    shown,
  );
}

export const livingKey = (id: IncidentId): string => `living:${id}`;
export const stepsKey = (id: IncidentId, list: number): string => `steps:${id}:${list}`;

/** Which step a message of ours is about, by its key: that of a try, or those of a list; null: no step's. */
export function stepOfKey(
  id: IncidentId,
  key: string,
): { readonly suggestion: string } | { readonly list: number } | null {
  const [, suggestion] = key.split(`${id}:try:`);
  if (suggestion !== undefined) return { suggestion };
  const [, list] = key.split(`steps:${id}:`);
  return list === undefined ? null : { list: Number(list) };
}

export function message(
  world: World,
  to: {
    readonly channel: ChannelId;
    readonly key: string;
    readonly place: Place;
    readonly as: PostClass;
  },
  body: MessageBody,
): Effect {
  const { channel, key, place, as } = to;
  const payload = { kind: "message", as, place, body } as const;
  return { id: `box_${world.newId()}`, channel, key, payload };
}

export function ephemeral(
  world: World,
  to: { readonly channel: ChannelId; readonly user: UserId; readonly threadTs?: MessageTs },
  body: MessageBody,
): Effect {
  const id = `box_${world.newId()}` as const;
  const { channel, user, threadTs } = to;
  const thread = threadTs === undefined ? {} : { threadTs };
  return { id, channel, key: id, payload: { kind: "ephemeral", to: user, body, ...thread } };
}

/** The one top-level message of an incident. */
export function livingEffect(world: World, shown: Shown): Effect {
  const { stored, incident, name, board } = shown;
  const list = listInForce(incident);
  const listed = list === undefined ? [] : suggestionsOf(shown, list);
  const body = livingMessage({
    id: stored.id,
    name,
    incident,
    board,
    openClaims: shown.openClaims,
    suggestions: inLine(listed, ruledOutIn(incident.outcomes, shown.suggestions)),
    seenBefore: seenHere(shown, world.now()),
    chart: null,
    modelUse: shown.modelUse,
    ownsLifecycle: world.ownsLifecycle,
    links: linksOf(world, incident),
  });
  const to = {
    channel: stored.channel,
    key: livingKey(stored.id),
    place: inChannel,
    as: "living",
  } as const;
  return message(world, to, body);
}

const inChannel: Place = { in: "channel" };

/** In the thread that a question was asked in, else under the living message. */
export function stepsEffect(world: World, shown: Shown, list: OfferedList): Effect {
  const { stored, incident } = shown;
  const body = stepsMessage({
    id: stored.id,
    list: list.list,
    suggestions: suggestionsOf(shown, list),
    incident,
    isExpanded: list.isExpanded,
    hiddenByRule: list.hiddenByRule.length,
    leftOutAsDone: list.leftOutAsDone,
    isLeftOutKnown: list.leftOut.length > 0,
    unread: list.unread,
    fell: list.fell,
    openClaims: shown.openClaims,
    backSince: list.backSince === undefined ? null : new Date(list.backSince * 1000),
    ownsLifecycle: world.ownsLifecycle,
    links: linksOf(world, incident),
  });
  const place: Place = {
    in: "thread",
    of: list.threadTs === undefined ? { key: livingKey(stored.id) } : { ts: list.threadTs },
  };
  return message(
    world,
    { channel: stored.channel, key: stepsKey(stored.id, list.list), place, as: "answer" },
    body,
  );
}

export function suggestionsOf(shown: Shown, list: OfferedList): Suggestion[] {
  return shown.suggestions.filter(({ id }) => list.suggestions.includes(id));
}

export function catchUpView(world: World, { name, incident, board }: Shown): CatchUpView {
  const links = linksOf(world, incident);
  return { name, incident, board, now: world.now(), nextUpdateAt: updateDueAt(incident), links };
}

export function linksOf(world: World, incident: Incident | null): Links {
  const links = incident?.evidence?.links ?? {};
  return { hosts: world.linkHosts, page: null, cite: (cite) => links[cite] ?? null };
}
