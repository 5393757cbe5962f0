/** A postmortem is a row of versions, which are only ever added; the newest that is not set aside is how it reads. */

import type { IncidentId, UserId } from "../vocabulary.ts";

export const versionKinds = [
  "drafted",
  "edited",
  "in-review",
  "published",
  "actions",
  "set-aside",
] as const;
export type VersionKind = (typeof versionKinds)[number];

export const postmortemStates = ["draft", "review", "published"] as const;
export type PostmortemState = (typeof postmortemStates)[number];

export interface PostmortemVersion {
  readonly incidentId: IncidentId;
  /** From 1, without gaps. */
  readonly version: number;
  /** The version that its author had before them; null for the first. */
  readonly basedOn: number | null;
  /** `actions`: an action item changed, nothing else. `set-aside`: another edit was quicker; kept for its author, and no part of the postmortem. */
  readonly kind: VersionKind;
  readonly state: PostmortemState;
  readonly markdown: string;
  readonly author: UserId;
  readonly at: Date;
}

/** What was published and is edited has to be looked at again. */
export function stateAfter(kind: VersionKind, before: PostmortemState | null): PostmortemState {
  switch (kind) {
    case "in-review":
      return "review";
    case "published":
      return "published";
    case "drafted":
    case "edited":
      return before === "published" || before === "review" ? "review" : "draft";
    case "actions":
    case "set-aside":
      return before ?? "draft";
  }
}

/** "draft", "in review", "published" */
export const stateWords: Readonly<Record<PostmortemState, string>> = {
  draft: "draft",
  review: "in review",
  published: "published",
};
