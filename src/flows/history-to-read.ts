/** How far back the history of an incident's channel is to be read, as the job of its first page. */

import type { MessageTs } from "../vocabulary.ts";
import type { NewJob } from "./change.ts";
import type { OpenChannel, World } from "./ports.ts";
import { historyMs } from "./what-is-asked.ts";

/** What a team said in a channel of its own earlier is about other things. */
const elsewhereMs = 2 * 3_600_000;

/** From where it was read to before, and never further back than the window; `because` makes it one of its kind. */
export function historyOf(
  world: World,
  { incident, channel, name, readTo }: OpenChannel,
  because: string,
): NewJob {
  const windowMs = world.incidentChannels.test(name) ? historyMs : elsewhereMs;
  const from = tsOf(world.now().getTime() - windowMs);
  const after = readTo === null || Number(readTo) < Number(from) ? from : readTo;
  const first = { before: null, isBack: false, threads: [], newest: null, stored: 0, waits: 0 };
  return {
    id: world.idOf(`read-history ${incident} ${because}`),
    job: { kind: "read-history", channel, incident, after, ...first },
  };
}

/** As Slack writes times. */
function tsOf(ms: number): MessageTs {
  return (ms / 1000).toFixed(6);
}
