/** Rules that are given or revoked hold at once for the lists that are shown: what they forbid is struck there, and first no more. */

import { forbids } from "../catalog/constraints.ts";
import { constraintsOf, isOver } from "../catalog/rule.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { Change, NewEntry, NewJob } from "./change.ts";
import type { World } from "./ports.ts";
import { about, settle } from "./settle.ts";
import { changedEffects } from "./changed-effects.ts";
import { withEntries, type Shown } from "./show-incident.ts";

/** For every incident that is read, for a rule holds for all. */
export async function rulesMoved(world: World, because: string): Promise<NewJob[]> {
  const open = await world.store.readIncidents(world.workspace);
  return open.map(({ id, channel }) => ({
    id: world.idOf(`apply-rules ${id} ${because}`),
    job: { kind: "apply-rules", channel, incident: id },
  }));
}

export async function applyRules(
  world: World,
  { job, incident }: { readonly job: string; readonly incident: IncidentId },
): Promise<void> {
  const { workspace, store } = world;
  if (await store.wasHandled(workspace, [job])) return;
  const rules = (await store.rules(workspace)).filter((rule) => !isOver(rule, world.now()));
  const constraints = constraintsOf(rules);
  await settle(world, incident, (shown): Change => {
    const steps = forbiddenIn(world, shown, constraints);
    const isKnown = JSON.stringify(steps) === JSON.stringify(shown.incident.forbidden);
    if (isKnown) return { workspace, handled: [job] };
    const fact = { kind: "forbidden", steps } as const;
    const entry: NewEntry = { actor: world.botUser, source: "bot", at: world.now(), fact };
    const effects = changedEffects(world, shown, withEntries(shown, [entry]));
    return { workspace, handled: [job], about: about(shown), entries: [entry], effects };
  });
}

function forbiddenIn(
  world: World,
  { suggestions, incident }: Shown,
  constraints: ReturnType<typeof constraintsOf>,
) {
  const steps = new Map<string, string>();
  for (const { stepId: id, risk, mechanism, how } of suggestions) {
    const commands = [how?.command, how?.undo].filter((each) => each !== undefined);
    const step = { id, risk, mechanism, commands };
    const rule = forbids(constraints, step, world.now(), incident.severity);
    if (rule !== null) steps.set(id, rule.because);
  }
  return [...steps].map(([stepId, because]) => ({ stepId, because }));
}
