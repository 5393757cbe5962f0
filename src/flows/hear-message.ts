/** What people say of steps in an incident's channel, without a mention: deeds and what came of them, as words of the ledger. */

import { toldSteps } from "../runbook/candidates.ts";
import { mayTellOfDeed } from "../runbook/verbs.ts";
import { deedsIn } from "../suggestion/done.ts";
import type { AboutService, DeedTold } from "../suggestion/done.ts";
import { endIn } from "../suggestion/end-said.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import { unlisted } from "../suggestion/unlisted.ts";
import type { ChannelId, MessageTs, OutcomeLabel, UserId } from "../vocabulary.ts";
import { foldIncident } from "../incident/fold.ts";
import { takenAsFixed } from "../message/end.ts";
import type { Change } from "./change.ts";
import { keepUncounted, outsideOf, uncountedBecause } from "./not-counted.ts";
import type { StoredIncident, World } from "./ports.ts";
import { about, settle } from "./settle.ts";
import { unlistedRow } from "./name-step.ts";
import { ephemeral, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { fixedAtEnd } from "./word-on-end.ts";
import { decideWords } from "./word-on-step.ts";
import type { Word } from "./word-on-step.ts";

/** After so long what is said in the channel is about something else. */
const afterEndMaxMs = 24 * 3_600_000;

export interface Heard {
  readonly job: string;
  readonly channel: ChannelId;
  readonly ts: MessageTs;
  readonly user: UserId;
  readonly text: string;
}

/** Nothing is asked, read or written for a message that tells of no deed and no end. */
export async function hearMessage(world: World, heard: Heard): Promise<void> {
  const { workspace, store } = world;
  const { job, channel, ts, user, text } = heard;
  if (user === world.botUser || !isTelling(text, world)) return;
  const stored = await store.latestIncidentIn(workspace, channel);
  if (stored === null || !isRecent(world, stored)) return;
  const because = await uncountedBecause(world, channel, user);
  const { catalog } = await world.sourcesFor(channel);
  const services = catalog.services.map(({ name }) => name);
  const wordsIn = (shown: Shown) => wordsSaid(world, shown, heard, services);
  if (because !== null) {
    const told = because === "not-a-person" ? null : await outsideOf(world, channel, "say it");
    const uncounted = { incident: stored.id, by: user, because, told };
    return keepUncounted(world, uncounted, (shown) => knownIn(shown, wordsIn(shown).words));
  }
  let said: readonly Word[] = [];
  const commit = await settle(world, stored.id, (before): Change | null => {
    const { words, fixed } = wordsIn(before);
    said = words;
    const suggestions = newRows(before, words);
    const shown = withEntries(before, [], suggestions);
    const decision = decideWords(world, shown, said);
    if (decision === null) return null;
    const { tried: _tried, effects = [], ...change } = decision;
    const handled = [job, `said:${channel}:${ts}`];
    const isTold =
      shown.incident.state === "open" &&
      decision.outcomes?.some((row) => row.suggestionId === fixed?.id && row.label === "resolved");
    const told =
      isTold === true && fixed !== null ? [ephemeral(world, heard, takenAsFixed(fixed.title))] : [];
    const all = { ...change, suggestions, effects: [...effects, ...told] };
    return { workspace, handled, about: about(shown), ...all };
  });
  if (commit !== "committed") return;
  for (const { label, suggestion } of said) {
    world.meter.outcome(label);
    if (label !== "ruled_out") world.stepTried(channel, suggestion.stepId);
  }
}

/** A deed of a step that only a runbook knows may be any. */
function isTelling(text: string, { steps }: World): boolean {
  return deedsIn(text, steps).length > 0 || endIn(text) !== null || mayTellOfDeed(text);
}

/** Of its deeds, and of the end of one. */
function wordsSaid(
  world: World,
  shown: Shown,
  heard: Heard,
  services: AboutService["services"],
): { readonly words: readonly Word[]; readonly fixed: Suggestion | null } {
  const { text, ts, user: by } = heard;
  const ours = { service: shown.incident.evidence?.service ?? null, services };
  const steps = [...world.steps, ...toldSteps(shown.suggestions)];
  const all = deedsIn(text, steps, ours).flatMap((deed) => wordsOf(world, shown, deed, heard));
  const ending = { end: endIn(text, ours), by, at: saidAt(ts), ts };
  const { words, fixed } = fixedAtEnd(shown, all, ending) ?? { words: all, fixed: null };
  const isKept = ({ suggestion, label }: Word) =>
    label === "resolved" || suggestion.list !== unlisted || shown.suggestions.includes(suggestion);
  return { words: words.filter(isKept), fixed };
}

/** A row that is made for a word is kept with that word alone. */
function knownIn({ suggestions }: Shown, words: readonly Word[]): Suggestion | undefined {
  return words.map(({ suggestion }) => suggestion).find((each) => suggestions.includes(each));
}

/** Of steps that no list had offered. */
function newRows({ suggestions }: Shown, words: readonly Word[]): readonly Suggestion[] {
  const rows = words.map(({ suggestion }) => suggestion);
  return [...new Set(rows)].filter((row) => !suggestions.includes(row));
}

function saidAt(ts: MessageTs): Date {
  return new Date(Number(ts) * 1000);
}

/** Open, or ended not long ago. */
export function isRecent(world: World, { entries }: StoredIncident): boolean {
  const incident = foldIncident(entries);
  const sinceMs =
    incident.state === "open" ? 0 : world.now().getTime() - incident.resolvedAt.getTime();
  return sinceMs <= afterEndMaxMs;
}

/** Of a step that was offered here: about its newest suggestion. A fix that was not may still be what ended it. */
function wordsOf(
  world: World,
  shown: Shown,
  { stepId, label }: DeedTold,
  { user, ts }: Heard,
): readonly Word[] {
  const suggestion =
    shown.suggestions.findLast((each) => each.stepId === stepId) ??
    unlistedRow(world, shown, stepId);
  if (suggestion === null) return [];
  const at = saidAt(ts);
  const fitting = fittingLabel(suggestion, label);
  return [{ suggestion, label: fitting, by: user, source: "phrase", at, messageTs: ts }];
}

/** A check fixes nothing, and a fix rules nothing out: then all that is known is that it was done. */
function fittingLabel({ role }: Suggestion, label: DeedTold["label"]): OutcomeLabel {
  const isAmiss = role === "check" ? label === "resolved" : label === "ruled_out";
  return isAmiss ? "already_considered" : label;
}
