/** A reaction on a list, on the message of a try, or on what somebody said of a step: a word on that step, taken back with it. */

import type { Refusal } from "../message/refusals.ts";
import { reactionMeaning } from "../message/reactions.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { ChannelId, MessageTs, NotCounted, UserId } from "../vocabulary.ts";
import type { Change } from "./change.ts";
import { isRecent } from "./hear-message.ts";
import { keepUncounted, outsideOf, uncountedBecause } from "./not-counted.ts";
import type { StoredIncident, World } from "./ports.ts";
import { decideClaim } from "./record-outcome.ts";
import { about, settle } from "./settle.ts";
import { stepOfKey } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { refuse } from "./tell.ts";
import { takeBack } from "./take-back.ts";
import { decideWords } from "./word-on-step.ts";

export interface Reaction {
  readonly job: string;
  readonly channel: ChannelId;
  /** The message that was reacted to. */
  readonly ts: MessageTs;
  readonly user: UserId;
  /** "white_check_mark" */
  readonly name: string;
  readonly isAdded: boolean;
}

/** Nothing is asked, read or written for a reaction that means nothing here. */
export async function hearReaction(world: World, reaction: Reaction): Promise<void> {
  const { workspace, store } = world;
  const { job, channel, ts, user, name, isAdded } = reaction;
  if (reactionMeaning(name) === null || user === world.botUser) return;
  const stored = await store.latestIncidentIn(workspace, channel);
  if (stored === null) return;
  const key = await store.messageKey(workspace, channel, ts);
  if (key === null && !isSpokenOf(stored, ts)) return;
  const because = await reasonAgainst(world, stored, reaction);
  if (because !== null) return notCounted(world, stored, { ...reaction, because, key });
  let isUnclear = false;
  await settle(world, stored.id, (shown): Change | null => {
    const of = stepsOf(shown, reaction, key);
    isUnclear = of === "unclear";
    const decision = of === "unclear" ? null : decide(world, shown, of, reaction);
    if (decision === null) return null;
    const { tried: _tried, ...change } = decision;
    return { workspace, handled: [job], about: about(shown), ...change };
  });
  if (isUnclear && isAdded) await refuse(world, { job, channel, user }, { reason: "which-step" });
}

/** null: it counts. Taking one back counts at any time. */
async function reasonAgainst(
  world: World,
  stored: StoredIncident,
  { channel, user, isAdded }: Reaction,
): Promise<NotCounted | null> {
  const because = await uncountedBecause(world, channel, user);
  if (because !== null) return because;
  return isAdded && !isRecent(world, stored) ? "long-after-the-end" : null;
}

async function notCounted(
  world: World,
  stored: StoredIncident,
  reaction: Reaction & { readonly because: NotCounted; readonly key: string | null },
): Promise<void> {
  const { channel, user, because, key, isAdded } = reaction;
  if (!isAdded) return;
  const told = await refusalOf(world, stored, channel, because);
  await keepUncounted(world, { incident: stored.id, by: user, because, told }, (shown) => {
    const steps = stepsOf(shown, reaction, key);
    return steps === "unclear" ? shown.suggestions[0] : steps[0];
  });
}

async function refusalOf(
  world: World,
  { number }: StoredIncident,
  channel: ChannelId,
  because: NotCounted,
): Promise<Refusal | null> {
  switch (because) {
    case "not-a-member":
      return outsideOf(world, channel, "react");
    case "not-a-person":
      return null;
    case "long-after-the-end":
      return { reason: because, name: `INC-${number}` };
  }
}

function decide(
  world: World,
  shown: Shown,
  steps: readonly Suggestion[],
  { user: by, name, ts, isAdded }: Reaction,
) {
  const meaning = reactionMeaning(name);
  const [step] = steps;
  if (meaning === null || step === undefined) return null;
  const at = world.now();
  if (!isAdded) return takeBack(world, shown, steps, { by, reaction: name });
  if (meaning === "claim") return decideClaim(world, shown, step, { by, at, reaction: name });
  const word = {
    label: meaning,
    by,
    source: "reaction",
    at,
    messageTs: ts,
    reaction: name,
  } as const;
  return decideWords(
    world,
    shown,
    steps.map((suggestion) => ({ suggestion, ...word })),
  );
}

/** Whether a message of a person told of a step. */
function isSpokenOf({ entries }: StoredIncident, ts: MessageTs): boolean {
  return entries.some(({ fact, messageTs }) => fact.kind === "outcome" && messageTs === ts);
}

/** The step of a try; of a list the one that this person has in hand, or its only one; those that a message told of. */
function stepsOf(
  shown: Shown,
  { ts, user }: Reaction,
  key: string | null,
): readonly Suggestion[] | "unclear" {
  const { incident, suggestions, stored } = shown;
  if (key === null) {
    const told = stored.entries.flatMap(({ fact, messageTs }) =>
      fact.kind === "outcome" && messageTs === ts ? [fact.suggestion] : [],
    );
    return suggestions.filter(({ id }) => told.includes(id));
  }
  const of = stepOfKey(stored.id, key);
  if (of === null) return [];
  if ("suggestion" in of) return suggestions.filter(({ id }) => id === of.suggestion);
  const listed = suggestions.filter(({ list }) => list === of.list);
  const inHand = listed.filter(({ id }) =>
    incident.claims.some((claim) => claim.suggestion === id && claim.by === user),
  );
  if (inHand.length === 1) return inHand;
  return listed.length === 1 ? listed : "unclear";
}
