/** What of ours stands elsewhere as well, an issue on GitHub or a canvas in Slack, and how both are asked for. */

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
}

export type Answered<T> =
  | { readonly ok: true; readonly value: T }
  /** `said`: a sentence with its mend. `isGone`: there is no such thing any more. */
  | { readonly ok: false; readonly said: string; readonly isGone: boolean };

export interface Issue {
  readonly number: string;
  readonly url: string;
  readonly title: string;
  readonly body: string;
}

/** The issues of the repository that postmortems go to. */
export interface Issues {
  /** "owner/name" */
  readonly repo: string;
  /** The oldest whose text bears the mark, of those since then and of all that GitHub's search knows. */
  find(mark: string, since: Date, signal: AbortSignal): Promise<Answered<Issue | null>>;
  create(
    told: { readonly title: string; readonly body: string },
    signal: AbortSignal,
  ): Promise<Answered<Issue>>;
  change(number: string, told: IssueChange, signal: AbortSignal): Promise<Answered<Issue>>;
}

export interface IssueChange {
  readonly title?: string;
  readonly body?: string;
  readonly state?: "open" | "completed" | "not_planned";
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
