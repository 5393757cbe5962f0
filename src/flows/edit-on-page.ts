/** A postmortem on its page: what is shown of it, and what somebody saves there. */

import { partsOf, withBody } from "../postmortem/parts.ts";
import type { PostmortemVersion } from "../postmortem/version.ts";
import { redact } from "../redaction/redact.ts";
import type { IncidentId, UserId } from "../vocabulary.ts";
import type { World } from "./ports.ts";
import { savePart, type SavedPart } from "./save-part.ts";

export interface PostmortemShown {
  readonly incident: IncidentId;
  /** "INC-42" */
  readonly name: string;
  /** The one that was asked for, else how it reads. */
  readonly version: PostmortemVersion;
  /** How its author is called. */
  readonly author: string;
  /** How it reads. */
  readonly head: PostmortemVersion;
  /** The highest number. */
  readonly last: number;
  /** Of a made-up incident: read alone. */
  readonly isSample?: boolean;
}

/** `version`: null for how it reads. null: there is none. */
export async function postmortemShown(
  { workspace, store, chat }: World,
  incident: IncidentId,
  version: number | null,
): Promise<PostmortemShown | null> {
  const stored = await store.incident(workspace, incident);
  const latest = await store.latestPostmortem(workspace, incident);
  if (stored === null || latest === null) return null;
  const { head, last } = latest;
  const asked =
    version === null ? head : await store.postmortemVersion(workspace, { incident, version });
  if (asked === null) return null;
  const author = (await chat.personName(asked.author)) ?? asked.author;
  return { incident, name: `INC-${stored.number}`, version: asked, author, head, last };
}

export interface PageEdit {
  readonly job: string;
  readonly user: UserId;
  readonly incident: IncidentId;
  /** The version that its author had before them, and which part of that. */
  readonly version: number;
  readonly index: number;
  readonly text: string;
}

export type PageSaved =
  | SavedPart
  /** `said`: a sentence with the mend. */
  | { readonly kind: "refused"; readonly said: string };

/** By the rules of the form in Slack. */
export async function saveOnPage(world: World, edit: PageEdit): Promise<PageSaved> {
  const { workspace, store, chat } = world;
  const { job, user, incident, index } = edit;
  const stored = await store.incident(workspace, incident);
  const base = await store.postmortemVersion(workspace, edit);
  if (stored === null || base === null || partsOf(base.markdown)[index] === undefined) {
    return { kind: "refused", said: "There is no such part. Open the page anew and write there." };
  }
  if (!(await chat.isMember(stored.channel, user))) {
    const channel = await store.channel(workspace, stored.channel);
    const name = channel === null ? "its channel" : `#${channel.name}`;
    const said = `Only members of ${name} write this postmortem. Join the channel and save again.`;
    return { kind: "refused", said };
  }
  const mine = withBody(base.markdown, index, redact(edit.text));
  return savePart(world, { job, user }, { stored, base, mine, index });
}
