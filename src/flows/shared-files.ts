/** Files that somebody shares in an incident's channel or threads: what reads as a log is read with the evidence. */

import { serviceNamedIn } from "../catalog/find-service.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Incident } from "../incident/incident.ts";
import type { Gap } from "../incident/timeline.ts";
import { filesUnread } from "../message/asides.ts";
import type { UnreadFile } from "../message/asides.ts";
import type { ChannelId, MessageTs, UserId } from "../vocabulary.ts";
import type { Job, NewEntry } from "./change.ts";
import { bounded } from "./bounded-read.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import type { Gathered, Question } from "./gather-evidence.ts";
import { linesPasted, withBrought } from "./pasted-logs.ts";
import type { BroughtLines, Meant } from "./pasted-logs.ts";
import type { ChatMessage, SharedFile } from "./chat.ts";
import type { World } from "./ports.ts";
import { about, settle } from "./settle.ts";
import { message } from "./show-incident.ts";

/** Of one message, and of one reading: the newest. */
const filesMax = 5;
/** Beside the sources' own five seconds. */
const filesTimeoutMs = 5_000;

export interface Shared {
  readonly channel: ChannelId;
  readonly ts: MessageTs;
  readonly threadTs: MessageTs | null;
  readonly user: UserId;
  readonly text: string;
  /** Slack's ids. */
  readonly files: readonly string[];
}

/** Nothing follows where no incident is open. Slack is asked by a job, so that no event waits behind it. */
export async function onFilesShared(
  world: World,
  { job, ...shared }: Shared & { readonly job: string },
): Promise<void> {
  const { workspace, store } = world;
  const open = await store.openIncidentIn(workspace, shared.channel);
  const id = world.idOf(`read-files ${shared.channel} ${shared.ts}`);
  const next: Job | null =
    open === null ? null : { kind: "read-files", incident: open.id, ...shared };
  await store.commit({
    workspace,
    handled: [job],
    jobs: next === null ? [] : [{ id, job: next }],
  });
}

/** What reads as a log joins the timeline and is read at once; of what does not one message says why, where it was shared. */
export async function readFiles(
  world: World,
  event: Extract<Job, { kind: "read-files" }> & { readonly job: string },
): Promise<void> {
  const { workspace, store, chat } = world;
  if (await store.wasHandled(workspace, [event.job])) return;
  const ids = event.files.slice(0, filesMax);
  const [{ catalog }, ...files] = await Promise.all([
    world.sourcesFor(event.channel),
    ...ids.map((id) => chat.file(id)),
  ]);
  const entries = files.flatMap((file, place) => logEntry(file, ids[place] ?? "", event, catalog));
  const unread = [...files.flatMap(unreadOf), ...beyond(event.files.length)];
  const place = { in: "thread", of: { ts: event.threadTs ?? event.ts } } as const;
  const key = { channel: event.channel, key: `files:${event.ts}`, place, as: "answer" } as const;
  await settle(world, event.incident, (current) => {
    const isOpen = current.incident.state === "open";
    const isRead = isOpen && entries.length > 0 && current.incident.evidence !== null;
    const { channel, incident } = event;
    const again = { kind: "read-again", channel, incident } as const;
    return {
      workspace,
      handled: [event.job],
      about: about(current),
      entries: isOpen ? entries : [],
      effects: isOpen && unread.length > 0 ? [message(world, key, filesUnread(unread))] : [],
      // Where nothing was read yet the first reading is planned, and reads the files.
      jobs: isRead ? [{ id: world.idOf(`read-again ${event.job}`), job: again }] : [],
    };
  });
}

/** None of what reads as no log. */
function logEntry(
  file: SharedFile,
  id: string,
  { text, ts, user }: Shared,
  catalog: Catalog,
): NewEntry[] {
  if (file.kind !== "log") return [];
  const service = serviceNamedIn(`${text}\n${spaced(file.name)}`, catalog)?.name ?? null;
  const fact = { kind: "log-shared", file: id, service } as const;
  const at = new Date(Number(ts) * 1000);
  return [{ actor: user, source: "slack", at, messageTs: ts, fact }];
}

/** "checkout_2026-11-23.log" names checkout. */
function spaced(name: string): string {
  return name.replaceAll(/[_.]/g, " ");
}

function unreadOf(file: SharedFile): UnreadFile[] {
  return file.kind === "unreadable" ? [{ name: file.name ?? null, because: file.because }] : [];
}

function beyond(count: number): UnreadFile[] {
  return count > filesMax ? [{ name: null, because: "too-many", count: count - filesMax }] : [];
}

/** What the sources give, and beside it the log lines that people pasted or shared. */
export async function gatherWithConversation(
  world: World,
  question: Question,
  incident: Incident,
  messages: readonly ChatMessage[] | Promise<readonly ChatMessage[]>,
): Promise<Gathered> {
  const meant = { catalog: question.sources.catalog, named: question.service };
  const [read, shared, said] = await Promise.all([
    gatherEvidence(world, question),
    linesShared(world, incident, meant),
    messages,
  ]);
  const told = withBrought(read, [...linesPasted(said, meant), ...shared.brought]);
  const { gaps, leftOut } = shared;
  return { ...told, gaps: [...told.gaps, ...gaps], leftOut: [...told.leftOut, ...leftOut] };
}

/** The lines of the incident's files as they are in Slack now: what was deleted there is read no more. */
async function linesShared(
  world: World,
  { logs }: Incident,
  { catalog, named }: Meant,
): Promise<{
  readonly brought: readonly BroughtLines[];
  readonly gaps: readonly Gap[];
  readonly leftOut: readonly string[];
}> {
  if (logs.length === 0) return { brought: [], gaps: [], leftOut: [] };
  const newest = logs.slice(-filesMax);
  const over = logs.length - newest.length;
  const read = async () => ({
    items: await Promise.all(
      newest.map(async (log) => ({ ...log, shared: await world.chat.file(log.file) })),
    ),
    leftOut:
      over > 0 ? [`${over} of ${logs.length} shared log files: the limit is ${filesMax}`] : [],
  });
  const source = { name: "the shared log files" };
  const { items, leftOut, gap } = await bounded(world, source, read, filesTimeoutMs);
  return {
    brought: items.flatMap(({ shared, service: name, at }): BroughtLines[] => {
      if (shared.kind !== "log") return [];
      const service = catalog.services.find((each) => each.name === name) ?? named;
      return [{ lines: shared.lines, service: service?.name ?? null, at: at.getTime() / 1000 }];
    }),
    gaps: gap === null ? [] : [gap],
    leftOut: [
      ...leftOut,
      ...items.flatMap(({ shared }) => (shared.kind === "log" ? shared.leftOut : [])),
    ],
  };
}
