/** What another tool or a channel's topic told of an incident: in companion mode it holds, else it is kept beside what people here say (DESIGN §4). */

import type { IncidentNews } from "../incident/news.ts";
import type { ToldState } from "../incident/told.ts";
import type { IncidentId } from "../vocabulary.ts";
import { causeJob } from "./ask-cause.ts";
import { askedAtEnd, outcomeQuestion } from "./ask-outcome.ts";
import { begin, placeFor } from "./begin-incident.ts";
import type { Change, ChannelRow, NewEntry, NewJob } from "./change.ts";
import { handoverEffects } from "./hand-over.ts";
import { continuedIn } from "./merge-incident.ts";
import type { World } from "./ports.ts";
import { about, settle } from "./settle.ts";
import { changedEffects } from "./changed-effects.ts";
import { withEntries, type Shown } from "./show-incident.ts";
import { tellOfUnseen } from "./tell-of-unseen.ts";
import { saysOf } from "./told-elsewhere.ts";

export interface NewsEvent {
  readonly job: string;
  readonly news: IncidentNews;
}

/** What belongs to no incident is said in the log, with what would mend it; and to people where an invitation does. */
export async function hearNews(world: World, { job, news }: NewsEvent): Promise<void> {
  const { workspace, store } = world;
  if (await store.wasHandled(workspace, [job])) return;
  const found = await incidentOf(world, news);
  if ("id" in found) {
    const says = await saysOf(world, news);
    await settle(world, found.id, (shown) => change(world, shown, { job, news, says }));
    return;
  }
  if (found.why !== null) {
    world.trouble(
      `What ${news.teller} told of an incident (${news.id}) was left out: ${found.why}`,
    );
  }
  await store.commit({ workspace, handled: [job], ...(await tellOfUnseen(world, news, found)) });
}

/** `why`: null where nobody has to mend anything. `isUnseen`: the bot has to be invited where the incident is. */
type Found =
  | { readonly id: IncidentId }
  | { readonly why: string | null; readonly isUnseen?: boolean };

async function incidentOf(world: World, news: IncidentNews): Promise<Found> {
  if (news.channel === null) return ofAlerts(world, news);
  const channel = await world.chat.channelNamed(news.channel);
  if (channel === null) {
    const why = `${news.channel} is no channel that the bot can see; invite it there.`;
    return { why, isUnseen: true };
  }
  const { workspace, store } = world;
  const known = await store.latestIncidentIn(workspace, channel.id);
  if (known !== null) return known;
  if (world.ownsLifecycle || news.status === "resolved") {
    return { why: `there is no incident in #${channel.name}.` };
  }
  return begun(world, news, channel);
}

/** The tool says that there is one: the bot joins it, whatever the channel is called. */
async function begun(world: World, news: IncidentNews, channel: ChannelRow): Promise<Found> {
  const place = await placeFor(world, channel.id);
  if ("reason" in place) {
    return { why: `the bot is not in #${channel.name}; invite it there.`, isUnseen: true };
  }
  await begin(world, { handled: [], channel: place, by: null, title: news.title });
  const known = await world.store.openIncidentIn(world.workspace, channel.id);
  if (known === null) throw new Error(`an incident began in ${channel.id} and is not there`);
  return known;
}

/** Its alerts lead to it; those that are answered in a thread have no incident, and nothing is amiss. */
async function ofAlerts(world: World, { teller, of }: IncidentNews): Promise<Found> {
  if (of === null) return { why: "it names neither a channel nor a group of alerts." };
  const group = world.idOf(`alert group ${teller} ${of}`);
  const { groups } = await world.store.alertDesk(world.workspace, [group], world.now());
  const place = groups[0]?.place;
  const stored = place?.kind === "incident" ? await continuedIn(world, place.incident) : null;
  return stored ?? { why: null };
}

interface Deciding extends NewsEvent {
  readonly says: ToldState;
}

async function change(world: World, shown: Shown, { job, news, says }: Deciding): Promise<Change> {
  const { workspace, botUser } = world;
  const { teller, of } = news;
  const at = new Date(Math.min(news.at * 1000, world.now().getTime()));
  const isOwner = !world.ownsLifecycle;
  const fact = { kind: "told", teller, of, isOwner, says } as const;
  const told: NewEntry = { actor: botUser, source: "hook", at, fact };
  const heard = withEntries(shown, [told]);
  if (isSame(shown, heard)) return { workspace, handled: [job] };
  const isEnded = shown.incident.state === "open" && heard.incident.state === "resolved";
  const entries = [told, ...(isEnded ? askedAtEnd(world, shown) : [])];
  const after = withEntries(shown, entries);
  const { incident } = after;
  return {
    workspace,
    handled: [job],
    about: about(shown),
    entries,
    ...(incident.title === shown.incident.title ? {} : { title: incident.title }),
    closedAt: incident.state === "open" ? null : incident.resolvedAt,
    effects: [
      ...changedEffects(world, shown, after),
      ...handoverEffects(world, shown, after),
      ...(isEnded ? outcomeQuestion(world, after) : []),
    ],
    jobs: isEnded ? [await causeJob(world, after)] : againJobs(world, shown, after, job),
  };
}

function isSame(before: Shown, after: Shown): boolean {
  const now = { ...after.incident, seq: before.incident.seq };
  return JSON.stringify(before.incident) === JSON.stringify(now);
}

/** It is read anew where it was taken up again there. */
function againJobs(world: World, before: Shown, after: Shown, job: string): NewJob[] {
  if (before.incident.state === "open" || after.incident.state === "resolved") return [];
  const { id, channel } = after.stored;
  const again = { kind: "investigate", channel, incident: id, asked: null } as const;
  return [{ id: world.idOf(`investigate ${job}`), job: again }];
}
