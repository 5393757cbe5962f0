/** Looks at issues of action items: at the one that GitHub told of, and every few minutes at those that were not looked at for longest. */

import { mirrorAction } from "./mirror-action.ts";
import type { World } from "./ports.ts";
import type { IssueJob } from "./postmortem-ports.ts";

const atOnceMax = 50;
const closedMs = 30 * 24 * 3_600_000;

/** What a hook's delivery says is not believed beyond which issue it is: deliveries come late, twice and in any order. */
export async function issueChanged(
  world: World,
  { job, repo, number }: Extract<IssueJob, { kind: "issue-changed" }> & { readonly job: string },
): Promise<void> {
  const { workspace, store, exports } = world;
  if (exports.issues?.repo.toLowerCase() !== repo.toLowerCase()) return;
  const sought = { kind: "issue", place: exports.issues.repo, ref: number } as const;
  const [found] = await store.counterparts(workspace, sought);
  if (found === undefined || !isItem(found.of)) return;
  await mirrorAction(world, { job, item: found.of, asked: null });
}

/** One after another; GitHub is asked whether each is another than before, which costs nothing where it is not. Rejects where GitHub is away. */
export async function lookAtIssues(world: World, job: string): Promise<void> {
  const { workspace, store, exports } = world;
  if (exports.issues === null) return;
  const items = await store.mirroredItems(workspace, {
    place: exports.issues.repo,
    closedSince: new Date(world.now().getTime() - closedMs),
    atMost: atOnceMax,
  });
  for (const item of items) {
    // oxlint-disable-next-line no-await-in-loop -- GitHub wants to be asked one by one
    await mirrorAction(world, { job: `${job} ${item}`, item, asked: null });
  }
}

function isItem(of: string): of is `act_${string}` {
  return of.startsWith("act_");
}
