/** "What pointed you there?": asked once where somebody said that a fix did it, and what was answered. */

import { pointerQuestion } from "../message/pointer-question.ts";
import type { PointedWords } from "../message/pointer-question.ts";
import type { Incident } from "../incident/incident.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { Pointer, SuggestionId } from "../vocabulary.ts";
import type { Effect, NewEntry } from "./change.ts";
import { entryOf, onStep } from "./on-step.ts";
import type { StepClick } from "./on-step.ts";
import type { World } from "./ports.ts";
import { withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { aside } from "./show-try.ts";
import { refuse } from "./tell.ts";

/** The question, somebody having said that `fix` resolved it; one message an incident, edited where another fix did it. */
export function askedPointer(
  world: World,
  shown: Shown,
  fix: Suggestion,
): { readonly entries: readonly NewEntry[]; readonly effects: readonly Effect[] } {
  const { incident, stored } = shown;
  const isAsked = incident.asked.pointer !== undefined;
  if (!isAsked && incident.muted !== null) return { entries: [], effects: [] };
  const fact = { kind: "asked", question: "pointer", channel: stored.channel } as const;
  const entry: NewEntry = { actor: world.botUser, source: "bot", at: world.now(), fact };
  return { entries: isAsked ? [] : [entry], effects: [questionEffect(world, shown, fix)] };
}

/** The latest choice of a person counts; the same again is nothing. */
export async function recordPointer(
  world: World,
  click: StepClick & { readonly pointer: Pointer; readonly check: SuggestionId | null },
): Promise<void> {
  const { user: by, pointer, check } = click;
  let isKnown = true;
  await onStep(world, click, (shown, fix) => {
    isKnown = check === null || checksDone(shown).some(({ id }) => id === check);
    const latest = shown.incident.pointed.find((each) => each.by === by);
    const isSame = latest?.fix === fix.id && latest.pointer === pointer && latest.check === check;
    if (!isKnown || isSame) return null;
    const fact = { kind: "pointed", fix: fix.id, pointer, check, by } as const;
    const entries = [entryOf(world, by, fact)];
    const at = world.now();
    const link = {
      id: `led_${world.newId()}`,
      incidentId: fix.incidentId,
      fixId: fix.id,
      pointer,
      checkId: check,
      actor: by,
      at,
      recordedAt: at,
    } as const;
    return {
      entries,
      links: [link],
      effects: [questionEffect(world, withEntries(shown, entries), fix)],
    };
  });
  if (!isKnown) await refuse(world, click, { reason: "no-such-step" });
}

function questionEffect(world: World, shown: Shown, fix: Suggestion): Effect {
  const { incident } = shown;
  const checks = checksDone(shown);
  const answers = incident.pointed
    .filter((each) => each.fix === fix.id)
    .map(({ by, pointer, check }): PointedWords => {
      const title = shown.suggestions.find(({ id }) => id === check)?.title ?? null;
      return { by, pointer, title };
    });
  const by = saidToFix(incident, fix.id)?.by ?? world.botUser;
  return aside(
    world,
    shown,
    { key: "pointer", as: "end" },
    pointerQuestion({ fix, by, checks, answers }),
  );
}

function saidToFix(
  { outcomes }: Incident,
  fix: SuggestionId,
): Incident["outcomes"][number] | undefined {
  return outcomes.findLast(({ suggestion, label }) => suggestion === fix && label === "resolved");
}

/** Checks that gave an answer here; one a step, its newest suggestion. */
function checksDone({ incident, suggestions }: Shown): readonly Suggestion[] {
  const answered = new Set(
    incident.outcomes
      .filter(({ label }) => label === "helped" || label === "ruled_out")
      .map(({ suggestion }) => suggestion),
  );
  const done = suggestions.filter(({ id, role }) => role === "check" && answered.has(id));
  return [...new Map(done.map((check) => [check.stepId, check])).values()];
}
