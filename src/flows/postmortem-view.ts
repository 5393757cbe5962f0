/** What a postmortem is drafted from, gathered: names, messages that can be opened still, and what is kept of the readings. */

import type { EvidenceInput } from "../evidence/input.ts";
import type { TimelineEntry } from "../incident/timeline.ts";
import type { PostmortemView } from "../postmortem/view.ts";
import type { MessageTs, UserId } from "../vocabulary.ts";
import { alertRead } from "./alert-read.ts";
import { whenAborted } from "./bounded-read.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import type { Sources, World } from "./ports.ts";
import { seenHere } from "./seen-before.ts";
import { livingKey, stepsKey, type Shown } from "./show-incident.ts";
import { tryKey, updateKey } from "./show-try.ts";

/** Of Slack's answers all together; what is not known by then is told without a link, without its words, or by its id. */
const slackTimeoutMs = 3_000;
const messagesMax = 60;
const peopleMax = 50;
/** Of the metrics and changes: a draft is there within five seconds. */
const sourcesTimeoutMs = 3_500;
/** What followed the recovery is read too. */
const afterEndMs = 10 * 60_000;

export async function postmortemView(world: World, shown: Shown): Promise<PostmortemView> {
  const { workspace, store, botUser } = world;
  const { stored, name, incident, suggestions } = shown;
  const late = whenAborted(world.deadline(slackTimeoutMs));
  const sources = await world.sourcesFor(stored.channel);
  const linkTo = (ts: MessageTs) =>
    orElse(world.chat.permalink(stored.channel, ts), late, undefined);
  const [outcomes, input, people, messages, alert] = await Promise.all([
    store.outcomesOf(workspace, stored.id),
    inputOf(world, shown, sources),
    namesOf(world, peopleIn(stored.entries), late),
    messagesOf(world, shown, linkTo),
    alertRead(world, shown, linkTo),
  ]);
  const service = incident.evidence?.service ?? null;
  return {
    name,
    incident,
    entries: stored.entries,
    suggestions,
    outcomes,
    input,
    seenBefore: seenHere(shown, world.now()),
    service: sources.catalog.services.find((each) => each.name === service) ?? null,
    people: new Map([...people, [botUser, "Hindsight"], ["bot", "Hindsight"]]),
    messages: messages.byEntry,
    unchecked: messages.unchecked,
    hosts: [...new Set([...world.linkHosts, ...messages.hosts, ...hostsOf([alert?.url])])],
    alertRead: alert,
    now: world.now(),
  };
}

/** The sources are asked once more, for the readings keep no more than the first; where they do not answer, that. */
async function inputOf(
  world: World,
  { incident }: Pick<Shown, "incident">,
  sources: Sources,
): Promise<EvidenceInput | null> {
  const { evidence } = incident;
  if (evidence === null) return null;
  const kept = await world.store.evidence(world.workspace, evidence.snapshot);
  const service = sources.catalog.services.find(({ name }) => name === evidence.service) ?? null;
  const until = endOf(incident, sources.now).getTime() + afterEndMs;
  const now = new Date(Math.min(until, sources.now.getTime()));
  const alert = service === null ? {} : { service: service.name };
  const question = { sources: { ...sources, now }, service, onset: incident.since, alert };
  const late = whenAborted(world.deadline(sourcesTimeoutMs));
  const read = await orElse(gatherEvidence(world, question), late, null);
  if (read === null || read.input.series.length === 0) return kept;
  return { ...read.input, changes: together(read.input.changes, kept?.changes) };
}

function endOf(incident: Shown["incident"], now: Date): Date {
  const backSince = incident.evidence?.backSince;
  if (backSince !== undefined) return new Date(backSince * 1000);
  return incident.state === "open" ? now : incident.resolvedAt;
}

