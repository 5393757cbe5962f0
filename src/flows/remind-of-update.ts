/** The lead alone is reminded of a stakeholder update that is late. */

import { updateDueAt } from "../incident/update-due.ts";
import { updateOverdue } from "../message/update.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { Change, NewJob } from "./change.ts";
import type { World } from "./ports.ts";
import { about, settle } from "./settle.ts";
import { ephemeral, type Shown } from "./show-incident.ts";

/** The job that looks whether the next update is late, where somebody leads and no other tool reminds them; one a time that it is due. */
export function reminders(world: World, shown: Shown): NewJob[] {
  const due = updateDueAt(shown.incident);
  return due === null || shown.incident.lead === null || !world.ownsLifecycle
    ? []
    : [reminder(world, shown, due)];
}

/** Every change plans one of its own: of an earlier one nobody may have been told. */
function reminder(world: World, { stored, incident }: Shown, due: Date): NewJob {
  const { id, channel } = stored;
  return {
    id: world.idOf(`remind ${id} ${due.getTime()} ${incident.seq}`),
    job: { kind: "remind-update", channel, incident: id },
    startAfter: due,
  };
}

/** Once for each time that one is due, and to nobody where nobody leads or everything is muted. */
export async function remindOfUpdate(
  world: World,
  event: { readonly job: string; readonly incident: IncidentId },
): Promise<void> {
  await settle(world, event.incident, (shown): Change | null => {
    const { name, stored, incident } = shown;
    const due = updateDueAt(incident);
    const { lead, muted } = incident;
    if (due === null) return null;
    const isLate = due <= world.now();
    if (isLate && (lead === null || muted !== null)) return null;
    const to = { channel: stored.channel, user: lead ?? "" };
    return {
      workspace: world.workspace,
      handled: [event.job, ...(isLate ? [`reminded:${stored.id}:${due.getTime()}`] : [])],
      about: about(shown),
      effects: isLate ? [ephemeral(world, to, updateOverdue(name, due))] : [],
      jobs: isLate ? [] : [reminder(world, shown, due)],
    };
  });
}
