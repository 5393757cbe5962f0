/** Incidents that a tool tells of where nobody here would hear what is missing: the tool itself is told. */

import type { IncidentNews } from "../incident/news.ts";
import { whenAborted } from "./bounded-read.ts";
import type { World } from "./ports.ts";
import { saysOf } from "./told-elsewhere.ts";

/** Of one payload; what is beyond is taken, and said in the log. */
const channelsMax = 10;
/** Of all questions together: the sender waits. Where Slack is slower the news is taken. */
const timeoutMs = 2_000;

/** A sentence with the mend for each that is not to be taken. */
export async function unplacedNews(
  world: Pick<World, "chat" | "alerts" | "deadline">,
  news: readonly IncidentNews[],
): Promise<ReadonlyMap<IncidentNews, string>> {
  if (world.alerts.channel !== null) return new Map();
  const named = news.filter(({ channel, status }) => channel !== null && status !== "resolved");
  const channels = [...new Set(named.map(({ channel }) => channel ?? ""))].slice(0, channelsMax);
  const late = world.deadline(timeoutMs);
  const missing = new Set<string>();
  for (const channel of channels) {
    // oxlint-disable-next-line no-await-in-loop -- Slack lists channels twenty times a minute
    const row = await inTime(world.chat.channelNamed(channel), late);
    if (row === null) missing.add(channel);
  }
  const unheard = new Map<IncidentNews, string>();
  for (const each of named) {
    if (!missing.has(each.channel ?? "")) continue;
    // oxlint-disable-next-line no-await-in-loop -- as above
    if (!(await hasLead(world, each, late))) unheard.set(each, words(each));
  }
  return unheard;
}

/** Who is named and is somebody in Slack hears of it. */
async function hasLead(
  world: Pick<World, "chat">,
  news: IncidentNews,
  late: AbortSignal,
): Promise<boolean> {
  if (news.lead === null) return false;
  const told = await inTime(saysOf(world, news), late);
  return told === undefined || (told.lead !== undefined && "user" in told.lead);
}

/** undefined: Slack has not said. */
async function inTime<T>(asked: Promise<T>, late: AbortSignal): Promise<T | undefined> {
  try {
    return await Promise.race([asked, whenAborted(late)]);
  } catch {
    return undefined;
  }
}

function words({ id, channel }: IncidentNews): string {
  return `channel of "${id}": ${channel} is no channel that the bot can see, and nobody here would hear of it: ALERT_CHANNEL is not set, and the event names no lead whom Slack knows. Nothing of this event was taken. Invite the bot there with "/invite @hindsight", then send it again.`;
}
