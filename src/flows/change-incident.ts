/** Lead, severity, status, mute, resume, resolve, reopen: by button, command or mention, with one answer to whoever asked. */

import { resolvedQuestion } from "../message/end.ts";
import type { TimelineFact } from "../incident/timeline.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { Change, Effect } from "./change.ts";
import type { World } from "./ports.ts";
import { handoverEffects } from "./hand-over.ts";
import { reminders } from "./remind-of-update.ts";
import { entryOf } from "./record-outcome.ts";
import { about, settle } from "./settle.ts";
import { changedEffects, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { aside, deedsOf } from "./show-try.ts";
import { refuse } from "./tell.ts";
import type { Asker } from "./tell.ts";

export interface Deed extends Asker {
  readonly incident: IncidentId;
  /** What is said of it where it was asked for; sent only where it is done. */
  readonly reply?: Effect;
}

/** Facts that a person may add to an incident as they are. */
export type Fact = Extract<
  TimelineFact,
  {
    kind:
      | "lead-set"
      | "severity-set"
      | "status-set"
      | "muted"
      | "resumed"
      | "list-expanded"
      | "credited";
  }
>;

/** Members of the channel only; an incident that is over changes no more. */
export async function setFact(world: World, deed: Deed, fact: Fact): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  await settle(world, deed.incident, async (shown): Promise<Change | null> => {
    if (shown.incident.state === "resolved" && !isForAfterwards(fact)) {
      await refuse(world, deed, { reason: "incident-resolved", name: shown.name });
      return null;
    }
    if (fact.kind === "resumed" && shown.incident.muted === null) {
      await refuse(world, deed, { reason: "not-muted", name: shown.name });
      return null;
    }
    const entries = [entryOf(world, deed.user, fact)];
    const after = withEntries(shown, entries);
    const asked = fact.kind === "credited" ? endQuestion(world, after) : [];
    const effects = [
      ...changedEffects(world, shown, after),
      ...handoverEffects(world, shown, after),
      ...asked,
      ...replyOf(deed),
    ];
    return {
      workspace: world.workspace,
      handled: [deed.job],
      about: about(shown),
      entries,
      effects,
      jobs: movesUpdate(fact) ? reminders(world, after) : [],
    };
  });
}

/** Whom it is late for, or when. */
function movesUpdate({ kind }: Fact): boolean {
  return kind === "lead-set" || kind === "severity-set";
}

function isForAfterwards({ kind }: Fact): boolean {
  return kind === "list-expanded" || kind === "credited";
}

/** Ends the incident and asks, once, which step did it; nobody is asked where somebody has said so. */
export async function resolve(world: World, deed: Deed): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  await settle(world, deed.incident, async (shown): Promise<Change | null> => {
    if (shown.incident.state === "resolved") {
      await refuse(world, deed, { reason: "incident-resolved", name: shown.name });
      return null;
    }
    const entries = [entryOf(world, deed.user, { kind: "resolved", by: deed.user })];
    const after = withEntries(shown, entries);
    return {
      workspace: world.workspace,
      handled: [deed.job],
      about: about(shown),
      entries,
      closedAt: world.now(),
      effects: [...changedEffects(world, shown, after), ...endQuestion(world, after)],
    };
  });
}

/** Takes up an incident that is over; a new reading is ordered, which plans those after it. */
export async function reopen(world: World, deed: Deed): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  await settle(world, deed.incident, async (shown): Promise<Change | null> => {
    const { incident, stored, name } = shown;
    if (incident.state === "open") {
      await refuse(world, deed, { reason: "nothing-to-reopen", open: name });
      return null;
    }
    const entries = [entryOf(world, deed.user, { kind: "reopened", by: deed.user })];
    const { id, channel } = stored;
    const job = { kind: "investigate", channel, incident: id, asked: null } as const;
    return {
      workspace: world.workspace,
      handled: [deed.job],
      about: about(shown),
      entries,
      closedAt: null,
      effects: [...changedEffects(world, shown, withEntries(shown, entries)), ...replyOf(deed)],
      jobs: [{ id: world.idOf(`investigate ${deed.job}`), job }],
    };
  });
}

function replyOf({ reply }: Deed): Effect[] {
  return reply === undefined ? [] : [reply];
}

function endQuestion(world: World, shown: Shown): Effect[] {
  const { incident, stored, name } = shown;
  const isKnown = incident.outcomes.some(({ label }) => label === "resolved");
  if (isKnown || incident.state === "open") return [];
  const body = resolvedQuestion({
    incident: stored.id,
    name,
    lastedMs: incident.resolvedAt.getTime() - incident.since.getTime(),
    deeds: deedsOf(shown),
    selfHealed: null,
    answered: incident.credit,
  });
  return [aside(world, shown, "end", body)];
}

export async function mayChange(world: World, deed: Deed): Promise<boolean> {
  const stored = await world.store.incident(world.workspace, deed.incident);
  if (stored === null) {
    await refuse(world, deed, { reason: "unknown-button" });
    return false;
  }
  if (await world.chat.isMember(stored.channel, deed.user)) return true;
  const channel = await world.store.channel(world.workspace, stored.channel);
  await refuse(world, deed, {
    reason: "not-a-member",
    channelName: channel?.name ?? "its channel",
  });
  return false;
}
