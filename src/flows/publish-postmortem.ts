/** The states of a postmortem: asked for review, published; at publishing the lead is asked for the cause once more. */

import { unwritten } from "../postmortem/parts.ts";
import { postmortemAnswer } from "../message/postmortem-message.ts";
import { postmortemRefusal } from "../message/postmortem-refusals.ts";
import { foldIncident } from "../incident/fold.ts";
import { stateAfter, type PostmortemVersion } from "../postmortem/version.ts";
import { causeAgainJob } from "./ask-cause.ts";
import { mayChange, type Deed } from "./may-change.ts";
import type { StoredIncident, World } from "./ports.ts";
import { addVersions, postmortemEffect } from "./postmortem-versions.ts";
import { tell } from "./tell.ts";

export async function movePostmortem(
  world: World,
  deed: Deed,
  { stored, to }: { readonly stored: StoredIncident; readonly to: "in-review" | "published" },
): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  const name = `INC-${stored.number}`;
  const latest = await world.store.latestPostmortem(world.workspace, stored.id);
  if (latest === null) return tell(world, deed, postmortemRefusal({ reason: "none-yet", name }));
  const incident = foldIncident(stored.entries);
  if (to === "published" && incident.state === "open") {
    return tell(world, deed, postmortemRefusal({ reason: "still-open", name }));
  }
  let moved: PostmortemVersion | null = null;
  const done = await addVersions(world, { job: `move:${deed.job}`, incident: stored.id }, (now) => {
    const head = now?.head;
    if (now === null || head === undefined || head.state === stateAfter(to, head.state))
      return null;
    moved = {
      ...head,
      version: now.last + 1,
      basedOn: head.version,
      kind: to,
      state: stateAfter(to, head.state),
      author: deed.user,
      at: world.now(),
    };
    const jobs = to === "published" ? [causeAgainJob(world, stored)] : [];
    return { versions: [moved], effects: [postmortemEffect(world, stored, moved)], jobs };
  });
  if (done === "repeat") return;
  return tell(
    world,
    deed,
    postmortemAnswer(answer(name, to, { done, moved: moved ?? latest.head })),
  );
}

function answer(
  name: string,
  to: "in-review" | "published",
  { done, moved }: { readonly done: "committed" | "nothing"; readonly moved: PostmortemVersion },
): string {
  const words = to === "published" ? "published" : "in review";
  if (done === "nothing") return `The postmortem of ${name} is ${words} already.`;
  const left = unwritten(moved.markdown);
  const rest = left.length === 0 ? "" : ` Nobody has written yet: ${left.join(", ")}.`;
  return `The postmortem of ${name} is ${words} (version ${moved.version}).${rest}`;
}
