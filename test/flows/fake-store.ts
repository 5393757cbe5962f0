/** The store in memory: the same promises as PostgreSQL's, one change after another. */

import type { Rule } from "../../src/catalog/rule.ts";
import type { Change, ChannelRow, Commit, Effect, NewJob } from "../../src/flows/change.ts";
import type { Store, StoredIncident } from "../../src/flows/ports.ts";
import type { Outcome, Suggestion } from "../../src/suggestion/suggestion.ts";
import type { IncidentId } from "../../src/vocabulary.ts";

interface Kept extends StoredIncident {
  readonly isOpen: boolean;
}

export interface FakeStore extends Store {
  readonly incidents: () => readonly Kept[];
  readonly suggestions: readonly Suggestion[];
  readonly outcomes: readonly Outcome[];
  /** Everything that was to be sent, oldest first. */
  readonly effects: readonly Effect[];
  /** Jobs that were sent and not yet taken. */
  readonly jobs: NewJob[];
  readonly channels: Map<string, ChannelRow>;
  /** Runs once, just before the next commit: what somebody quicker does. */
  beforeNextCommit: (() => Promise<void>) | null;
  readonly commits: readonly Commit[];
}

export function fakeStore(now: () => Date): FakeStore {
  const handled = new Set<string>();
  const incidents = new Map<IncidentId, Kept>();
  const suggestions: Suggestion[] = [];
  const outcomes: Outcome[] = [];
  const effects: Effect[] = [];
  const jobs: NewJob[] = [];
  const jobIds = new Set<string>();
  const channels = new Map<string, ChannelRow>();
  const commits: Commit[] = [];
  const rules = new Map<string, Rule>();

  const about = (change: Change): Kept | null | "stale" => {
    if (change.about === undefined) return null;
    if (change.about.kind === "existing") {
      const known = incidents.get(change.about.id);
      return known?.seq === change.about.seq ? known : "stale";
    }
    const { id, channel } = change.about;
    if ([...incidents.values()].some((each) => each.isOpen && each.channel === channel))
      return "stale";
    return { id, number: incidents.size + 1, channel, seq: 0, entries: [], isOpen: true };
  };
  const write = (change: Change): Commit => {
    if (change.handled.some((id) => handled.has(id))) return "repeat";
    const incident = about(change);
    if (incident === "stale") return "stale";
    change.handled.forEach((id) => handled.add(id));
    if (change.channel) channels.set(change.channel.id, change.channel);
    if (incident !== null) {
      const { entries = [], closedAt } = change;
      const added = entries.map((entry, index) => ({
        ...entry,
        seq: incident.seq + 1 + index,
        recordedAt: now(),
      }));
      incidents.set(incident.id, {
        ...incident,
        seq: incident.seq + added.length,
        entries: [...incident.entries, ...added],
        isOpen: closedAt === undefined ? incident.isOpen : closedAt === null,
      });
    }
    const { rules: moved } = change;
    if (moved !== undefined && "given" in moved) rules.set(moved.given.id, moved.given);
    if (moved !== undefined && "revoked" in moved) rules.delete(moved.revoked);
    suggestions.push(...(change.suggestions ?? []));
    outcomes.push(...(change.outcomes ?? []));
    effects.push(...(change.effects ?? []));
    for (const job of change.jobs ?? []) if (!jobIds.has(job.id)) jobs.push(job);
    for (const { id } of change.jobs ?? []) jobIds.add(id);
    return "committed";
  };
  const store: FakeStore = {
    incidents: () => [...incidents.values()],
    suggestions,
    outcomes,
    effects,
    jobs,
    channels,
    commits,
    beforeNextCommit: null,
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
    incident: async (_workspace, id) => incidents.get(id) ?? null,
    suggestionsOf: async (_workspace, id) =>
      suggestions.filter(({ incidentId }) => incidentId === id),
    suggestion: async (_workspace, id) => suggestions.find((each) => each.id === id) ?? null,
    outcomesOf: async (_workspace, id) => outcomes.filter(({ incidentId }) => incidentId === id),
    pastOutcomes: async (_workspace, viewer, except) =>
      outcomes.flatMap((outcome) => {
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
        return [{ ...outcome, role: of.role, symptom: of.symptom, service: of.service }];
      }),
    channel: async (_workspace, id) => channels.get(id) ?? null,
    rules: async () => [...rules.values()],
    seenBefore: async () => [],
  };
  return store;
}
