/** The store in memory: the same promises as PostgreSQL's, one change after another. */

import type { AlertGroup } from "../../src/alert/group.ts";
import type { EvidenceInput } from "../../src/evidence/input.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import type {
  CauseLabel,
  Change,
  ChannelRow,
  Commit,
  Effect,
  NewJob,
  NewEntry,
} from "../../src/flows/change.ts";
import type { PeriodFacts } from "../../src/digest/facts.ts";
import type { SelfHealed, Store, StoredIncident } from "../../src/flows/ports.ts";
import type { PostmortemVersion } from "../../src/postmortem/version.ts";
import { fakeMessages } from "./fake-messages.ts";
import { fakeModelBook } from "./fake-model-book.ts";
import { countedAgain, oneOnTop, remarksCounted } from "./remarks-counted.ts";
import { fakePostmortems } from "./fake-postmortems.ts";
import { withLinks } from "../../src/suggestion/led-to.ts";
import type { LedTo } from "../../src/suggestion/led-to.ts";
import { ownForetold } from "../../src/suggestion/rank.ts";
import type { Rule } from "../../src/catalog/rule.ts";
import type { Outcome, Suggestion } from "../../src/suggestion/suggestion.ts";
import type { IncidentId } from "../../src/vocabulary.ts";

interface Kept extends StoredIncident {
  readonly isOpen: boolean;
  readonly service: string | null;
}

export interface FakeStore extends Store {
  readonly incidents: () => readonly Kept[];
  readonly suggestions: readonly Suggestion[];
  readonly outcomes: readonly Outcome[];
  readonly links: readonly LedTo[];
  readonly causes: readonly CauseLabel[];
  readonly postmortems: readonly PostmortemVersion[];
  /** Everything that was to be sent, oldest first. */
  readonly effects: readonly Effect[];
  /** Jobs that were sent and not yet taken. */
  readonly jobs: NewJob[];
  readonly channels: Map<string, ChannelRow>;
  /** Runs once, just before the next commit: what somebody quicker does. */
  beforeNextCommit: (() => Promise<void>) | null;
  readonly commits: readonly Commit[];
  /** How often earlier ones healed by themselves. */
  healed: SelfHealed;
  readonly groups: () => readonly AlertGroup[];
  /** What every period holds. */
  facts: PeriodFacts;
  /** The keys of the weeks, with the teams that they were sent to. */
  readonly digests: readonly string[];
}

