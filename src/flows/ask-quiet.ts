/** An incident whose alerts are clear, or its numbers back, and whose channel is quiet: whether it is over and what did it is asked (DESIGN §4, §8). */

import { alertsClearSince } from "../incident/alerts.ts";
import type { Incident } from "../incident/incident.ts";
import { quietQuestion } from "../message/end.ts";
import { askedWhenQuiet, outcomeQuestion } from "./ask-outcome.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { Change, Effect, NewJob } from "./change.ts";
import { mayChange, type Deed } from "./may-change.ts";
import { entryOf } from "./on-step.ts";
import type { ChatMessage } from "./chat.ts";
import type { StoredIncident, World } from "./ports.ts";
import { refreshChannel } from "./refresh-channel.ts";
import { about, settle } from "./settle.ts";
import { showIncident, withEntries } from "./show-incident.ts";
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

/** Where this reading is the first that sees the numbers back: so long after they were. */
export function quietAfterRecovery(
  world: World,
  { stored, incident }: Shown,
  backSince: number | undefined,
): NewJob[] {
  const isTurn = backSince !== undefined && incident.evidence?.backSince === undefined;
  return isTurn ? [quietJob(world, stored, new Date(backSince * 1000))] : [];
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
  const { incident } = await showIncident(world, stored);
  if (calmSince(incident) === null) return;
  if ((await refreshChannel(world, event.channel)) !== "open") return;
  const asked = { channel: event.channel, asked: null };
  const { messages } = await recentMessages(world, asked, incident.declaredAt);
  await settle(world, event.incident, (shown): Change | null => {
    const calm = calmSince(shown.incident);
    if (calm === null) return null;
    const quietSince = quietSinceOf(shown, calm, messages);
    const isDue = world.now().getTime() - quietSince.getTime() >= world.alerts.quietMs;
    return {
      workspace,
      handled: event.handled,
      about: about(shown),
      ...(isDue
        ? questions(world, shown, quietSince)
        : { jobs: [quietJob(world, shown.stored, quietSince)] }),
    };
  });
}

/** Whether it is over, of who has alerts; and what did it. */
function questions(
  world: World,
  shown: Shown,
  quietSince: Date,
): Pick<Change, "entries" | "effects"> {
  const clearSince = isLive(shown.incident);
  const entries = askedWhenQuiet(world, shown);
  const isAsked = entries.length > 0;
  return {
    entries,
    effects: [
      ...(clearSince === null ? [] : [question(world, shown, { clearSince, quietSince })]),
      ...(isAsked ? outcomeQuestion(world, withEntries(shown, entries)) : []),
    ],
  };
}

/** Since when its alerts are clear; of an incident without any, since when its numbers are back. */
function calmSince(incident: Incident): Date | null {
  const backSince = incident.state === "open" ? incident.evidence?.backSince : undefined;
  if (incident.alerts.length > 0 || backSince === undefined) return isLive(incident);
  return new Date(backSince * 1000);
}

/** Since when its alerts are clear, where it is open; null: there is nothing to ask. */
function isLive({ state, alerts }: Incident): Date | null {
  return state === "open" ? alertsClearSince(alerts) : null;
}

/** What people said in the channel, and what they did on the board. */
function quietSinceOf({ stored }: Shown, calm: Date, said: readonly ChatMessage[]): Date {
  const messages = said.filter(({ isBot }) => !isBot).map(({ ts }) => Number(ts) * 1000);
  const deeds = stored.entries
    .filter(({ source }) => source === "slack")
    .map(({ at }) => at.getTime());
  return new Date(Math.max(calm.getTime(), ...messages, ...deeds));
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
