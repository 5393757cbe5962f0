/** The message of one try: who is on it, what the readings since say, and the question once it is back to normal. */

import { headlineMetric } from "../message/headline-metric.ts";
import { tryMessage } from "../message/try-message.ts";
import type { Deed, ReadAgain } from "../message/try-message.ts";
import type { PostClass } from "../incident/budget.ts";
import { metricName, metricValue } from "../evidence/metric-name.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { IncidentId, OutcomeLabel, SuggestionId } from "../vocabulary.ts";
import type { MessageBody } from "../message/body.ts";
import type { Effect } from "./change.ts";
import type { World } from "./ports.ts";
import { livingKey, message } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";

export const tryKey = (id: IncidentId, suggestion: SuggestionId): string =>
  `${id}:try:${suggestion}`;
/** `seq`: of the entry that keeps the update. */
export const updateKey = (id: IncidentId, seq: number): string => `${id}:update:${seq}`;

/** Under the living message. */
export function aside(
  world: World,
  { stored }: Shown,
  { key, as }: { readonly key: string; readonly as: Exclude<PostClass, "living"> },
  body: MessageBody,
): Effect {
  const place = { in: "thread", of: { key: livingKey(stored.id) } } as const;
  return message(world, { channel: stored.channel, key: `${stored.id}:${key}`, place, as }, body);
}

/** One a claimed suggestion. */
export function tryEffect(
  world: World,
  shown: Shown,
  suggestion: Suggestion,
  nextReadAt: Date | null,
): Effect {
  const { incident, stored, selfHealed } = shown;
  const [claim] = incident.claims.filter((each) => each.suggestion === suggestion.id);
  const backAt = incident.evidence?.backSince;
  const backSince = backAt === undefined || claim === undefined ? null : new Date(backAt * 1000);
  const isAskedHere = incident.asked.outcome?.suggestion === suggestion.id;
  const isNamed = incident.outcomes.some(({ label }) => label === "resolved");
  const body = tryMessage({
    incident: stored.id,
    suggestion,
    by: claim?.by ?? null,
    readings: claim === undefined ? [] : readingsSince(shown, claim.at),
    backSince,
    nextReadAt: incident.state === "resolved" ? null : nextReadAt,
    deeds: backSince === null ? [] : deedsBefore(shown, backSince),
    selfHealed,
    isAsking: isAskedHere && backSince !== null && !isNamed,
    credit: incident.credit,
    outcomes: incident.outcomes.filter((outcome) => outcome.suggestion === suggestion.id),
  });
  return aside(world, shown, { key: `try:${suggestion.id}`, as: "try" }, body);
}

/** Those of every open claim. */
export function tryEffects(world: World, shown: Shown, nextReadAt: Date | null): Effect[] {
  return shown.suggestions
    .filter(({ id }) => shown.incident.claims.some((claim) => claim.suggestion === id))
    .map((suggestion) => tryEffect(world, shown, suggestion, nextReadAt));
}

function readingsSince({ stored, incident }: Shown, since: Date): ReadAgain[] {
  if (incident.evidence === null) return [];
  return stored.entries.flatMap(({ at, fact }): ReadAgain[] => {
    if (fact.kind !== "evidence-read" || at < since) return [];
    const metric = headlineMetric(fact);
    if (metric === undefined) return [];
    return [{ at, metric: metricName(metric), value: metricValue(metric, metric.latest[1]) }];
  });
}

/** Labels of what was not done here. */
const undone: ReadonlySet<OutcomeLabel> = new Set(["ruled_out", "not_for_us"]);

/** Fixes that were in somebody's hands or that somebody tells of, oldest first, each once: none is named before another. */
export function deedsOf({ incident, suggestions }: Shown): Deed[] {
  const { claims, outcomes } = incident;
  const done = outcomes
    .filter(({ label }) => !undone.has(label))
    .map((outcome) => ({ ...outcome, by: outcome.source === "observed" ? null : outcome.by }));
  const told = [...claims, ...done]
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ suggestion, by, at }) => ({ suggestion, by, at }));
  const byStep = new Map<string, Deed>();
  for (const { suggestion: id, ...deed } of told) {
    const of = suggestions.find((each) => each.id === id);
    if (of?.role !== "fix" || byStep.has(of.stepId)) continue;
    byStep.set(of.stepId, { suggestion: id, title: of.title, ...deed });
  }
  return [...byStep.values()];
}

/** Those from before the recovery: what was done after it did not bring it about. */
function deedsBefore(shown: Shown, backSince: Date): Deed[] {
  return deedsOf(shown).filter(({ at }) => at <= backSince);
}