export function fakeStore(now: () => Date): FakeStore {
  const handled = new Set<string>();
  const incidents = new Map<IncidentId, Kept>();
  const suggestions: Suggestion[] = [];
  const outcomes: Outcome[] = [];
  const links: LedTo[] = [];
  const causes: CauseLabel[] = [];
  const effects: Effect[] = [];
  const jobs: NewJob[] = [];
  const jobIds = new Set<string>();
  const channels = new Map<string, ChannelRow>();
  const commits: Commit[] = [];
  const digests: string[] = [];
  const groups = new Map<string, AlertGroup>();
  let alertSeq = 0;
  const rules = new Map<string, Rule>();
  const kept = fakePostmortems(now);
  const snapshots = new Map<string, EvidenceInput>();
  const said = fakeMessages();

  const about = (change: Change): Kept | null | "stale" => {
    if (change.about === undefined) return null;
    if (change.about.kind === "existing") {
      const known = incidents.get(change.about.id);
      return known?.seq === change.about.seq ? known : "stale";
    }
    const { id, channel } = change.about;
    if ([...incidents.values()].some((each) => each.isOpen && each.channel === channel))
      return "stale";
    const rest = { channel, seq: 0, entries: [], isOpen: true, service: null };
    return { id, number: incidents.size + 1, ...rest };
  };
  const numbered = (entries: readonly NewEntry[], seq: number) =>
    entries.map((entry, index) => ({ ...entry, seq: seq + 1 + index, recordedAt: now() }));
  const write = (change: Change): Commit => {
    if (change.handled.some((id) => handled.has(id))) return "repeat";
    const incident = about(change);
    if (incident === "stale") return "stale";
    if (change.also?.some(({ id, seq }) => incidents.get(id)?.seq !== seq)) return "stale";
    if (change.alerts !== undefined && change.alerts.seq !== alertSeq) return "stale";
    countedAgain(change);
    if (!kept.add(change)) return "stale";
    if (change.alerts !== undefined) alertSeq += 1;
    for (const group of change.alerts?.groups ?? []) groups.set(group.id, group);
    const { digest: sent } = change;
    const sentKey =
      sent === undefined ? null : `${sent.body.week.key} ${sent.body.team ?? ""}`.trim();
    if (sentKey !== null && digests.includes(sentKey)) return "repeat";
    if (sentKey !== null) digests.push(sentKey);
    change.handled.forEach((id) => handled.add(id));
    if (change.channel) channels.set(change.channel.id, change.channel);
    for (const { id, seq, entries } of change.also ?? []) {
      const other = incidents.get(id);
      const added = numbered(entries, seq);
      const all = [...(other?.entries ?? []), ...added];
      if (other !== undefined)
        incidents.set(id, { ...other, seq: seq + added.length, entries: all });
    }
    if (incident !== null) {
      const { entries = [], closedAt } = change;
      const added = numbered(entries, incident.seq);
      incidents.set(incident.id, {
        ...incident,
        seq: incident.seq + added.length,
        entries: [...incident.entries, ...added],
        isOpen: closedAt === undefined ? incident.isOpen : closedAt === null,
        service: change.service === undefined ? incident.service : change.service,
      });
    }
    remarksCounted(change, [...incidents.values()]);
    oneOnTop(change, [...incidents.values()]);
    const { rules: moved } = change;
    if (moved !== undefined && "given" in moved) rules.set(moved.given.id, moved.given);
    if (moved !== undefined && "revoked" in moved) rules.delete(moved.revoked);
    if (change.snapshot) snapshots.set(change.snapshot.id, change.snapshot.input);
    said.write(change.messages);
    suggestions.push(...(change.suggestions ?? []));
    outcomes.push(...(change.outcomes ?? []));
    links.push(...(change.links ?? []));
    causes.push(...(change.causes ?? []));
    effects.push(...(change.effects ?? []));
    for (const job of change.jobs ?? []) if (!jobIds.has(job.id)) jobs.push(job);
    for (const { id } of change.jobs ?? []) jobIds.add(id);
    return "committed";
  };
  const store: FakeStore = {
    incidents: () => [...incidents.values()],
    suggestions,
    outcomes,
    links,
    causes,
    effects,
    postmortems: kept.all,
    jobs,
    channels,
    commits,
    beforeNextCommit: null,
    healed: { healed: 0, of: 0 },
    facts: { incidents: [], steps: [], told: [], model: null },
    digests,
    periodFacts: async () => store.facts,
    commit: async (change) => {
      const before = store.beforeNextCommit;
      store.beforeNextCommit = null;
      await before?.();
      const commit = write(change);
      commits.push(commit);
      return commit;
    },
    wasHandled: async (_workspace, ids) => ids.some((id) => handled.has(id)),
    openIncidentIn: async (_workspace, channel) =>
      [...incidents.values()].find((each) => each.isOpen && each.channel === channel) ?? null,
    latestIncidentIn: async (_workspace, channel) =>
      [...incidents.values()].findLast((each) => each.channel === channel) ?? null,
    incidentNumbered: async (_workspace, number) =>
      [...incidents.values()].find((each) => each.number === number) ?? null,
    incident: async (_workspace, id) => incidents.get(id) ?? null,
    readIncidents: async () =>
      [...incidents.values()]
        .filter(({ isOpen, entries }) => {
          const isRead = entries.some(({ fact }) => fact.kind === "evidence-read");
          return isOpen && isRead;
        })
        .map(({ id, channel, service }) => ({ id, channel, service })),
    suggestionsOf: async (_workspace, id) =>
      suggestions.filter(({ incidentId }) => incidentId === id),
    suggestion: async (_workspace, id) => suggestions.find((each) => each.id === id) ?? null,
    outcomesOf: async (_workspace, id) => outcomes.filter(({ incidentId }) => incidentId === id),
    pastOutcomes: async (_workspace, viewer, except) => {
      const past = outcomes.flatMap((outcome) => {
        const incident = incidents.get(outcome.incidentId);
        const of = suggestions.find(({ id }) => id === outcome.suggestionId);
        const channel = channels.get(incident?.channel ?? "");
        const isShown = viewer.kind !== "external" || channel?.id === viewer.id;
        if (
          of === undefined ||
          channel?.kind !== "public" ||
          !isShown ||
          outcome.incidentId === except
        )
          return [];
        const { role, symptom, service } = of;
        return [{ ...outcome, role, symptom, service, foretold: ownForetold(of) }];
      });
      return withLinks(past, links);
    },
    pastIncidents: async (_workspace, viewer, except) =>
      [...incidents.values()].flatMap(({ id, channel: of, entries }) => {
        const channel = channels.get(of);
        const incident = foldIncident(entries);
        const isShown = viewer.kind !== "external" || of === viewer.id;
        if (id === except || incident.state === "open" || channel?.kind !== "public" || !isShown)
          return [];
        if (incident.mergedInto !== null) return [];
        const { title, evidence, declaredAt: openedAt, resolvedAt: closedAt, cause } = incident;
        const { service = null, symptom = null, flags = [] } = evidence ?? {};
        const label = cause?.cause ?? null;
        const credit = incident.credit?.credit ?? null;
        return [{ id, title, service, symptom, flags, openedAt, closedAt, cause: label, credit }];
      }),
    channel: async (_workspace, id) => channels.get(id) ?? null,
    messageKey: async (_workspace, channel, ts) =>
      effects.find((effect) => effect.channel === channel && tsOf(effect) === ts)?.key ?? null,
    selfHealed: async () => store.healed,
    rules: async () => [...rules.values()],
    endedLike: async (_workspace, { viewer, incident: except, symptom, service }) =>
      [...incidents.values()].flatMap(({ id, number, channel: of, entries }) => {
        const incident = foldIncident(entries);
        const isOwn = of === viewer.id;
        const isShown =
          isOwn || (channels.get(of)?.kind === "public" && viewer.kind !== "external");
        const { evidence, title, declaredAt: openedAt } = incident;
        const isNear = evidence?.symptom === symptom || evidence?.service === service;
        const hasEnded = incident.state === "resolved" && incident.mergedInto === null;
        if (id === except || !hasEnded || !isShown || !isNear || evidence === null) return [];
        const said = incident.outcomes.findLast(({ label }) => label === "resolved");
        const step = suggestions.find((each) => each.id === said?.suggestion);
        const { findings, logs } = evidence.diagnosis;
        return [
          {
            number,
            openedAt,
            service: evidence.service,
            symptom: evidence.symptom,
            flags: evidence.flags,
            said: [title, ...logs.map(({ template }) => template)],
            findings: findings.map(({ text }) => text),
            cause: incident.cause?.cause ?? null,
            fix: step === undefined ? null : { ...step, minutes: null },
          },
        ];
      }),
    ...kept.reads,
    ...fakeModelBook(),
    incidentShown: async (_workspace, { number, viewer }) => {
      const found = [...incidents.values()].find((each) => each.number === number);
      const kind = channels.get(found?.channel ?? "")?.kind;
      const isShown =
        found?.channel === viewer.id || (kind === "public" && viewer.kind !== "external");
      return found !== undefined && isShown ? found : null;
    },
    evidence: async (_workspace, id) => snapshots.get(id) ?? null,
    postedMessages: async (_workspace, channel, incident) =>
      new Map(
        effects.flatMap((effect) =>
          effect.channel === channel &&
          effect.payload.kind === "message" &&
          effect.key.includes(incident)
            ? [[effect.key, tsOf(effect)] as const]
            : [],
        ),
      ),
    messagesOf: said.messagesOf,
    openChannels: async (_workspace, named) =>
      said.openChannels([...incidents.values()], channels, named),
    groups: () => [...groups.values()],
    groupsOpening: async (_workspace, name) => ({
      seq: alertSeq,
      groups: [...groups.values()].filter(
        ({ place }) => place?.kind === "opening" && place.name === name,
      ),
    }),
    alertDesk: async (_workspace, ids, at) => {
      const since = at.getTime() / 1000 - 3_600;
      const all = [...groups.values()];
      return {
        seq: alertSeq,
        groups: all.filter(({ id }) => ids.includes(id)),
        open: [...incidents.values()].flatMap(({ id, isOpen, service, channel, entries }) => {
          const openedAt = (entries[0]?.at.getTime() ?? 0) / 1000;
          const isSeen = channels.get(channel)?.kind === "public" && openedAt >= since;
          return isOpen && isSeen ? [{ id, service, openedAt }] : [];
        }),
        openings: all.flatMap(({ place, openedAt }) =>
          openedAt !== null &&
          openedAt >= since &&
          (place?.kind === "incident" || place?.kind === "opening")
            ? [{ at: openedAt, into: place }]
            : [],
        ),
        threads: all
          .filter(({ place }) => place?.kind === "thread")
          .map(({ id, occurrences }) => ({ group: id, at: occurrences.at(-1)?.at ?? 0 }))
          .toSorted((a, b) => b.at - a.at),
      };
    },
  };
  return store;
}

/** The timestamp of the message that an effect was posted as. */
function tsOf({ key }: Pick<Effect, "key">): string {
  return `ts of ${key}`;
}
