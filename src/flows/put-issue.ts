/** Makes one issue read as something of ours does: the one on record, else the one that bears its mark, else a new one. */

import type { Answered, Counterpart, Issue } from "./counterpart.ts";
import type { World } from "./ports.ts";

export interface IssueTold {
  readonly of: Counterpart["of"];
  /** By which it is found where the record was lost. */
  readonly mark: string;
  /** It was not made before. */
  readonly since: Date;
  readonly title: string;
  /** `before`: what it reads now; null: it is new, or all of it is ours. */
  readonly bodyOver: (before: string | null) => string;
}

export interface Put {
  readonly issue: Issue;
  readonly isNew: boolean;
}

/** The title is told at first alone: people may name it anew. */
export async function putIssue(
  world: World,
  told: IssueTold,
  signal: AbortSignal,
): Promise<Answered<Put>> {
  const { issues } = world.exports;
  if (issues === null) return { ok: false, said: "No repository is set.", why: "refused" };
  const { of, mark, since, title, bodyOver } = told;
  const [known] = await world.store.counterparts(world.workspace, { kind: "issue", of: [of] });
  if (known !== undefined && known.place === issues.repo) {
    const changed = await issues.change(known.ref, { body: bodyOver(null) }, signal);
    if (changed.ok) return old(changed.value);
    if (changed.why !== "gone") return changed;
  }
  const found = await issues.find(mark, since, signal);
  if (!found.ok) return found;
  if (found.value !== null) {
    const body = bodyOver(found.value.body);
    const changed = await issues.change(found.value.number, { body }, signal);
    return changed.ok ? old(changed.value) : changed;
  }
  const made = await issues.create({ title, body: bodyOver(null) }, signal);
  if (!made.ok) return made;
  const first = await issues.find(mark, since, signal);
  if (!first.ok || first.value === null || first.value.number === made.value.number) {
    return { ok: true, value: { issue: made.value, isNew: true } };
  }
  // Two who exported at once both found none: the first one stays.
  await issues.change(made.value.number, { state: "not_planned" }, signal);
  return old(first.value);
}

function old(issue: Issue): Answered<Put> {
  return { ok: true, value: { issue, isNew: false } };
}
