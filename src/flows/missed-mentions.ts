/** Mentions that came while nobody listened, as the history tells of them: young ones are answered, the others named in one line. */

import { foldIncident } from "../incident/fold.ts";
import { missedMentions } from "../message/missed-mentions.ts";
import { onMention, turnOf } from "./answer-mention.ts";
import type { HistoryMessage } from "./chat.ts";
import type { HistoryJob, Missed } from "./message-change.ts";
import type { World } from "./ports.ts";
import { livingKey, message } from "./show-incident.ts";

/** What was asked longer ago is about another state than the one that would be read for it, and its asker has gone on. */
const answeredWithinMs = 15 * 60_000;
/** Of one page: each answer may be a list of steps. */
const answersMax = 5;
const namedMax = 50;

type Asked = HistoryMessage & { readonly user: string };

/**
 * Gives back those that it does not answer. A turn is claimed as by the live event, so that whichever comes second finds
 * it taken. What was asked before the incident began is answered by its first list.
 */
export async function answerMissed(
  world: World,
  { channel, incident }: HistoryJob,
  said: readonly HistoryMessage[],
): Promise<Missed[]> {
  const asked = said.filter((each) => isMention(world, each));
  if (asked.length === 0) return [];
  const stored = await world.store.incident(world.workspace, incident);
  if (stored === null) return [];
  const begun = foldIncident(stored.entries).declaredAt.getTime();
  const since = lastOfEach(asked).filter(({ ts }) => Number(ts) * 1000 > begun);
  const youngest = world.now().getTime() - answeredWithinMs;
  const answered = since.filter(({ ts }) => Number(ts) * 1000 >= youngest).slice(-answersMax);
  for (const { ts, threadTs, user, text } of answered) {
    const job = world.idOf(`missed mention ${channel} ${ts}`);
    // oxlint-disable-next-line no-await-in-loop -- in the order in which they were asked
    await onMention(world, { job, channel, ts, threadTs, user, text });
  }
  const left = since.filter((each) => !answered.includes(each));
  return left.map(({ ts, user }) => ({ ts, user }));
}

function isMention({ botUser }: World, each: HistoryMessage): each is Asked {
  return !each.isBot && each.user !== null && each.text.includes(`<@${botUser}>`);
}

/** Oldest first; of what one person asked again in the same words the last. */
function lastOfEach(asked: readonly Asked[]): Asked[] {
  const inOrder = asked.toSorted((a, b) => Number(a.ts) - Number(b.ts));
  const last = new Map(inOrder.map((each) => [`${each.user} ${each.text.trim()}`, each]));
  return inOrder.filter((each) => last.get(`${each.user} ${each.text.trim()}`) === each);
}

/** Once: each takes its turn with the line that names it. */
export async function nameMissed(
  world: World,
  { channel, incident, missed = [] }: HistoryJob,
): Promise<void> {
  const { workspace, store } = world;
  const open: Missed[] = [];
  for (const each of missed.slice(0, namedMax)) {
    // oxlint-disable-next-line no-await-in-loop -- few, and none in the usual case
    if (!(await store.wasHandled(workspace, [turnOf(channel, each.ts)]))) open.push(each);
  }
  const sorted = open.toSorted((a, b) => Number(a.ts) - Number(b.ts));
  const [first] = sorted;
  if (first === undefined) return;
  const body = missedMentions(
    sorted.map(({ ts, user }) => ({ by: user, at: new Date(Number(ts) * 1000) })),
  );
  const place = { in: "thread", of: { key: livingKey(incident) } } as const;
  const key = `missed:${incident}:${first.ts}`;
  await store.commit({
    workspace,
    handled: sorted.map(({ ts }) => turnOf(channel, ts)),
    effects: [message(world, { channel, key, place, as: "answer" }, body)],
  });
}
