/** Saves what somebody wrote under one heading: together with what others did where both go together, else aside, so that nothing is lost. */

import type { Conflict } from "../message/postmortem-message.ts";
import { merged, partsOf, titleOf } from "../postmortem/parts.ts";
import { stateAfter, type PostmortemVersion } from "../postmortem/version.ts";
import type { UserId } from "../vocabulary.ts";
import type { StoredIncident, World } from "./ports.ts";
import type { Postmortem } from "./postmortem-ports.ts";
import { addVersions, postmortemEffect, type Decided } from "./postmortem-versions.ts";

export interface PartEdit {
  readonly stored: StoredIncident;
  /** What its author had before them. */
  readonly base: PostmortemVersion;
  /** The whole text as they want it. */
  readonly mine: string;
  /** The part that they edited. */
  readonly index: number;
}

export type SavedPart =
  /** `nothing`: it reads so already. */
  | { readonly kind: "saved"; readonly title: string; readonly wasPublished: boolean }
  | { readonly kind: "nothing"; readonly title: string }
  | { readonly kind: "conflict"; readonly conflict: Conflict }
  /** The job was done before. */
  | { readonly kind: "repeat" };

export async function savePart(
  world: World,
  { job, user }: { readonly job: string; readonly user: UserId },
  edit: PartEdit,
): Promise<SavedPart> {
  const { stored, mine, index } = edit;
  let conflict: Conflict | null = null;
  let wasPublished = false;
  const of = { job: `edit:${job}`, incident: stored.id };
  const done = await addVersions(world, of, (latest) => {
    const decided = latest === null ? null : decide(world, user, { ...edit, latest });
    conflict = decided?.conflict ?? null;
    wasPublished = latest?.head.state === "published";
    return decided;
  });
  if (done === "repeat") return { kind: "repeat" };
  if (conflict !== null) return { kind: "conflict", conflict };
  const title = titleOf(partsOf(mine)[index] ?? { heading: "", body: "" });
  return done === "nothing" ? { kind: "nothing", title } : { kind: "saved", title, wasPublished };
}

/** Both edits in one where they go together; else mine is kept aside. null: it reads so already. */
function decide(
  world: World,
  author: UserId,
  { stored, base, mine, index, latest: { head, last } }: PartEdit & { readonly latest: Postmortem },
): (Decided & { readonly conflict: Conflict | null }) | null {
  const both = merged(base.markdown, head.markdown, mine);
  if (both.ok && both.markdown === head.markdown) return null;
  const kind = both.ok ? "edited" : "set-aside";
  const version: PostmortemVersion = {
    incidentId: stored.id,
    version: last + 1,
    basedOn: base.version,
    kind,
    state: stateAfter(kind, head.state),
    markdown: both.ok ? both.markdown : mine,
    author,
    at: world.now(),
  };
  const versions = [version];
  if (both.ok) {
    return { versions, effects: [postmortemEffect(world, stored, version)], conflict: null };
  }
  const bodyIn = (text: string): string => partsOf(text)[index]?.body ?? "";
  const conflict: Conflict = {
    incident: stored.id,
    name: `INC-${stored.number}`,
    headings: both.headings,
    by: head.author,
    version: head.version,
    theirs: bodyIn(head.markdown),
    mine: bodyIn(mine),
    kept: { version: version.version, index },
  };
  return { versions, conflict };
}
