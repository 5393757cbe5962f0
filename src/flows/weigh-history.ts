/** What was read of a channel's history may change what is proposed: then another list, or another reading, follows. */

import { listInForce } from "../incident/board.ts";
import { pastedLines } from "../pasted-lines.ts";
import type { Job, NewJob } from "./change.ts";
import type { ChatMessage } from "./chat.ts";
import { newList } from "./another-list.ts";
import type { World } from "./ports.ts";
import { readingAtOnce } from "./read-at-once.ts";
import { showIncident, suggestionsOf, type Shown } from "./show-incident.ts";
import { serviceSpokenOf, stepsDone, withKept } from "./what-is-asked.ts";

/** The first reading is under way; it may have begun before the history was there. */
const waitMs = 5_000;
const waitsMax = 24;

export async function weighHistory(
  world: World,
  id: string,
  job: Extract<Job, { kind: "weigh-history" }>,
): Promise<void> {
  const { workspace, store } = world;
  if (await store.wasHandled(workspace, [id])) return;
  const stored = await store.incident(workspace, job.incident);
  if (stored === null) return;
  const shown = await showIncident(world, stored);
  const { incident } = shown;
  if (incident.state !== "open") return;
  if (incident.evidence === null) {
    if (job.waits >= waitsMax) return;
    const startAfter = new Date(world.now().getTime() + waitMs);
    const later = { ...job, waits: job.waits + 1 };
    const next = { id: world.idOf(`${id} later`), job: later, startAfter };
    await store.commit({ workspace, handled: [id], jobs: [next] });
    return;
  }
  const channel = { channel: job.channel, begun: incident.declaredAt };
  const said = await withKept(world, channel, []);
  await store.commit({ workspace, handled: [id], jobs: await following(world, shown, said) });
}

async function following(
  world: World,
  shown: Shown,
  said: readonly ChatMessage[],
): Promise<NewJob[]> {
  const { incident, stored } = shown;
  const { catalog } = await world.sourcesFor(stored.channel);
  const list = listInForce(incident);
  const offered = list === undefined ? [] : suggestionsOf(shown, list);
  const known = new Set(incident.outcomes.map(({ stepId }) => stepId));
  const done = new Set(stepsDone(world, catalog, incident, said).map(({ stepId }) => stepId));
  const isDone = offered.some(({ stepId }) => done.has(stepId) && !known.has(stepId));
  const isNamed =
    incident.evidence?.service === null && serviceSpokenOf(catalog, "", incident, said) !== null;
  const because = `${stored.id} by its history, list ${incident.lists.length}`;
  if (isDone || isNamed) return [newList(world, stored, because)];
  return said.some(({ text }) => pastedLines(text).length > 0)
    ? [readingAtOnce(world, stored)]
    : [];
}
