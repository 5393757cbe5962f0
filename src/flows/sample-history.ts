/** Digest and statistics of made-up incidents, so that both can be seen from the first minute; marked as what they are. */

import { withLineAbove } from "../message/answers-asked.ts";
import type { MessageBody } from "../message/body.ts";
import { digestMessage, sampleWords } from "../message/digest.ts";
import type { ChannelId, IncidentId } from "../vocabulary.ts";
import { chartWords, digestOfWeek } from "./digest-of-week.ts";
import type { World } from "./ports.ts";
import { viewerNow } from "./refresh-channel.ts";
import { statsAnswer } from "./statistics.ts";

/** "sample", "sample 30": what follows the word; null: something else is asked, or there is none. */
export function sampleAsked({ sample }: World, about: string): string | null {
  const match = /^sample(?:\s+(.*))?$/i.exec(about.trim());
  return sample === null || match === null ? null : (match[1] ?? "");
}

/** The digest is kept, so that its page can be opened. */
export async function sampleDigest(world: World, channel: ChannelId): Promise<MessageBody> {
  const own = await inSample(world);
  const { catalog } = await world.sourcesFor(channel);
  const viewer = await viewerNow(world, channel);
  const digest = { ...(await digestOfWeek(own, viewer, { catalog, team: null })), isSample: true };
  const id = world.idOf(`digest ${own.workspace} ${digest.week.key}`);
  const kept = { id, at: world.now(), body: digest };
  await world.store.commit({ workspace: own.workspace, handled: [], digest: kept });
  const shown = {
    page: world.digestPage(id),
    hosts: world.linkHosts,
    charts: chartWords(digest),
    pageOf: (incident: IncidentId) => world.postmortemPage(incident),
  };
  return withLineAbove(digestMessage(digest, shown), sampleWords);
}

export async function sampleStats(
  world: World,
  channel: ChannelId,
  about: string,
): Promise<MessageBody> {
  return withLineAbove(await statsAnswer(await inSample(world), channel, about), sampleWords);
}

async function inSample(world: World): Promise<World> {
  if (world.sample === null) throw new Error("there is no sample history here");
  return { ...world, workspace: await world.sample() };
}
