/** From the timeline to the incident; the order is by `seq`, never by time or by arrival. */

import { withCleared, withFired } from "./alerts.ts";
import { withRemark } from "./budget.ts";
import { reopen, resolve, withStatus } from "./ending.ts";
import type { Evidence, Incident } from "./incident.ts";
import { isSaid, said, without, type Said } from "./said.ts";
import type { TimelineEntry, TimelineFact } from "./timeline.ts";
import { withMerge } from "./merge.ts";
import { isOfModel, ofModel, type OfModel } from "./of-model.ts";
import { withTold } from "./told.ts";

const collectorTitle = "Many services";

/** What other tools, other incidents and rules have to do with it: nothing yet. */
const untouched = { leadName: null, told: null, mergedInto: null, tookIn: [], forbidden: [] };

/** Throws where the timeline does not begin with a declaration: a store never writes that. */
export function foldIncident(entries: readonly TimelineEntry[]): Incident {
  const ordered = entries.toSorted((a, b) => a.seq - b.seq);
  const [first, ...rest] = ordered;
  if (first === undefined) throw new Error("An incident has at least one entry in its timeline");
  return rest.reduce(step, begin(first));
}

const nothingSaid = {
  lists: [],
  claims: [],
  claimedAway: [],
  outcomes: [],
  observed: [],
  pointed: [],
};

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
    model: null,
    questions: [],
    deedsRead: [],
    readingFailedAt: null,
    readingStopped: null,
    logs: [],
    alerts: [],
    isCollecting: false,
    stillOn: [],
    update: null,
    muted: null,
    remarks: { posted: [], heldBack: [] },
    credit: null,
    ...nothingSaid,
    cause: null,
    ...untouched,
    asked: {},
    ...(entry.messageTs === undefined ? {} : { messageTs: entry.messageTs }),
  };
}

function step(before: Incident, entry: TimelineEntry): Incident {
  return { ...apply(before, entry), seq: entry.seq };
}

function told(incident: Incident, fact: Said | OfModel, at: Date): Incident {
  return isSaid(fact) ? said(incident, fact, at) : ofModel(incident, fact, at);
}

function apply(incident: Incident, entry: TimelineEntry): Incident {
  const { fact, at } = entry;
  if (isSaid(fact) || isOfModel(fact)) return told(incident, fact, at);
  switch (fact.kind) {
    case "declared":
    case "joined":
      return incident;
    case "lead-set":
      return { ...incident, lead: fact.lead, leadName: null };
    case "told":
      return withTold(incident, fact, entry);
    case "status-set":
      return withStatus(incident, fact.status, entry);
    case "evidence-read":
      return read(incident, without(fact, at));
    case "reading-failed":
    case "reading-stopped":
      return unread(incident, fact, at);
    case "log-shared":
      return { ...incident, logs: [...incident.logs, without(fact, at)] };
    case "alert-fired":
    case "alert-cleared":
    case "collecting":
      return withAlerts(incident, fact, at);
    case "severity-set":
    case "still-on":
    case "update-posted":
    case "remark":
    case "muted":
    case "resumed":
      return withWord(incident, fact, at);
    case "merged":
    case "parted":
      return withMerge(incident, fact, entry);
    case "resolved":
      return resolve(incident, entry);
    case "reopened":
      return incident.state === "open" ? incident : reopen(incident);
  }
}

/** What was said of the incident as a whole. */
function withWord(
  incident: Incident,
  fact: Extract<
    TimelineFact,
    { kind: "severity-set" | "still-on" | "update-posted" | "remark" | "muted" | "resumed" }
  >,
  at: Date,
): Incident {
  switch (fact.kind) {
    case "severity-set":
      return { ...incident, severity: fact.severity };
    case "remark":
      return { ...incident, remarks: withRemark(incident.remarks, fact.key, fact.isPosted) };
    case "still-on":
      return { ...incident, stillOn: [...incident.stillOn, { by: fact.by, at }] };
    case "update-posted": {
      const nextAt = fact.nextAt === null ? null : new Date(fact.nextAt * 1000);
      return { ...incident, update: { by: fact.by, at, nextAt } };
    }
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
