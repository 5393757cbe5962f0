/** Postmortems of the sample history: drafted, written, published and followed up as real ones, on the days on which its made-up people did so. */

import { z } from "zod";
import { keep } from "../flows/action-records.ts";
import { draftPostmortem } from "../flows/draft-postmortem.ts";
import type { World } from "../flows/ports.ts";
import { movePostmortem } from "../flows/publish-postmortem.ts";
import { savePart } from "../flows/save-part.ts";
import { importer } from "../import/rows.ts";
import { actionPriorities, type ActionTold } from "../postmortem/action-record.ts";
import { partsOf, titleOf, withBody } from "../postmortem/parts.ts";
import type { IncidentId, WorkspaceId } from "../vocabulary.ts";
import { sampleStore } from "./sample-store.ts";

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const line = z.object({
  id: z.string(),
  postmortem: z
    .object({
      author: z.string(),
      wentWell: z.string(),
      lessons: z.string(),
      draftedAt: moment,
      publishedAt: moment.nullable(),
      actions: z.array(
        z.object({
          text: z.string(),
          owner: z.string(),
          due: z.iso.date(),
          priority: z.enum(actionPriorities),
          closed: z.object({ at: moment, state: z.enum(["done", "dropped"]) }).nullable(),
        }),
      ),
    })
    .nullable(),
});
type Told = z.infer<typeof line>;
type Written = NonNullable<Told["postmortem"]>;

/** Those of a sample history that were written up, by the ids of its incidents. */
export function writtenIn(text: string): ReadonlyMap<string, Written> {
  const lines = text.split("\n").filter((each) => each.trim() !== "");
  const told = lines.map((each) => line.parse(JSON.parse(each)));
  return new Map(
    told.flatMap(({ id, postmortem }) => (postmortem === null ? [] : [[id, postmortem]])),
  );
}

/** Once, and all of them or none. `laterMs`: by how much the times of the history are shifted. */
export async function writePostmortems(
  world: World,
  workspace: WorkspaceId,
  written: ReadonlyMap<IncidentId, Written>,
  laterMs: number,
): Promise<void> {
  const handled = ["postmortems of the sample history"];
  if (await world.store.wasHandled(workspace, handled)) return;
  const { store, postmortem, actions } = sampleStore(world.store);
  const at = (time: Date): World => ({
    ...sampleWorld({ ...world, store }, workspace),
    now: () => new Date(time.getTime() + laterMs),
  });
  for (const [incident, one] of written) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other leaves the database to what is live
    await writeOne(at, incident, one);
  }
  await world.store.commit({ workspace, handled, postmortem, actions });
}

type At = (time: Date) => World;

async function writeOne(at: At, incident: IncidentId, one: Written): Promise<void> {
  const { author: user, draftedAt, publishedAt, actions } = one;
  const { workspace, store } = at(draftedAt);
  const stored = await store.incident(workspace, incident);
  if (stored === null) return;
  const deed = (words: string) => ({
    job: `sample ${words} ${incident}`,
    channel: stored.channel,
    user,
    incident,
  });
  await draftPostmortem(at(draftedAt), deed("draft"), stored);
  const base = (await store.latestPostmortem(workspace, incident))?.head;
  if (base === undefined || publishedAt === null) return;
  const mine = inTheirWords(base.markdown, one);
  await savePart(at(publishedAt), deed("edit"), { stored, base, mine, index: 0 });
  const items = actions.map((action, index) => ({
    ...toldOf(action),
    id: `act_${incident.slice("inc_".length)}-${index + 1}` as const,
    revision: 1,
  }));
  await keep(at(publishedAt), deed("actions"), stored, () => ({ items }));
  await movePostmortem(at(publishedAt), deed("publish"), { stored, to: "published" });
  for (const [index, { closed }] of actions.entries()) {
    const item = items[index];
    if (closed === null || item === undefined) continue;
    const revised = { ...item, state: closed.state, revision: 2 };
    // oxlint-disable-next-line no-await-in-loop -- each is a version of its own
    await keep(at(closed.at), deed(`close ${index}`), stored, () => ({ items: [revised] }));
  }
}

type Action = Written["actions"][number];

function toldOf({ text, owner, due, priority }: Action): ActionTold {
  return { text, owner, due, priority, state: "open", link: null };
}

/** What the draft proposed they put into words of their own. */
function inTheirWords(markdown: string, { wentWell, lessons }: Written): string {
  const bodies = { "What went well": wentWell, Lessons: lessons, "Action items": "" };
  return Object.entries(bodies).reduce((text, [title, body]) => {
    const index = partsOf(text).findIndex((part) => titleOf(part) === title);
    return index < 0 ? text : withBody(text, index, body);
  }, markdown);
}

const people: ReadonlyMap<string, string> = new Map([
  ["ana", "Ana"],
  ["bo", "Bo"],
  ["chen", "Chen"],
  ["dara", "Dara"],
  [importer, "Eve"],
]);

/** The world of the sample history, in which Slack is not asked who somebody is. */
export function sampleWorld(world: World, workspace: WorkspaceId): World {
  const chat: World["chat"] = {
    ...world.chat,
    isMember: async () => true,
    isPerson: async () => true,
    hasLeft: async () => false,
    personName: async (user) => people.get(user) ?? null,
  };
  return { ...world, workspace, chat };
}
