/** Another lead: what stands is written down for them, once a change. */

import { handover } from "../message/handover.ts";
import type { Effect } from "./change.ts";
import type { World } from "./ports.ts";
import { catchUpView, ephemeral, type Shown } from "./show-incident.ts";
import { aside } from "./show-try.ts";
import { freeSteps } from "./word-on-step.ts";

/** In the incident's thread; to the new lead alone while it is muted. None where nobody led before, or nobody does now. */
export function handoverEffects(world: World, before: Shown, after: Shown): Effect[] {
  const { lead: from } = before.incident;
  const { lead: to, muted } = after.incident;
  if (from === null || to === null || from === to) return [];
  const nextStep = freeSteps(after)[0]?.title ?? null;
  const body = handover({ ...catchUpView(world, after), from, to, nextStep });
  const { stored } = after;
  return muted === null
    ? [aside(world, after, { key: `handover:${stored.seq + 1}`, as: "answer" }, body)]
    : [ephemeral(world, { channel: stored.channel, user: to }, body)];
}
