/** From the timeline to the incident; the order is by `seq`, never by time or by arrival. */

import type { Evidence, Incident, OfferedList, OpenIncident } from "./incident.ts";
import type { TimelineEntry, TimelineFact } from "./timeline.ts";
import type { Status } from "../vocabulary.ts";

/** Throws where the timeline does not begin with a declaration: a store never writes that. */
export function foldIncident(entries: readonly TimelineEntry[]): Incident {
  const ordered = entries.toSorted((a, b) => a.seq - b.seq);
  const [first, ...rest] = ordered;
  if (first === undefined) throw new Error("An incident has at least one entry in its timeline");
  return rest.reduce(step, begin(first));
}

function begin(entry: TimelineEntry): Incident {
  const { fact } = entry;
  if (fact.kind !== "declared")
    throw new Error(`A timeline begins with "declared", not with "${fact.kind}"`);
  return {
    state: "open",
    status: "investigating",
    seq: entry.seq,
    title: fact.title,
    channel: fact.channel,
    channelName: fact.channelName,
    severity: fact.severity,
    lead: null,
    declaredAt: entry.at,
    since: entry.at,
    evidence: null,
    previousEvidence: null,
    readingFailedAt: null,
    readingStopped: null,
    lists: [],
    claims: [],
    outcomes: [],
    logs: [],
    muted: null,
    update: null,
    credit: null,
    ...(entry.messageTs === undefined ? {} : { messageTs: entry.messageTs }),
  };
}

function step(before: Incident, entry: TimelineEntry): Incident {
  return { ...apply(before, entry), seq: entry.seq };
}

function apply(incident: Incident, entry: TimelineEntry): Incident {
  const { fact, at } = entry;
  switch (fact.kind) {
    case "declared":
    case "joined":
      return incident;
    case "evidence-read":
      return read(incident, without(fact, at));
    case "reading-failed":
      return { ...incident, readingFailedAt: at };
    case "reading-stopped":
      return { ...incident, readingStopped: { because: fact.because, at } };
    case "suggested":
      return { ...incident, lists: [...incident.lists, listOf(fact, at)] };
    case "log-shared":
      return { ...incident, logs: [...incident.logs, without(fact, at)] };
    case "list-expanded":
      return { ...incident, lists: incident.lists.map((list) => expanded(list, fact.list)) };
    case "claimed":
      return { ...incident, claims: [...others(incident.claims, fact), without(fact, at)] };
    case "outcome":
      return { ...incident, outcomes: [...others(incident.outcomes, fact), without(fact, at)] };
    case "severity-set":
    case "lead-set":
    case "status-set":
    case "update-posted":
    case "credited":
    case "muted":
    case "resumed":
    case "resolved":
    case "reopened":
      return run(incident, { ...entry, fact });
  }
}

/** What people say of how it is run. */
type Run = Extract<
  TimelineFact,
  {
    kind:
      | "severity-set"
      | "lead-set"
      | "status-set"
      | "update-posted"
      | "credited"
      | "muted"
      | "resumed"
      | "resolved"
      | "reopened";
  }
>;

function run(incident: Incident, entry: TimelineEntry & { readonly fact: Run }): Incident {
  const { fact, at } = entry;
  switch (fact.kind) {
    case "severity-set":
      return { ...incident, severity: fact.severity };
    case "lead-set":
      return { ...incident, lead: fact.lead };
    case "status-set":
      return withStatus(incident, fact.status, entry);
    case "update-posted":
      return { ...incident, update: updateOf(fact, at) };
    case "credited":
      return { ...incident, credit: { credit: fact.credit, by: fact.by } };
    case "muted":
      return { ...incident, muted: { by: fact.by, at } };
    case "resumed":
      return { ...incident, muted: null };
    case "resolved":
      return resolve(incident, entry);
    case "reopened":
      return incident.state === "open" ? incident : reopen(incident);
  }
}

function listOf(fact: Extract<TimelineFact, { kind: "suggested" }>, at: Date): OfferedList {
  const { kind: _kind, hiddenByRule = [], leftOutAsDone = 0, ...rest } = fact;
  return { ...rest, at, hiddenByRule, leftOutAsDone, isExpanded: false };
}

function updateOf(
  { by, nextAt }: Extract<TimelineFact, { kind: "update-posted" }>,
  at: Date,
): Incident["update"] {
  return { by, at, nextAt: nextAt === null ? null : new Date(nextAt * 1000) };
}

function expanded(list: OfferedList, number: number): OfferedList {
  return list.list === number ? { ...list, isExpanded: true } : list;
}

function read(incident: Incident, evidence: Evidence): Incident {
  const hasShift = evidence.diagnosis.metrics.length > 0;
  return {
    ...incident,
    evidence,
    previousEvidence: incident.evidence,
    readingFailedAt: null,
    readingStopped: null,
    since: hasShift ? new Date(evidence.diagnosis.onset * 1000) : incident.since,
  };
}

function withStatus(incident: Incident, status: Status, entry: TimelineEntry): Incident {
  return status === "resolved" ? resolve(incident, entry) : { ...reopen(incident), status };
}

function resolve(incident: Incident, entry: TimelineEntry): Incident {
  if (incident.state === "resolved") return incident;
  const { status: _status, ...facts } = incident;
  return { ...facts, state: "resolved", resolvedAt: entry.at, resolvedBy: entry.actor };
}

function reopen(incident: Incident): OpenIncident {
  if (incident.state === "open") return incident;
  const { resolvedAt: _at, resolvedBy: _by, ...facts } = incident;
  return { ...facts, state: "open", status: "investigating" };
}

/** The fact itself with its time, its kind left out. */
function without<T extends { readonly kind: string }>(fact: T, at: Date) {
  const { kind: _kind, ...rest } = fact;
  return { ...rest, at };
}

/** All but this actor's earlier word on this suggestion: the latest counts, it moves and never adds. */
function others<T extends { readonly suggestion: string; readonly by: string }>(
  all: readonly T[],
  of: { readonly suggestion: string; readonly by: string },
): readonly T[] {
  return all.filter((each) => each.suggestion !== of.suggestion || each.by !== of.by);
}
