/** "What was it?": a step of the playbook that no list had offered, said to have ended the incident. */

import type { Suggestion } from "../suggestion/suggestion.ts";
import { unlisted, unlistedSuggestion } from "../suggestion/unlisted.ts";
import type { Change } from "./change.ts";
import { mayChange } from "./may-change.ts";
import type { Deed } from "./may-change.ts";
import type { World } from "./ports.ts";
import { about, settle } from "./settle.ts";
import { withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { refuse } from "./tell.ts";
import { decideWords } from "./word-on-step.ts";

/** By members of the channel; the same person's later word takes the place of this one. */
export async function nameStep(
  world: World,
  deed: Deed & { readonly stepId: string },
): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  const { workspace } = world;
  const { user: by, job } = deed;
  await settle(world, deed.incident, async (before): Promise<Change | null> => {
    const known = before.suggestions.findLast(({ stepId }) => stepId === deed.stepId);
    const suggestion = known ?? unlistedRow(world, before, deed.stepId);
    if (suggestion === null) {
      await refuse(world, deed, { reason: "unknown-button" });
      return null;
    }
    const suggestions = known === undefined ? [suggestion] : [];
    const shown = withEntries(before, [], suggestions);
    const word = { suggestion, label: "resolved", by, source: "click", at: world.now() } as const;
    const decision = decideWords(world, shown, [word]);
    if (decision === null) {
      await refuse(world, deed, {
        reason: "said-before",
        title: suggestion.title,
        role: suggestion.role,
        label: word.label,
      });
      return null;
    }
    const { tried: _tried, ...change } = decision;
    return { workspace, handled: [job], about: about(shown), ...change, suggestions };
  });
}

/** null where the playbook has no such fix. */
export function unlistedRow(
  world: World,
  { stored, incident, suggestions }: Shown,
  stepId: string,
): Suggestion | null {
  const step = world.steps.find(({ id, role }) => id === stepId && role === "fix");
  if (step === undefined) return null;
  const { evidence } = incident;
  return unlistedSuggestion(step, {
    id: `sug_${world.newId()}`,
    incidentId: stored.id,
    position: suggestions.filter(({ list }) => list === unlisted).length + 1,
    symptom: evidence?.symptom ?? "other",
    service: evidence?.service ?? null,
    flags: evidence?.flags ?? [],
    shownAt: world.now(),
  });
}
