/** What people say of steps in an incident's channel, without a mention: deeds and what came of them, as words of the ledger. */

import { deedsIn } from "../suggestion/done.ts";
import type { DeedTold } from "../suggestion/done.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { ChannelId, MessageTs, OutcomeLabel, UserId } from "../vocabulary.ts";
import { foldIncident } from "../incident/fold.ts";
import type { Change } from "./change.ts";
import { keepUncounted, outsideOf, uncountedBecause } from "./not-counted.ts";
import type { StoredIncident, World } from "./ports.ts";
import { about, settle } from "./settle.ts";
import type { Shown } from "./show-incident.ts";
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

/** Nothing is asked, read or written for a message that tells of no deed. */
export async function hearMessage(world: World, heard: Heard): Promise<void> {
  const { workspace, store } = world;
  const { job, channel, ts, user, text } = heard;
  if (user === world.botUser || deedsIn(text, world.steps).length === 0) return;
  const stored = await store.latestIncidentIn(workspace, channel);
  if (stored === null || !isRecent(world, stored)) return;
  const because = await uncountedBecause(world, channel, user);
  const { catalog } = await world.sourcesFor(channel);
  const services = catalog.services.map(({ name }) => name);
  const wordsIn = (shown: Shown): readonly Word[] => {
    const service = shown.incident.evidence?.service ?? null;
    return deedsIn(text, world.steps, { service, services }).flatMap((deed) =>
      wordsOf(shown, deed, heard),
    );
  };
  if (because !== null) {
    const told = because === "not-a-person" ? null : await outsideOf(world, channel, "say it");
    const uncounted = { incident: stored.id, by: user, because, told };
    return keepUncounted(world, uncounted, (shown) => wordsIn(shown)[0]?.suggestion);
  }
  let said: readonly Word[] = [];
  const commit = await settle(world, stored.id, (shown): Change | null => {
    said = wordsIn(shown);
    const decision = decideWords(world, shown, said);
    if (decision === null) return null;
    const { tried: _tried, ...change } = decision;
    return { workspace, handled: [job, `said:${channel}:${ts}`], about: about(shown), ...change };
  });
  if (commit !== "committed") return;
  for (const { label, suggestion } of said) {
    world.meter.outcome(label);
    if (label !== "ruled_out") world.stepTried(channel, suggestion.stepId);
  }
}

/** Open, or ended not long ago. */
export function isRecent(world: World, { entries }: StoredIncident): boolean {
  const incident = foldIncident(entries);
  const sinceMs =
    incident.state === "open" ? 0 : world.now().getTime() - incident.resolvedAt.getTime();
  return sinceMs <= afterEndMaxMs;
}

/** Of a step that was offered here: about its newest suggestion. */
function wordsOf(
  { suggestions }: Shown,
  { stepId, label }: DeedTold,
  { user, ts }: Heard,
): readonly Word[] {
  const suggestion = suggestions.findLast((each) => each.stepId === stepId);
  if (suggestion === undefined) return [];
  const at = new Date(Number(ts) * 1000);
  const fitting = fittingLabel(suggestion, label);
  return [{ suggestion, label: fitting, by: user, source: "phrase", at, messageTs: ts }];
}

/** A check fixes nothing, and a fix rules nothing out: then all that is known is that it was done. */
function fittingLabel({ role }: Suggestion, label: DeedTold["label"]): OutcomeLabel {
  const isAmiss = role === "check" ? label === "resolved" : label === "ruled_out";
  return isAmiss ? "already_considered" : label;
}
