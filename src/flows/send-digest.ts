/** The weekly digest is sent: one a week and team, whoever is first. */

import type { Team } from "../catalog/catalog.ts";
import { weeksWords } from "../chart/weeks.ts";
import { chartsOf } from "../digest/charts.ts";
import type { Digest } from "../digest/digest.ts";
import { digestMessage } from "../message/digest.ts";
import type { ChannelId } from "../vocabulary.ts";
import type { Effect } from "./change.ts";
import { digestOfWeek } from "./digest-of-week.ts";
import { pictureEffect } from "./draw-series.ts";
import type { World } from "./ports.ts";
import { message } from "./show-incident.ts";

/** Who is told a digest, and when: `team` null is the whole workspace, where no team has a channel. */
export interface Addressee {
  readonly team: string | null;
  readonly zone: string;
}

/** By the catalog as it is now. */
export async function addressees(world: World): Promise<Addressee[]> {
  const teams = await teamsWithChannel(world);
  if (teams.length > 0) {
    return teams.map(({ name, timezone }) => ({ team: name, zone: timezone ?? world.digest.zone }));
  }
  return world.digest.channel === null ? [] : [{ team: null, zone: world.digest.zone }];
}

async function teamsWithChannel(world: World): Promise<Team[]> {
  const { catalog } = await world.sourcesFor("");
  return catalog.teams.filter(({ channel }) => channel !== undefined);
}

/** Rejects where its channel is none that the bot can see, with the mend. */
export async function sendDigest(
  world: World,
  { job, team: name }: { readonly job: string; readonly team: string | null },
): Promise<void> {
  const { catalog } = await world.sourcesFor("");
  const team = catalog.teams.find((each) => each.name === name) ?? null;
  const to = name === null ? world.digest.channel : (team?.channel ?? null);
  // Its team or its channel was taken out of the catalog since.
  if (to === null) return;
  const channel = await world.chat.channelNamed(to);
  if (channel === null) {
    const where = name === null ? "DIGEST_CHANNEL" : `the channel of team ${name} in the catalog`;
    throw new Error(`${where}: ${to} is no channel that the bot can see; invite it there`);
  }
  if (channel.kind === "external") {
    throw new Error(`${to}: people from outside can read it, so that no digest is told there`);
  }
  const digest = await digestOfWeek(world, channel, { catalog, team });
  const id = world.idOf(`digest ${name ?? ""} ${digest.week.key}`);
  await world.store.commit({
    workspace: world.workspace,
    handled: [job],
    channel,
    digest: { id, at: world.now(), body: digest },
    effects: effectsOf(world, { channel: channel.id, id, digest }),
  });
}

function effectsOf(
  world: World,
  {
    channel,
    id,
    digest,
  }: { readonly channel: ChannelId; readonly id: string; readonly digest: Digest },
): Effect[] {
  const key = `digest:${id}`;
  const body = digestMessage(digest, {
    page: world.digestPage(id),
    hosts: world.linkHosts,
    pageOf: (incident) => world.postmortemPage(incident),
  });
  const pictures = chartsOf(digest).map((chart, index) =>
    pictureEffect(
      world,
      { channel, key: `${key}:${index}`, under: key },
      { chart, title: chart.title, words: weeksWords(chart) },
    ),
  );
  const join: Effect = {
    id: `box_${world.newId()}`,
    channel,
    key: `join:${channel}`,
    payload: { kind: "join" },
  };
  return [
    join,
    message(world, { channel, key, place: { in: "channel" }, as: "alert" }, body),
    ...pictures,
  ];
}
