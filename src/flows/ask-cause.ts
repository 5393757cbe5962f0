/** The kind of an incident's cause: asked of one person on the next working morning, and what is answered. */

import { nextWorkingMorning } from "../catalog/working-morning.ts";
import { causeQuestion } from "../message/cause-question.ts";
import type { Cause, ChannelId, UserId } from "../vocabulary.ts";
import type { Change, Effect, NewEntry, NewJob } from "./change.ts";
import { mayChange } from "./may-change.ts";
import type { Deed } from "./may-change.ts";
import { entryOf } from "./on-step.ts";
import type { StoredIncident, World } from "./ports.ts";
import { about, settle } from "./settle.ts";
import { livingKey, message, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";

/** At nine in the zone of the team that owns the service, else in UTC; one job an incident, however often it ends. */
export async function causeJob(world: World, { stored, incident }: Shown): Promise<NewJob> {
  const service = incident.evidence?.service ?? null;
  const zone = (await teamZone(world, stored.channel, service)) ?? "UTC";
  return {
    id: world.idOf(`ask-cause ${stored.id}`),
    job: { kind: "ask-cause", channel: stored.channel, incident: stored.id },
    startAfter: nextWorkingMorning(world.now(), zone),
  };
}

/** null: no team owns the service, or none that has a time zone. */
export async function teamZone(
  world: World,
  channel: ChannelId,
  service: string | null,
): Promise<string | null> {
  if (service === null) return null;
  const { catalog } = await world.sourcesFor(channel);
  const owner = catalog.services.find(({ name }) => name === service)?.owner;
  return catalog.teams.find(({ name }) => name === owner)?.timezone ?? null;
}

/** Once an incident and once more at publishing, by direct message; in its thread where Slack lets us open none. Nobody is asked what somebody has said. */
export async function askCause(
  world: World,
  {
    handled,
    incident: id,
    isAgain = false,
  }: {
    readonly handled: readonly string[];
    readonly incident: Deed["incident"];
    readonly isAgain?: boolean;
  },
): Promise<void> {
  const question = isAgain ? "cause-again" : "cause";
  await settle(world, id, async (shown): Promise<Change | null> => {
    const { incident, stored } = shown;
    const { asked } = incident;
    const wasAsked = asked[question] !== undefined || asked["cause-again"] !== undefined;
    const isSettled = incident.cause !== null || wasAsked;
    const to = incident.state === "open" || isSettled ? null : await whoKnows(world, shown);
    if (to === null) return null;
    const channel = (await world.chat.directMessage(to)) ?? stored.channel;
    const fact = { kind: "asked", question, channel } as const;
    const entries: NewEntry[] = [{ actor: world.botUser, source: "bot", at: world.now(), fact }];
    const effects = questionEffects(world, withEntries(shown, entries));
    return { workspace: world.workspace, handled, about: about(shown), entries, effects };
  });
}

/** The lead, else who ended it; a member of its channel still, for others have no business with it. */
async function whoKnows(world: World, { incident, stored }: Shown): Promise<UserId | null> {
  const resolvedBy = incident.state === "resolved" ? [incident.resolvedBy] : [];
  const lead = incident.lead === null ? [] : [incident.lead];
  for (const user of [...lead, ...resolvedBy]) {
    if (user !== world.botUser && (await world.chat.isMember(stored.channel, user))) return user;
  }
  return null;
}

/** The latest answer counts; the same again is nothing. */
export async function labelCause(
  world: World,
  { cause, ...deed }: Deed & { readonly cause: Cause },
): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  const { user: by, job, incident: incidentId } = deed;
  await settle(world, incidentId, (shown): Change | null => {
    const latest = shown.incident.cause;
    if (latest?.cause === cause && latest.by === by) return null;
    const entries = [entryOf(world, by, { kind: "cause-labelled", cause, by })];
    const at = world.now();
    const id = `cau_${world.newId()}` as const;
    return {
      workspace: world.workspace,
      handled: [job],
      about: about(shown),
      entries,
      causes: [{ id, incidentId, cause, actor: by, at, recordedAt: at }],
      effects: questionEffects(world, withEntries(shown, entries)),
    };
  });
}

/** The messages that ask, as they read now; none where nobody was asked. */
function questionEffects(world: World, { stored, incident, name }: Shown): Effect[] {
  const { title, cause: answered, asked } = incident;
  const body = causeQuestion({ incident: stored.id, name, title, answered });
  return (["cause", "cause-again"] as const).flatMap((question) => {
    const channel = asked[question]?.channel;
    if (channel === undefined) return [];
    const place = placeIn(channel, stored);
    const to = { channel, key: `${question}:${stored.id}`, place, as: "end" } as const;
    return [message(world, to, body)];
  });
}

/** At once, where a postmortem is published and nobody has answered yet; once an incident. */
export function causeAgainJob(
  world: World,
  stored: Pick<StoredIncident, "id" | "channel">,
): NewJob {
  return {
    id: world.idOf(`ask-cause-again ${stored.id}`),
    job: { kind: "ask-cause", channel: stored.channel, incident: stored.id, isAgain: true },
  };
}

function placeIn(channel: ChannelId, { channel: own, id }: Shown["stored"]) {
  return channel === own
    ? ({ in: "thread", of: { key: livingKey(id) } } as const)
    : ({ in: "channel" } as const);
}