/** What one of the sources does not tell any more was told before. */
function together(
  read: EvidenceInput["changes"] = [],
  kept: EvidenceInput["changes"] = [],
): NonNullable<EvidenceInput["changes"]> {
  return [...read, ...kept.filter(({ id }) => !read.some((change) => change.id === id))];
}

function peopleIn(entries: readonly TimelineEntry[]): readonly UserId[] {
  const named = entries.flatMap(({ actor, fact }) => [
    actor,
    ...("by" in fact ? [fact.by] : []),
    ...(fact.kind === "lead-set" && fact.lead !== null ? [fact.lead] : []),
  ]);
  return [...new Set(named)].slice(0, peopleMax);
}

/** Whoever Slack does not tell of stands there by their id, so that it can be looked up. */
async function namesOf(
  { chat, botUser }: World,
  users: readonly UserId[],
  late: Promise<never>,
): Promise<ReadonlyMap<UserId, string>> {
  const asked = users.filter((user) => user !== botUser && user !== "bot");
  const named = await Promise.all(
    asked.map(async (user) => {
      const name = await orElse(chat.personName(user), late, null);
      return [user, name ?? user] as const;
    }),
  );
  return new Map(named);
}

interface Messages {
  readonly byEntry: ReadonlyMap<number, string | null>;
  readonly unchecked: ReadonlySet<number>;
  readonly hosts: readonly string[];
}

async function messagesOf(
  { workspace, store }: World,
  { stored }: Shown,
  linkTo: (ts: MessageTs) => Promise<string | null | undefined>,
): Promise<Messages> {
  const posted = await store.postedMessages(workspace, stored.channel, stored.id);
  const told = stored.entries.flatMap((entry) => {
    const ts = entry.messageTs ?? posted.get(keyOf(stored.id, entry) ?? "");
    return ts === undefined ? [] : [{ seq: entry.seq, ts, isQuoted: isQuoted(entry) }];
  });
  const links = new Map<MessageTs, string | null | undefined>();
  await Promise.all(
    [...new Set(told.toSorted(quotedFirst).map(({ ts }) => ts))]
      .slice(0, messagesMax)
      .map(async (ts) => {
        links.set(ts, await linkTo(ts));
      }),
  );
  const byEntry = new Map<number, string | null>();
  const unchecked = new Set<number>();
  for (const { seq, ts, isQuoted: isTold } of told) {
    const link = links.get(ts);
    if (link !== undefined) byEntry.set(seq, link);
    else if (isTold) unchecked.add(seq);
  }
  return { byEntry, unchecked, hosts: hostsOf([...byEntry.values()]) };
}

function hostsOf(urls: readonly (string | null | undefined)[]): readonly string[] {
  return urls.flatMap((url) => (url && URL.canParse(url) ? [new URL(url).host] : []));
}

/** What its author deleted is quoted nowhere: of these it has to be known. */
function isQuoted({ fact }: TimelineEntry): boolean {
  return fact.kind === "update-posted" || (fact.kind === "outcome" && fact.note !== null);
}

function quotedFirst(a: { readonly isQuoted: boolean }, b: { readonly isQuoted: boolean }): number {
  return Number(b.isQuoted) - Number(a.isQuoted);
}

/** Which message of ours tells of an entry; null: none of its own. */
function keyOf(id: Shown["stored"]["id"], { seq, fact }: TimelineEntry): string | null {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all others have no message of their own
  switch (fact.kind) {
    case "declared":
    case "resolved":
      return livingKey(id);
    case "suggested":
      return stepsKey(id, fact.list);
    case "claimed":
    case "outcome":
    case "withdrawn":
    case "observed":
    case "driven":
      return tryKey(id, fact.suggestion);
    case "update-posted":
      return updateKey(id, seq);
    default:
      return null;
  }
}

async function orElse<T, E>(asked: Promise<T>, late: Promise<never>, otherwise: E): Promise<T | E> {
  try {
    return await Promise.race([asked, late]);
  } catch {
    return otherwise;
  }
}
