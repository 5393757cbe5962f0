/** Opens a form for whoever gave a command, at most once. */

import type { Opening } from "./chat.ts";
import type { World } from "./ports.ts";

/** A second run of the job finds its trigger used up, which says nothing of the first. */
export async function openForm(
  { workspace, store, chat }: World,
  { job, triggerId }: { readonly job: string; readonly triggerId: string | null },
  view: Readonly<Record<string, unknown>>,
): Promise<Opening> {
  if (triggerId === null) return "refused";
  const commit = await store.commit({ workspace, handled: [`form:${job}`] });
  return commit === "committed" ? chat.openModal(triggerId, view) : "unclear";
}
