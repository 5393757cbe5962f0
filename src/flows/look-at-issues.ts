/** Looks at issues of action items: at the one that GitHub told of, and every few minutes at those that were changed there. */

import type { Issue, Issues } from "./counterpart.ts";
import { mirrorAction } from "./mirror-action.ts";
import type { World } from "./ports.ts";
import type { IssueJob } from "./postmortem-ports.ts";

/** Read one by one, where no list tells of them; and beside a list that does. */
const atOnceMax = 50;
const readMax = 5;
const listedMax = 1_000;
const listTimeoutMs = 20_000;
/** GitHub's clock and ours need not agree. */
const clocksApartMs = 5 * 60_000;
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
  await mirrorAction(world, { job, item: found.of, asked: null, read: null });
}

/**
 * Whatever was changed there since the one that was not read for longest is told by one list; a list does not tell what
 * was deleted, so a few are read by themselves, in turn. Rejects where GitHub is away.
 */
export async function lookAtIssues(world: World, job: string): Promise<void> {
  const { workspace, store, exports } = world;
  const { issues } = exports;
  if (issues === null) return;
  const items = await store.mirroredItems(workspace, {
    place: issues.repo,
    closedSince: new Date(world.now().getTime() - closedMs),
    atMost: listedMax,
  });
  const [longest] = items;
  if (longest === undefined) return;
  const listed = items.length > readMax ? await changed(world, issues, longest.readAt) : null;
  const alone = listed === null ? atOnceMax : readMax;
  for (const [index, { item, number }] of items.entries()) {
    const read = listed?.get(number) ?? null;
    if (read === null && index >= alone) continue;
    // oxlint-disable-next-line no-await-in-loop -- GitHub wants to be asked one by one
    await mirrorAction(world, { job: `${job} ${item}`, item, asked: null, read });
  }
}

/** By number; null: GitHub does not tell them all, and each has to be read. */
async function changed(
  world: World,
  issues: Issues,
  since: Date,
): Promise<ReadonlyMap<string, Issue> | null> {
  const early = new Date(since.getTime() - clocksApartMs);
  const told = await issues.changedSince(early, world.deadline(listTimeoutMs));
  if (!told.ok && told.why === "away") throw new Error(told.said);
  if (!told.ok || told.value === null) return null;
  return new Map(told.value.map((issue) => [issue.number, issue]));
}

function isItem(of: string): of is `act_${string}` {
  return of.startsWith("act_");
}
