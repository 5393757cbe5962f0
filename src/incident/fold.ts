/** From the timeline to the incident; the order is by `seq`, never by time or by arrival. */

import type { Evidence, Incident, OfferedList, OpenIncident } from "./incident.ts";
import { withCleared, withFired } from "./alerts.ts";
import type { TimelineEntry, TimelineFact } from "./timeline.ts";

const collectorTitle = "Many services";

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
    alerts: [],
    isCollecting: false,
    stillOn: [],
    muted: null,
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
    case "severity-set":
    case "lead-set":
      return { ...incident, ...withoutKind(fact) };
    case "status-set":
      return fact.status === "resolved"
        ? resolve(incident, entry)
        : { ...reopen(incident), status: fact.status };
    case "evidence-read":
      return read(incident, without(fact, at));
    case "reading-failed":
    case "reading-stopped":
      return unread(incident, fact, at);
    case "suggested":
    case "list-expanded":
      return { ...incident, lists: withList(incident.lists, fact, at) };
    case "claimed":
      return { ...incident, claims: [...others(incident.claims, fact), without(fact, at)] };
    case "outcome":
      return { ...incident, outcomes: [...others(incident.outcomes, fact), without(fact, at)] };
    case "alert-fired":
    case "alert-cleared":
    case "collecting":
      return withAlerts(incident, fact, at);
    case "credited":
    case "still-on":
    case "muted":
    case "resumed":
      return withWord(incident, fact, at);
    case "resolved":
      return resolve(incident, entry);
    case "reopened":
      return incident.state === "open" ? incident : reopen(incident);
  }
}

/** What somebody said of the incident as a whole. */
function withWord(
  incident: Incident,
  fact: Extract<TimelineFact, { kind: "credited" | "still-on" | "muted" | "resumed" }>,
  at: Date,
): Incident {
  switch (fact.kind) {
    case "credited":
      return { ...incident, credit: { credit: fact.credit, by: fact.by } };
    case "still-on":
      return { ...incident, stillOn: [...incident.stillOn, { by: fact.by, at }] };
    case "muted":
      return { ...incident, muted: { by: fact.by, at } };
    case "resumed":
      return { ...incident, muted: null };
  }
}

type AlertFact = Extract<TimelineFact, { kind: "alert-fired" | "alert-cleared" | "collecting" }>;

function withAlerts(incident: Incident, fact: AlertFact, at: Date): Incident {
  switch (fact.kind) {
    case "alert-fired":
      return { ...incident, alerts: withFired(incident.alerts, fact.alert, at) };
    case "alert-cleared":
      return { ...incident, alerts: withCleared(incident.alerts, fact.group, at) };
    case "collecting":
      return { ...incident, title: collectorTitle, isCollecting: true };
  }
}

function unread(
  incident: Incident,
  fact: Extract<TimelineFact, { kind: "reading-failed" | "reading-stopped" }>,
  at: Date,
): Incident {
  return fact.kind === "reading-failed"
    ? { ...incident, readingFailedAt: at }
    : { ...incident, readingStopped: { because: fact.because, at } };
}

function withList(
  lists: readonly OfferedList[],
  fact: Extract<TimelineFact, { kind: "suggested" | "list-expanded" }>,
  at: Date,
): readonly OfferedList[] {
  return fact.kind === "suggested"
    ? [...lists, listOf(fact, at)]
    : lists.map((list) => expanded(list, fact.list));
}

function listOf(fact: Extract<TimelineFact, { kind: "suggested" }>, at: Date): OfferedList {
  const { kind: _kind, hiddenByRule = [], leftOutAsDone = 0, ...rest } = fact;
  return { ...rest, at, hiddenByRule, leftOutAsDone, isExpanded: false };
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
  return { ...withoutKind(fact), at };
}

function withoutKind<T extends { readonly kind: string }>({ kind: _kind, ...rest }: T) {
  return rest;
}

/** All but this actor's earlier word on this suggestion: the latest counts, it moves and never adds. */
function others<T extends { readonly suggestion: string; readonly by: string }>(
  all: readonly T[],
  of: { readonly suggestion: string; readonly by: string },
): readonly T[] {
  return all.filter((each) => each.suggestion !== of.suggestion || each.by !== of.by);
}
