/** The remarks of a change against the incident's budget: what is one too many is not posted, and counted where it stands. */

import { remarkDecision, withRemark } from "../incident/budget.ts";
import type { Change, Effect, NewEntry } from "./change.ts";
import type { World } from "./ports.ts";
import { livingEffect, withEntries, type Shown } from "./show-incident.ts";

/** A change without a remark is as it was. */
export function withinBudget(world: World, shown: Shown, change: Change): Change {
  const { effects = [], entries = [] } = change;
  const { channel } = shown.stored;
  if (!effects.some((effect) => isRemark(effect))) return change;
  const told: NewEntry[] = [];
  let { incident } = withEntries(shown, entries);
  const kept = effects.filter((effect) => {
    if (!isRemark(effect)) return true;
    const { key } = effect;
    const decision = remarkDecision(incident, key);
    if (decision === "edit") return true;
    const isPosted = decision === "post";
    const isKnown = !isPosted && incident.remarks.heldBack.includes(key);
    if (!isKnown) told.push(entry(world, key, isPosted));
    incident = { ...incident, remarks: withRemark(incident.remarks, key, isPosted) };
    return isPosted;
  });
  const all = [...entries, ...told];
  if (kept.length === effects.length) return { ...change, entries: all };
  const after = withEntries(shown, all, change.suggestions ?? []);
  const living = livingEffect(world, after);
  const others = kept.filter(({ key, channel: of }) => key !== living.key || of !== channel);
  return { ...change, entries: all, effects: [...others, living] };
}

function isRemark({ payload }: Effect): boolean {
  return payload.kind === "message" && payload.as === "remark";
}

function entry(world: World, key: string, isPosted: boolean): NewEntry {
  const fact = { kind: "remark", key, isPosted } as const;
  return { actor: world.botUser, source: "bot", at: world.now(), fact };
}
