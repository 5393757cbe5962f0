/** Reads the evidence of an incident, posts the living message and a list of steps, and plans the next reading. */

import type { Catalog } from "../catalog/catalog.ts";
import type { TimelineFact } from "../incident/timeline.ts";
import { rankPolicy } from "../suggestion/rank.ts";
import type { Proposal } from "../suggestion/propose.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { IncidentId, SuggestionId } from "../vocabulary.ts";
import { assess, propose } from "./assess.ts";
import type { Assessment } from "./assess.ts";
import type { Change, Effect, NewEntry } from "./change.ts";
import { citationLinks } from "./citation-links.ts";
import type { Gathered } from "./gather-evidence.ts";
import { aboutSuspected } from "./look-at-suspected.ts";
import type { PastOutcome, World } from "./ports.ts";
import { onward, recoveryIn, updated, withLeftOut } from "./read-again.ts";
import { chartEffects } from "./show-chart.ts";
import { refreshChannel, viewerIn, type Sight } from "./refresh-channel.ts";
import { about, settle } from "./settle.ts";
import { gatherWithConversation } from "./shared-files.ts";
import {
  livingEffect,
  message,
  seenBefore,
  showIncident,
  stepsEffect,
  withEntries,
} from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { alertOf, onsetOf, recentMessages, serviceSpokenOf, stepsDone } from "./what-is-asked.ts";
import type { Asked } from "./what-is-asked.ts";

/** Draws come from this and the incident, so that a repeated request repeats its list. */
const seed = 0;

export interface Investigation extends Asked {
  readonly handled: readonly string[];
  readonly incident: IncidentId;
}

/** Everything is read first, outside any lock; then it is decided on the incident as it is by then. */
export async function investigate(world: World, event: Investigation): Promise<void> {
  if (await world.store.wasHandled(world.workspace, event.handled)) return;
  const stored = await world.store.incident(world.workspace, event.incident);
  if (stored === null) return;
  const shown = await showIncident(world, stored);
  if (shown.incident.state === "resolved" && event.asked === null) return;
  const [sources, { messages, gaps }, sight, rules] = await Promise.all([
    world.sourcesFor(event.channel),
    recentMessages(world, event),
    refreshChannel(world, event.channel),
    world.store.rules(world.workspace),
  ]);
  const { catalog } = sources;
  const past = await pastOf(world, event);
  const named = serviceSpokenOf(catalog, event.asked?.text ?? "", shown.incident, messages);
  const alert = alertOf(named, shown.incident, event.asked?.text ?? "", messages);
  const question = { sources, service: named, onset: onsetOf(shown.incident), alert };
  const read = await gatherWithConversation(world, question, shown.incident, messages);
  const gathered = { ...read, gaps: [...read.gaps, ...gaps] };
  let offered: readonly Pick<Suggestion, "role">[] = [];
  const decide = async (current: Shown): Promise<Change> => {
    const { severity } = current.incident;
    const at = gathered.readAt;
    const assessment = assess(gathered.input, catalog, { named, severity, at, rules });
    const done = stepsDone(world, catalog, current.incident, messages);
    const snapshot = world.newId();
    const evidence = evidenceFact(world, { current, gathered, assessment }, snapshot);
    const situation = { ...assessment.situation, isOver: evidence.backSince !== undefined };
    const proposal = propose(world.steps, situation, past, done);
    offered = proposal.offered;
    const known = { ...current, seenBefore: await seenBefore(world, current, assessment) };
    const found = { event, current: known, sight, gathered, assessment, snapshot, catalog };
    return report(world, { ...found, evidence, proposal });
  };
  const commit = await settle(world, event.incident, decide);
  if (commit === "committed") offered.forEach(({ role }) => world.meter.suggested(role));
}

async function pastOf(
  world: World,
  { channel, incident }: Investigation,
): Promise<readonly PastOutcome[]> {
  const viewer = await viewerIn(world, channel);
  return world.store.pastOutcomes(world.workspace, viewer, incident);
}

type EvidenceRead = Extract<TimelineFact, { kind: "evidence-read" }>;

interface Findings {
  readonly event: Investigation;
  readonly current: Shown;
  readonly sight: Sight;
  readonly gathered: Gathered;
  readonly assessment: Assessment;
  /** The id of what was gathered. */
  readonly snapshot: string;
  readonly evidence: EvidenceRead;
  readonly proposal: Proposal;
  readonly catalog: Catalog;
}

function report(world: World, findings: Findings): Change {
  const { event, current, sight, gathered, assessment, snapshot } = findings;
  const { jobs, entries: after } = onward(world, current, sight);
  const suggestions = toSuggestions(world, findings);
  const list = listFact(findings, suggestions);
  const entry = { actor: world.botUser, source: "bot", at: world.now() } as const;
  const entries: NewEntry[] = [
    { ...entry, fact: findings.evidence },
    { ...entry, fact: list },
    ...after,
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
      ...suspectedEffects(world, findings),
      ...(newest === undefined ? [] : [stepsEffect(world, shown, newest)]),
      ...chartEffects(world, shown, gathered),
    ],
    jobs,
  };
}

/** In the thread of the question, above the list. */
function suspectedEffects(world: World, findings: Findings): Effect[] {
  const { asked, channel } = findings.event;
  const body = asked === null ? null : aboutSuspected(world, asked.text, findings);
  if (asked === null || body === null) return [];
  const place = { in: "thread", of: { ts: asked.threadTs } } as const;
  return [message(world, { channel, key: `suspected:${findings.snapshot}`, place }, body)];
}

/** What has recovered by now shifts no more: then what is known stays, with its newest values. */
function evidenceFact(
  world: World,
  { current, gathered, assessment }: Pick<Findings, "current" | "gathered" | "assessment">,
  snapshot: string,
): EvidenceRead {
  const { service, symptom, flags, diagnosis } = assessment;
  const { gaps, input } = gathered;
  const earlier = current.incident.evidence;
  if (diagnosis.metrics.length === 0 && earlier !== null && earlier.diagnosis.metrics.length > 0) {
    const { at: _at, ...evidence } = updated(earlier, diagnosis, input.series);
    const known = withLeftOut(evidence.diagnosis, diagnosis, gathered);
    return { kind: "evidence-read", ...evidence, diagnosis: known, gaps };
  }
  const fact: EvidenceRead = {
    kind: "evidence-read",
    service,
    symptom,
    flags,
    diagnosis: withLeftOut(diagnosis, diagnosis, gathered),
    gaps,
    snapshot,
    links: citationLinks(world, diagnosis, gathered, snapshot),
  };
  return { ...fact, ...recoveryIn(fact, input.series) };
}

function listFact(
  { event, current, evidence: { backSince }, proposal }: Findings,
  suggestions: readonly { readonly id: SuggestionId }[],
): TimelineFact {
  return {
    kind: "suggested",
    list: current.incident.lists.length + 1,
    suggestions: suggestions.map(({ id }) => id),
    ...(event.asked === null ? {} : { threadTs: event.asked.threadTs }),
    ...(backSince === undefined ? {} : { backSince }),
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
