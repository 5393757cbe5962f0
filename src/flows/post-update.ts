/** Stakeholder updates: by command or form, into the incident's thread. */

import { updateMinutes } from "../incident/update-due.ts";
import { updateMessage } from "../message/update.ts";
import { parseUpdate, updateModal, type UpdateTold } from "../message/update-form.ts";
import type { ChannelId, Severity, UserId } from "../vocabulary.ts";
import type { Change } from "./change.ts";
import { mayChange, type Deed } from "./may-change.ts";
import { noIncidentIn } from "./no-incident.ts";
import { openForm } from "./open-form.ts";
import type { World } from "./ports.ts";
import { entryOf } from "./on-step.ts";
import { reminders } from "./remind-of-update.ts";
import { about, settle } from "./settle.ts";
import { changedEffects } from "./changed-effects.ts";
import { showIncident, withEntries } from "./show-incident.ts";
import { aside } from "./show-try.ts";
import { refuse } from "./tell.ts";

/** The words of the command are the update; without any the form asks. */
export async function updateByCommand(
  world: World,
  deed: Deed & { readonly triggerId: string | null },
  words: string,
): Promise<void> {
  const stored = await world.store.incident(world.workspace, deed.incident);
  if (stored === null || !(await mayChange(world, deed))) return;
  const { severity } = (await showIncident(world, stored)).incident;
  if (words !== "") return postUpdate(world, deed, usual(words, severity));
  const view = updateModal(deed.channel, { known: "", severity });
  if ((await openForm(world, deed, view)) !== "open") {
    return refuse(world, deed, { reason: "form-unclear", verb: "update" });
  }
}

function usual(known: string, severity: Severity): UpdateTold {
  return { known, impact: "", nextMinutes: updateMinutes[severity] };
}

/** The form came back; what it lacked was said in the response already. */
export async function submitUpdate(
  world: World,
  event: {
    readonly job: string;
    readonly user: UserId;
    readonly channel: ChannelId;
    readonly values: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const told = parseUpdate(event.values);
  if (!told.ok) return;
  const open = await world.store.openIncidentIn(world.workspace, event.channel);
  if (open === null) return refuse(world, event, await noIncidentIn(world, event.channel));
  return postUpdate(world, { ...event, incident: open.id }, told);
}

async function postUpdate(world: World, deed: Deed, told: UpdateTold): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  await settle(world, deed.incident, async (shown): Promise<Change | null> => {
    const { name, incident, stored } = shown;
    if (incident.state === "resolved") {
      await refuse(world, deed, { reason: "incident-resolved", name });
      return null;
    }
    const { known, impact, nextMinutes } = told;
    const now = world.now().getTime();
    const nextAt = nextMinutes === null ? null : new Date(now + nextMinutes * 60_000);
    const { user: by } = deed;
    const next = nextAt === null ? null : nextAt.getTime() / 1000;
    const fact = { kind: "update-posted", by, known, impact, nextAt: next } as const;
    const entries = [entryOf(world, by, fact)];
    const after = withEntries(shown, entries);
    const body = updateMessage({ name, severity: incident.severity, by, known, impact, nextAt });
    return {
      workspace: world.workspace,
      handled: [deed.job],
      about: about(shown),
      entries,
      effects: [
        ...changedEffects(world, shown, after),
        aside(world, after, { key: `update:${stored.seq + 1}`, as: "answer" }, body),
      ],
      jobs: reminders(world, after),
    };
  });
}
