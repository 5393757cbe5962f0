/** Statistics of the last days, to whoever asks. */

import { statisticsOf } from "../digest/statistics.ts";
import type { MessageBody } from "../message/body.ts";
import { badDays, statisticsMessage } from "../message/statistics.ts";
import type { ChannelId } from "../vocabulary.ts";
import { notShownHere } from "../message/digest.ts";
import type { World } from "./ports.ts";
import { viewerNow } from "./refresh-channel.ts";

const usualDays = 91;
const daysMax = 3_650;
const dayMs = 86_400_000;

/** `about`: how many days, "30" or "30 days"; nothing: a quarter of a year. */
export async function statsAnswer(
  world: World,
  channel: ChannelId,
  about: string,
): Promise<MessageBody> {
  const told = about.trim();
  const days = told === "" ? usualDays : Number(/^(\d{1,4})(?: ?d(?:ays?)?)?$/i.exec(told)?.[1]);
  if (!(days >= 1 && days <= daysMax)) return badDays(told);
  const viewer = await viewerNow(world, channel);
  if (viewer.kind === "external") return notShownHere();
  const to = world.now();
  const from = new Date(to.getTime() - days * dayMs);
  const facts = await world.store.periodFacts(world.workspace, {
    viewer,
    from,
    to,
    lateFrom: from,
    services: null,
  });
  return statisticsMessage(statisticsOf(facts), days);
}
