/** A word of a person on an offered step: who may say it, and how it is written. */

import type { Suggestion } from "../suggestion/suggestion.ts";
import type { SuggestionId, UserId } from "../vocabulary.ts";
import type { Change, Commit, NewEntry } from "./change.ts";
import { keepUncounted, outsideOf, uncountedBecause } from "./not-counted.ts";
import type { World } from "./ports.ts";
import { about, settle } from "./settle.ts";
import type { Shown } from "./show-incident.ts";
import { refuse } from "./tell.ts";
import type { Asker } from "./tell.ts";

export interface StepClick extends Asker {
  readonly suggestion: SuggestionId;
}

/** `tried`: the step that has been done, by these words. null: there is nothing to write. */
export type Decision =
  | (Pick<Change, "entries" | "outcomes" | "links" | "effects" | "jobs"> & {
      readonly tried?: string;
    })
  | null;

/** Only members of the incident's channel record, and never the bot itself; a suggestion that nobody knows gets a sentence. */
export async function onStep(
  world: World,
  click: StepClick,
  decide: (shown: Shown, suggestion: Suggestion) => Decision,
): Promise<Commit | "nothing"> {
  const { workspace, store } = world;
  if (click.user === world.botUser) return "nothing";
  const suggestion = await store.suggestion(workspace, click.suggestion);
  if (suggestion === null) {
    await refuse(world, click, { reason: "no-such-step" });
    return "nothing";
  }
  const stored = await store.incident(workspace, suggestion.incidentId);
  const channel = stored?.channel ?? click.channel;
  const { incidentId: incident } = suggestion;
  const because = await uncountedBecause(world, channel, click.user);
  if (because !== null) {
    const uncounted = { incident, by: click.user, because, told: null };
    await keepUncounted(world, uncounted, () => suggestion);
    if (because === "not-a-member") {
      await refuse(world, click, await outsideOf(world, channel, "click"));
    }
    return "nothing";
  }
  let tried: string | undefined;
  const commit = await settle(world, incident, (shown): Change | null => {
    const decision = decide(shown, suggestion);
    if (decision === null) return null;
    const { tried: step, ...change } = decision;
    tried = step;
    return { workspace, handled: [click.job], about: about(shown), ...change };
  });
  if (commit === "committed" && tried !== undefined) world.stepTried(channel, tried);
  return commit;
}

export function entryOf(world: World, user: UserId, fact: NewEntry["fact"]): NewEntry {
  return { actor: user, source: "slack", at: world.now(), fact };
}
