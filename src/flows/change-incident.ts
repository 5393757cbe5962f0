/** Lead, severity, status, mute, resume, resolve, reopen: by button, command or mention, with one answer to whoever asked. */

import type { Incident } from "../incident/incident.ts";
import type { TimelineFact } from "../incident/timeline.ts";
import { causeJob } from "./ask-cause.ts";
import { askedAtEnd, outcomeQuestion } from "./ask-outcome.ts";
import type { Change, Effect } from "./change.ts";
import { mayChange } from "./may-change.ts";
import type { Deed } from "./may-change.ts";
import type { World } from "./ports.ts";
import { partFrom } from "./merge-incident.ts";
import { handoverEffects } from "./hand-over.ts";
import { reminders } from "./remind-of-update.ts";
import { entryOf } from "./on-step.ts";
import { runElsewhere } from "./run-elsewhere.ts";
import { about, settle } from "./settle.ts";
import { changedEffects } from "./changed-effects.ts";
import { withEntries } from "./show-incident.ts";
import { namedBefore } from "./take-back.ts";
import { refuse } from "./tell.ts";

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
    const elsewhere = runElsewhere(world, shown.incident, fact.kind);
    if (elsewhere !== null) {
      await refuse(world, deed, elsewhere);
      return null;
    }
    if (shown.incident.state === "resolved" && !isForAfterwards(fact)) {
      await refuse(world, deed, { reason: "incident-resolved", name: shown.name });
      return null;
    }
    if (fact.kind === "resumed" && shown.incident.muted === null) {
      await refuse(world, deed, { reason: "not-muted", name: shown.name });
      return null;
    }
    const dropped = fact.kind === "credited" ? namedBefore(world, shown, fact) : null;
    const entries = [...(dropped?.entries ?? []), entryOf(world, deed.user, fact)];
    const after = withEntries(shown, entries);
    const asked = fact.kind === "credited" ? outcomeQuestion(world, after) : [];
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
      outcomes: dropped?.outcomes ?? [],
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

/** Ends the incident, at the time that it was over where that was told, and asks, once, which step did it; nobody is asked where somebody has said so. */
export async function resolve(
  world: World,
  deed: Deed & { readonly over?: Date | null },
): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  await settle(world, deed.incident, async (shown): Promise<Change | null> => {
    const elsewhere = runElsewhere(world, shown.incident, "resolved");
    if (elsewhere !== null) {
      await refuse(world, deed, elsewhere);
      return null;
    }
    if (shown.incident.state === "resolved") {
      await refuse(world, deed, { reason: "incident-resolved", name: shown.name });
      return null;
    }
    const at = endOf(shown.incident, deed.over ?? null, world.now());
    const ended = { ...entryOf(world, deed.user, { kind: "resolved", by: deed.user }), at };
    const asked = askedAtEnd(world, shown);
    const entries = [ended, ...asked];
    const after = withEntries(shown, entries);
    return {
      workspace: world.workspace,
      handled: [deed.job],
      about: about(shown),
      entries,
      closedAt: at,
      effects: [
        ...changedEffects(world, shown, after),
        ...outcomeQuestion(world, after),
        ...replyOf(deed),
      ],
      jobs: [await causeJob(world, after)],
    };
  });
}

/** Takes up an incident that is over; a new reading is ordered, which plans those after it. */
export async function reopen(world: World, deed: Deed): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  await settle(world, deed.incident, async (shown): Promise<Change | null> => {
    const { incident, stored, name } = shown;
    const elsewhere = runElsewhere(world, incident, "reopened");
    if (elsewhere !== null) {
      await refuse(world, deed, elsewhere);
      return null;
    }
    if (incident.state === "open") {
      await refuse(world, deed, { reason: "nothing-to-reopen", open: name });
      return null;
    }
    const parting = await partFrom(world, shown);
    const again = entryOf(world, deed.user, { kind: "reopened", by: deed.user });
    const entries = [again, ...parting.entries];
    const { id, channel } = stored;
    const after = withEntries(shown, entries);
    const job = { kind: "investigate", channel, incident: id, asked: null } as const;
    return {
      workspace: world.workspace,
      handled: [deed.job],
      about: about(shown),
      entries,
      also: parting.also,
      closedAt: null,
      effects: [...changedEffects(world, shown, after), ...parting.effects, ...replyOf(deed)],
      jobs: [{ id: world.idOf(`investigate ${deed.job}`), job }, ...reminders(world, after)],
    };
  });
}

function replyOf({ reply }: Deed): Effect[] {
  return reply === undefined ? [] : [reply];
}

/** Between its beginning and now, whatever a button says. */
function endOf({ declaredAt }: Incident, over: Date | null, now: Date): Date {
  if (over === null || over > now) return now;
  return over < declaredAt ? declaredAt : over;
}
