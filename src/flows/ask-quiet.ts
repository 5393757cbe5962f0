/** An incident whose alerts are clear and whose channel is quiet: whether it is over is asked, it never hangs open (DESIGN §4). */

import { alertsClearSince } from "../incident/alerts.ts";
import type { Incident } from "../incident/incident.ts";
import { quietQuestion } from "../message/end.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { Change, Effect, NewJob } from "./change.ts";
import { mayChange, type Deed } from "./may-change.ts";
import { entryOf } from "./on-step.ts";
import type { ChatMessage } from "./chat.ts";
import type { StoredIncident, World } from "./ports.ts";
import { refreshChannel } from "./refresh-channel.ts";
import { about, settle } from "./settle.ts";
import { showIncident } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { aside } from "./show-try.ts";
import { refuse } from "./tell.ts";
import { recentMessages } from "./what-is-asked.ts";

/** So long after it was quiet as the settings say; whoever plans it for the same time plans the same one. */
export function quietJob(
  world: World,
  { id, channel }: Pick<StoredIncident, "id" | "channel">,
  quietSince: Date,
): NewJob {
  const at = new Date(quietSince.getTime() + world.alerts.quietMs);
  return {
    id: world.idOf(`ask-quiet ${id} ${Math.floor(at.getTime() / 1000)}`),
    job: { kind: "ask-quiet", channel, incident: id },
    startAfter: at,
  };
}

/** Not where another tool ends it. Asks, or plans to ask later where somebody has said or done something since; nothing where an alert is back. */
export async function askQuiet(
  world: World,
  event: {
    readonly handled: readonly string[];
    readonly channel: string;
    readonly incident: IncidentId;
  },
): Promise<void> {
  const { workspace, store } = world;
  if (await store.wasHandled(workspace, event.handled)) return;
  const stored = await store.incident(workspace, event.incident);
  if (!world.ownsLifecycle || stored === null) return;
  if (isLive((await showIncident(world, stored)).incident) === null) return;
  if ((await refreshChannel(world, event.channel)) !== "open") return;
  const { messages } = await recentMessages(world, { channel: event.channel, asked: null });
  await settle(world, event.incident, (shown): Change | null => {
    const clearSince = isLive(shown.incident);
    if (clearSince === null) return null;
    const quietSince = quietSinceOf(shown, clearSince, messages);
    const isDue = world.now().getTime() - quietSince.getTime() >= world.alerts.quietMs;
    return {
      workspace,
      handled: event.handled,
      about: about(shown),
      effects: isDue ? [question(world, shown, { clearSince, quietSince })] : [],
      jobs: isDue ? [] : [quietJob(world, shown.stored, quietSince)],
    };
  });
}

/** Since when its alerts are clear, where it is open; null: there is nothing to ask. */
function isLive({ state, alerts }: Incident): Date | null {
  return state === "open" ? alertsClearSince(alerts) : null;
}

/** What people said in the channel, and what they did on the board. */
function quietSinceOf({ stored }: Shown, clearSince: Date, said: readonly ChatMessage[]): Date {
  const messages = said.filter(({ isBot }) => !isBot).map(({ ts }) => Number(ts) * 1000);
  const deeds = stored.entries
    .filter(({ source }) => source === "slack")
    .map(({ at }) => at.getTime());
  return new Date(Math.max(clearSince.getTime(), ...messages, ...deeds));
}

/** One message each time that it is asked: an answer edits its own. */
function question(
  world: World,
  shown: Shown,
  view: Pick<Parameters<typeof quietQuestion>[0], "clearSince" | "quietSince">,
): Effect {
  const body = quietQuestion({ incident: shown.stored.id, ...view, stillOn: null });
  return aside(world, shown, { key: quietKey(shown, view.clearSince), as: "end" }, body);
}

function quietKey({ incident }: Shown, clearSince: Date): string {
  return `quiet:${clearSince.getTime() / 1000}:${incident.stillOn.length}`;
}

/** "Still on it": it is asked again after as long again. */
export async function stillOn(world: World, deed: Deed): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  await settle(world, deed.incident, async (shown): Promise<Change | null> => {
    if (shown.incident.state === "resolved") {
      await refuse(world, deed, { reason: "incident-resolved", name: shown.name });
      return null;
    }
    const now = world.now();
    const entries = [entryOf(world, deed.user, { kind: "still-on", by: deed.user })];
    const next = quietJob(world, shown.stored, now);
    return {
      workspace: world.workspace,
      handled: [deed.job],
      about: about(shown),
      entries,
      effects: answered(world, shown, next, deed),
      jobs: [next],
    };
  });
}

function answered(world: World, shown: Shown, { startAfter }: NewJob, { user }: Deed): Effect[] {
  const clearSince = isLive(shown.incident);
  if (clearSince === null || startAfter === undefined) return [];
  const quietSince = quietSinceOf(shown, clearSince, []);
  const view = { incident: shown.stored.id, clearSince, quietSince };
  const body = quietQuestion({ ...view, stillOn: { by: user, askedAgainAt: startAfter } });
  return [aside(world, shown, { key: quietKey(shown, clearSince), as: "end" }, body)];
}
