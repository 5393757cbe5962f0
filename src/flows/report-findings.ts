/** What an investigation writes: the reading, the list of steps, and the messages that show both. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import type { Gap, TimelineFact } from "../incident/timeline.ts";
import type { Proposal } from "../suggestion/propose.ts";
import { rankPolicy } from "../suggestion/rank.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { IncidentId, SuggestionId } from "../vocabulary.ts";
import { asksModel } from "./ask-of-incident.ts";
import { askedOutcome } from "./ask-outcome.ts";
import { quietAfterRecovery } from "./ask-quiet.ts";
import type { Assessment } from "./assess.ts";
import type { Change, Effect, NewEntry } from "./change.ts";
import type { Gathered } from "./gather-evidence.ts";
import { aboutSuspected } from "./look-at-suspected.ts";
import type { Observation } from "./observe-deeds.ts";
import { introductionEffect } from "./introduce.ts";
import { bookmarkEffects, pinEffect } from "./mark-channel.ts";
import { nextReadingAt, onward } from "./plan-readings.ts";
import type { World } from "./ports.ts";
import type { DoneStep } from "./what-is-asked.ts";
import type { Sight } from "./refresh-channel.ts";
import { about } from "./settle.ts";
import { chartEffects } from "./show-chart.ts";
import { livingEffect, message, stepsEffect, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { topicEffects } from "./show-topic.ts";
import { tryEffects } from "./show-try.ts";
import type { Asked } from "./what-is-asked.ts";

/** Draws come from this and the incident, so that a repeated request repeats its list. */
export const seed = 0;

export interface Investigation extends Asked {
  readonly handled: readonly string[];
  readonly incident: IncidentId;
}

export type EvidenceRead = Extract<TimelineFact, { kind: "evidence-read" }>;

export interface Findings {
  readonly event: Investigation;
  readonly current: Shown;
  readonly sight: Sight;
  readonly gathered: Gathered;
  readonly assessment: Assessment;
  /** The id of what was gathered. */
  readonly snapshot: string;
  readonly evidence: EvidenceRead;
  readonly seen: Observation;
  readonly proposal: Proposal;
  /** Runbooks that could not be read. */
  readonly unread: readonly Gap[];
  /** Steps that are left out because of it, with who said so. */
  readonly done: readonly DoneStep[];
  readonly catalog: Catalog;
}

export function report(world: World, findings: Findings): Change {
  const { event, current, sight, gathered, assessment, snapshot, seen } = findings;
  const { jobs, entries: after } = onward(world, current, sight);
  const suggestions = toSuggestions(world, findings);
  const list = listFact(findings, suggestions);
  const entry = { actor: world.botUser, source: "bot", at: world.now() } as const;
  const read: NewEntry = { ...entry, fact: findings.evidence };
  const asked = askedOutcome(world, withEntries(current, [read, ...seen.entries]));
  const listed = { ...entry, fact: list };
  const entries: NewEntry[] = [read, ...seen.entries, listed, ...asked, ...after];
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
    outcomes: seen.outcomes ?? [],
    effects: [
      ...seen.effects,
      livingEffect(world, shown),
      ...(current.incident.evidence === null ? firstMarks(world, shown) : []),
      ...bookmarkEffects(world, shown, serviceOf(findings)),
      ...suspectedEffects(world, findings),
      ...(newest === undefined ? [] : [stepsEffect(world, shown, newest)]),
      ...(current.incident.evidence === null ? [introductionEffect(world, shown)] : []),
      ...tryEffects(world, shown, nextReadingAt(world, shown)),
      ...chartEffects(world, shown, gathered),
    ],
    jobs: [
      ...jobs,
      ...quietAfterRecovery(world, current, findings.evidence.backSince),
      ...asksModel(world, current.stored, findings.evidence, newest?.list ?? 0),
    ],
  };
}

/** With the first message there is something to pin. */
function firstMarks(world: World, shown: Shown): Effect[] {
  return [...topicEffects(world, shown.stored.channel, shown.incident), pinEffect(world, shown)];
}

function serviceOf({ catalog, assessment }: Findings): Service | null {
  return catalog.services.find(({ name }) => name === assessment.service) ?? null;
}

/** In the thread of the question, above the list. */
function suspectedEffects(world: World, findings: Findings): Effect[] {
  const { asked, channel } = findings.event;
  const body = asked === null ? null : aboutSuspected(world, asked.text, findings);
  if (asked === null || body === null) return [];
  const place = { in: "thread", of: { ts: asked.threadTs } } as const;
  return [
    message(world, { channel, key: `suspected:${findings.snapshot}`, place, as: "answer" }, body),
  ];
}

function listFact(
  { event, current, evidence: { backSince }, proposal, done, unread }: Findings,
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
    ...(unread.length === 0 ? {} : { unread }),
    leftOut: proposal.leftOutAsDone.map(({ stepId, title }) => ({
      title,
      said: done.filter((each) => each.stepId === stepId).map(({ said }) => said),
    })),
  };
}

function toSuggestions(
  world: World,
  { event, current, assessment, proposal }: Findings,
): Suggestion[] {
  return proposal.offered.map((step, index) => ({
    ...step,
    considered: index === 0 ? proposal.considered : null,
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
