/** The digest of the week before: of a team, or of the whole workspace, as far as it may be shown where it is told. */

import type { Catalog, Team } from "../catalog/catalog.ts";
import { wallClock } from "../catalog/window.ts";
import { weeksWords } from "../chart/weeks.ts";
import { chartsOf } from "../digest/charts.ts";
import { digestOf, periodWeeks, type Digest } from "../digest/digest.ts";
import { weekBefore, weeksUpTo, type Week } from "../digest/week.ts";
import { digestMessage, noSuchTeam, notShownHere } from "../message/digest.ts";
import type { MessageBody } from "../message/body.ts";
import type { ChannelId } from "../vocabulary.ts";
import type { Viewer, World } from "./ports.ts";
import { viewerNow } from "./refresh-channel.ts";

/** Lists of so many weeks are "of late", those of the rest of the period before. */
const lateWeeks = 4;

/** `team`: null: all services, and those of nobody. */
export async function digestOfWeek(
  world: World,
  viewer: Viewer,
  { catalog, team }: { readonly catalog: Catalog; readonly team: Team | null },
): Promise<Digest> {
  const zone = team?.timezone ?? world.digest.zone;
  const week = weekBefore(world.now(), zone);
  const [first = week, ...rest] = weeksUpTo(week, periodWeeks, zone);
  const weeks: [Week, ...Week[]] = [first, ...rest];
  const services = team === null ? null : servicesOf(catalog, team);
  const lateFrom = weeks.at(-lateWeeks)?.from ?? week.from;
  const period = { viewer, from: first.from, to: week.to, lateFrom, services };
  const today = wallClock(world.now(), zone).date;
  const [facts, actions] = await Promise.all([
    world.store.periodFacts(world.workspace, period),
    world.store.openActions(world.workspace, { viewer, services, today }),
  ]);
  return digestOf(facts, { team: team?.name ?? null, weeks, actions });
}

function servicesOf({ services }: Catalog, { name }: Team): string[] {
  return services.filter(({ owner }) => owner === name).map((service) => service.name);
}

/** What would be posted, to whoever asks; `about`: the team's name, or nothing. */
export async function digestAnswer(
  world: World,
  channel: ChannelId,
  about: string,
): Promise<MessageBody> {
  const { catalog } = await world.sourcesFor(channel);
  const named = about.trim().toLowerCase();
  const team = catalog.teams.find(({ name }) => name.toLowerCase() === named) ?? null;
  if (team === null && named !== "") {
    return noSuchTeam(
      about.trim(),
      catalog.teams.map(({ name }) => name),
    );
  }
  const viewer = await viewerNow(world, channel);
  if (viewer.kind === "external") return notShownHere();
  const digest = await digestOfWeek(world, viewer, { catalog, team });
  return digestMessage(digest, {
    page: null,
    hosts: world.linkHosts,
    charts: chartWords(digest),
    pageOf: (incident) => world.postmortemPage(incident),
  });
}

/** What its charts show: an answer to one person can hold no picture. */
export function chartWords(digest: Digest): readonly string[] {
  return chartsOf(digest).map(weeksWords);
}
