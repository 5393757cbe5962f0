/** Reads the evidence of an incident, posts the living message and a list of steps, and plans the next reading. */

import { serviceNamedIn } from "../catalog/find-service.ts";
import type { Catalog, Service } from "../catalog/catalog.ts";
import type { Alert } from "../evidence/input.ts";
import type { Incident } from "../incident/incident.ts";
import type { TimelineFact } from "../incident/timeline.ts";
import { deedsIn } from "../suggestion/done.ts";
import { settledSteps } from "../incident/board.ts";
import { rankPolicy } from "../suggestion/rank.ts";
import type { Proposal } from "../suggestion/propose.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { ChannelId, IncidentId, MessageTs, SuggestionId } from "../vocabulary.ts";
import { assess, propose } from "./assess.ts";
import type { Assessment } from "./assess.ts";
import type { Change, NewEntry } from "./change.ts";
import { citationLinks } from "./citation-links.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import type { Gathered } from "./gather-evidence.ts";
import type { ChatMessage, Sources, World } from "./ports.ts";
import { nextReading, updated } from "./read-again.ts";
import { about, settle } from "./settle.ts";
import { livingEffect, showIncident, stepsEffect, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";

/** Draws come from this and the incident, so that a repeated request repeats its list. */
const seed = 0;

export interface Investigation {
  readonly handled: readonly string[];
  readonly channel: ChannelId;
  readonly incident: IncidentId;
  /** The question that it answers, where there is one. */
  readonly asked: { readonly text: string; readonly threadTs: MessageTs } | null;
}

/** Everything is read first, outside any lock; then it is decided on the incident as it is by then. */
export async function investigate(world: World, event: Investigation): Promise<void> {
  if (await world.store.wasHandled(world.workspace, event.handled)) return;
  const stored = await world.store.incident(world.workspace, event.incident);
  if (stored === null) return;
  const shown = await showIncident(world, stored);
  if (shown.incident.state === "resolved" && event.asked === null) return;
  const [sources, messages, past] = await Promise.all([
    world.sourcesFor(event.channel),
    world.chat.recentMessages(event.channel, null),
    world.store.pastOutcomes(world.workspace, event.incident),
  ]);
  const named = serviceSpokenOf(sources.catalog, event.asked?.text ?? "", shown.incident, messages);
  const gathered = await gatherEvidence(world, {
    sources,
    service: named,
    onset: onsetOf(shown.incident),
    alert: alertOf(named, shown.incident, event.asked?.text ?? "", messages),
  });
  const decide = (current: Shown): Change => {
    const { severity } = current.incident;
    const at = gathered.readAt;
    const assessment = assess(gathered.input, sources.catalog, { named, severity, at });
    const done = stepsDone(world, sources.catalog, current.incident, messages);
    const proposal = propose(world.steps, assessment.situation, past, done);
    return report(world, { event, current, sources, gathered, assessment, proposal });
  };
  const commit = await settle(world, event.incident, decide);
  if (commit === "committed") world.meter.suggested(1);
}

interface Findings {
  readonly event: Investigation;
  readonly current: Shown;
  readonly sources: Sources;
  readonly gathered: Gathered;
  readonly assessment: Assessment;
  readonly proposal: Proposal;
}

function report(world: World, findings: Findings): Change {
  const { event, current, gathered, assessment } = findings;
  const snapshot = world.newId();
  const suggestions = toSuggestions(world, findings);
  const list = listFact(findings, suggestions);
  const entry = { actor: world.botUser, source: "bot", at: world.now() } as const;
  const entries: NewEntry[] = [
    { ...entry, fact: evidenceFact(world, findings, snapshot) },
    { ...entry, fact: list },
  ];
  const shown = withEntries(current, entries, suggestions);
  const newest = shown.incident.lists.at(-1);
  return {
    workspace: world.workspace,
    handled: event.handled,
    about: about(current),
    entries,
    service: assessment.service,
    symptom: assessment.symptom,
    snapshot: { id: snapshot, readAt: gathered.readAt, input: gathered.input },
    suggestions,
    effects: [
      livingEffect(world, shown),
      ...(newest === undefined ? [] : [stepsEffect(world, shown, newest)]),
    ],
    jobs: nextReading(world, shown),
  };
}

/** What has recovered by now shifts no more: then what is known stays, with its newest values. */
function evidenceFact(
  world: World,
  { current, gathered, assessment }: Findings,
  snapshot: string,
): TimelineFact {
  const { service, symptom, flags, diagnosis } = assessment;
  const { gaps, input } = gathered;
  const earlier = current.incident.evidence;
  if (diagnosis.metrics.length === 0 && earlier !== null && earlier.diagnosis.metrics.length > 0) {
    const { at: _at, ...evidence } = updated(earlier, diagnosis, input.series);
    return { kind: "evidence-read", ...evidence, gaps };
  }
  const leftOut = [...(diagnosis.leftOut ?? []), ...gathered.leftOut];
  return {
    kind: "evidence-read",
    service,
    symptom,
    flags,
    diagnosis: { ...diagnosis, ...(leftOut.length === 0 ? {} : { leftOut }) },
    gaps,
    snapshot,
    links: citationLinks(world, diagnosis, input, snapshot),
  };
}

function listFact(
  { event, current, proposal }: Findings,
  suggestions: readonly { readonly id: SuggestionId }[],
): TimelineFact {
  return {
    kind: "suggested",
    list: current.incident.lists.length + 1,
    suggestions: suggestions.map(({ id }) => id),
    ...(event.asked === null ? {} : { threadTs: event.asked.threadTs }),
    hiddenByRule: proposal.hiddenByRule.map(({ title, constraint }) => ({
      title,
      because: constraint.because,
      ...(constraint.by === undefined ? {} : { by: constraint.by }),
      ...(constraint.until === undefined ? {} : { until: constraint.until }),
    })),
    leftOutAsDone: proposal.leftOutAsDone.length,
  };
}

function toSuggestions(
  world: World,
  { event, current, assessment, proposal }: Findings,
): Suggestion[] {
  return proposal.offered.map((step, index) => ({
    ...step,
    id: `sug_${world.newId()}`,
    incidentId: event.incident,
    list: current.incident.lists.length + 1,
    position: index + 1,
    policy: rankPolicy,
    seed,
    symptom: assessment.symptom,
    service: assessment.service,
    flags: assessment.flags,
    shownAt: world.now(),
  }));
}

/** The question's own words first, then the channel's name and title, then what was said there. */
function serviceSpokenOf(
  catalog: Catalog,
  asked: string,
  incident: Incident,
  messages: readonly ChatMessage[],
): Service | null {
  const earlier = catalog.services.find(({ name }) => name === incident.evidence?.service);
  return (
    serviceNamedIn(asked, catalog) ??
    serviceNamedIn(incident.channelName, catalog) ??
    serviceNamedIn(incident.title, catalog) ??
    earlier ??
    serviceNamedIn(messages.map(({ text }) => text).join("\n"), catalog)
  );
}

/** Once it was found it stays: later readings must not move with the clock. */
function onsetOf({ evidence, since }: Incident): Date | null {
  return evidence === null || evidence.diagnosis.metrics.length === 0 ? null : since;
}

function alertOf(
  named: Service | null,
  incident: Incident,
  asked: string,
  messages: readonly ChatMessage[],
): Alert {
  const alerts = messages.filter(({ isBot }) => isBot).map(({ text }) => text);
  const text = [asked, incident.title, incident.channelName, ...alerts].join("\n").slice(0, 4_000);
  return { text, ...(named === null ? {} : { service: named.name }) };
}

/** Said by people in the channel, or recorded here. */
function stepsDone(
  world: World,
  catalog: Catalog,
  incident: Incident,
  messages: readonly ChatMessage[],
): string[] {
  const ours = {
    service: incident.evidence?.service ?? null,
    services: catalog.services.map(({ name }) => name),
  };
  const said = messages
    .filter(({ isBot }) => !isBot)
    .flatMap(({ text }) => deedsIn(text, world.steps, ours).map(({ stepId }) => stepId));
  return [...new Set([...settledSteps(incident), ...said])];
}
