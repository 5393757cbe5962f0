/** Lead, severity, mute, resume, resolve: by button or by command, with one answer to whoever asked. */

import { resolvedQuestion } from "../message/end.ts";
import type { Incident } from "../incident/incident.ts";
import type { TimelineFact } from "../incident/timeline.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { Change, Effect } from "./change.ts";
import type { World } from "./ports.ts";
import { entryOf } from "./record-outcome.ts";
import { about, settle } from "./settle.ts";
import { changedEffects, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { aside, deedsOf } from "./show-try.ts";
import { refuse } from "./tell.ts";
import type { Asker } from "./tell.ts";

export interface Deed extends Asker {
  readonly incident: IncidentId;
}

/** Facts that a person may add to an incident as they are. */
export type Fact = Extract<
  TimelineFact,
  { kind: "lead-set" | "severity-set" | "muted" | "resumed" | "list-expanded" | "credited" }
>;

/** Members of the channel only; an incident that is over changes no more. */
export async function setFact(world: World, deed: Deed, fact: Fact): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  await settle(world, deed.incident, async (shown): Promise<Change | null> => {
    if (shown.incident.state === "resolved" && !isForAfterwards(fact)) {
      await refuse(world, deed, { reason: "incident-resolved", name: shown.name });
      return null;
    }
    const entries = [entryOf(world, deed.user, fact)];
    const after = withEntries(shown, entries);
    const asked = fact.kind === "credited" ? endQuestion(world, after) : [];
    const effects = [...changedEffects(world, shown, after), ...asked];
    return {
      workspace: world.workspace,
      handled: [deed.job],
      about: about(shown),
      entries,
      effects,
    };
  });
}

function isForAfterwards({ kind }: Fact): boolean {
  return kind === "list-expanded" || kind === "credited";
}

/** Ends the incident, at the time that it was over where that was told, and asks, once, which step did it; nobody is asked where somebody has said so. */
export async function resolve(
  world: World,
  deed: Deed & { readonly over?: Date | null },
): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  await settle(world, deed.incident, async (shown): Promise<Change | null> => {
    if (shown.incident.state === "resolved") {
      await refuse(world, deed, { reason: "incident-resolved", name: shown.name });
      return null;
    }
    const at = endOf(shown.incident, deed.over ?? null, world.now());
    const fact = { kind: "resolved", by: deed.user } as const;
    const entries = [{ ...entryOf(world, deed.user, fact), at }];
    const after = withEntries(shown, entries);
    return {
      workspace: world.workspace,
      handled: [deed.job],
      about: about(shown),
      entries,
      closedAt: at,
      effects: [...changedEffects(world, shown, after), ...endQuestion(world, after)],
    };
  });
}

/** Between its beginning and now, whatever a button says. */
function endOf({ declaredAt }: Incident, over: Date | null, now: Date): Date {
  if (over === null || over > now) return now;
  return over < declaredAt ? declaredAt : over;
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
