/** What of ours stands elsewhere as well, an issue on GitHub or a canvas in Slack, and how both are asked for. */

import type { Agreed, IssueReading } from "../postmortem/action-issue.ts";
import type { ActionId, ChannelId, IncidentId } from "../vocabulary.ts";

export const counterpartKinds = ["issue", "canvas"] as const;

/** Kept so that the next time changes it; one of each kind. */
export interface Counterpart {
  readonly of: IncidentId | ActionId;
  readonly kind: (typeof counterpartKinds)[number];
  /** The repository, "owner/name", or the channel. */
  readonly place: string;
  /** The issue's number, or the canvas's id. */
  readonly ref: string;
  readonly url: string | null;
  /** Only of an issue that an action item is mirrored in. */
  readonly mirror: Mirror | null;
}

export interface Mirror extends Agreed {
  /** How often it was looked at; of two at once the later one is refused as stale. */
  readonly looks: number;
  /** The item's revision that the issue tells of. */
  readonly revision: number;
  /** Names the issue as it was read, so that GitHub can be asked whether it is another by now. */
  readonly etag: string | null;
}

/** By what they are of, or by where they are. */
export type Sought = { readonly kind: Counterpart["kind"] } & (
  | { readonly of: readonly Counterpart["of"][] }
  | { readonly place: string; readonly ref: string }
);

export type Answered<T> =
  | { readonly ok: true; readonly value: T }
  /** `said`: a sentence with its mend. `gone`: there is no such thing any more. `away`: it may do so later. */
  | { readonly ok: false; readonly said: string; readonly why: "gone" | "away" | "refused" };

export interface Issue extends IssueReading {
  readonly number: string;
  readonly url: string;
}

/** The issues of the repository that postmortems go to. */
export interface Issues {
  /** "owner/name" */
  readonly repo: string;
  /** The oldest whose text bears the mark, of those since then and of all that GitHub's search knows. */
  find(mark: string, since: Date, signal: AbortSignal): Promise<Answered<Issue | null>>;
  /** Those that were changed there since then; null: they are more than are listed. */
  changedSince(since: Date, signal: AbortSignal): Promise<Answered<readonly Issue[] | null>>;
  create(
    told: { readonly title: string; readonly body: string },
    signal: AbortSignal,
  ): Promise<Answered<Issue>>;
  change(
    number: string,
    told: Partial<IssueReading>,
    signal: AbortSignal,
  ): Promise<Answered<Issue>>;
  /** `etag`: of an earlier reading; null in the answer: it is as it was then. */
  read(
    number: string,
    etag: string | null,
    signal: AbortSignal,
  ): Promise<Answered<{ readonly issue: Issue; readonly etag: string | null } | null>>;
}

export interface CanvasTold {
  readonly channel: ChannelId;
  /** No other of ours in the channel is called so: by it one is found again. */
  readonly title: string;
  readonly markdown: string;
  /** Its id, where it is on record. */
  readonly known: string | null;
}

export type CanvasGiven =
  | {
      readonly kind: "given";
      readonly id: string;
      readonly url: string | null;
      readonly isNew: boolean;
    }
  /** Slack's own word, and what it said of the text. */
  | { readonly kind: "refused"; readonly reason: string; readonly detail: string | null };
