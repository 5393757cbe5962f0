/** The topic of an incident's channel, which says how it stands (DESIGN §4). */

import type { Incident } from "../incident/incident.ts";
import { topicText } from "../message/topic.ts";
import type { ChannelId } from "../vocabulary.ts";
import type { Effect } from "./change.ts";
import type { World } from "./ports.ts";

/** None in a channel that is about more than its incident, nor where another tool keeps it. */
export function topicEffects(world: World, channel: ChannelId, incident: Incident): Effect[] {
  if (!world.ownsLifecycle || !world.incidentChannels.test(incident.channelName)) return [];
  const payload = { kind: "topic", text: topicText(incident), by: world.botUser } as const;
  return [{ id: `box_${world.newId()}`, channel, key: `topic:${channel}`, payload }];
}
