/** What a flow decides: everything that one handled job writes, in one transaction (DESIGN §2). */

import type { AlertGroup } from "../alert/group.ts";
import type { Rule } from "../catalog/rule.ts";
import type { Picture } from "../chart/picture.ts";
import type { Digest } from "../digest/digest.ts";
import type { EvidenceInput } from "../evidence/input.ts";
import type { IncidentNews } from "../incident/news.ts";
import type { PostClass } from "../incident/budget.ts";
import type { Source, TimelineFact } from "../incident/timeline.ts";
import type { Question } from "../message/ask.ts";
import type { MessageBody } from "../message/body.ts";
import type { LedTo } from "../suggestion/led-to.ts";
import type { Outcome, Suggestion } from "../suggestion/suggestion.ts";
import type {
  Cause,
  CauseLabelId,
  ChannelId,
  IncidentId,
  MessageTs,
  OutboxId,
  Symptom,
  UserId,
  WorkspaceId,
} from "../vocabulary.ts";
import type { HistoryJob, MessageChange } from "./message-change.ts";
import type { ModelJob, QuestionJob } from "./model-ports.ts";
import type { FileGiven, PostmortemChange, PostmortemJob } from "./postmortem-ports.ts";

/** Where a message goes: the channel itself, under another message of ours, or under one of Slack's. */
export type Place =
  | { readonly in: "channel" }
  | { readonly in: "thread"; readonly of: { readonly key: string } | { readonly ts: MessageTs } };

/** One effect on Slack, sent by the outbox in the order of its channel. */
export type OutboxPayload =
  | { readonly kind: "join" }
  /** Somebody into a channel that was made for them; nothing where they are in it. */
  | { readonly kind: "invite"; readonly user: UserId }
  /** Makes the message with this row's key read so: posts it once, edits it afterwards. */
  | {
      readonly kind: "message";
      /** Whether it counts against the incident's budget. */
      readonly as: PostClass;
      readonly place: Place;
      readonly body: MessageBody;
    }
  /** A picture in the thread of our message with the key `under`, drawn when it is sent; at most once. */
  | {
      readonly kind: "chart";
      readonly under: string;
      /** The thread that it goes in, where that message is itself in one. */
      readonly threadTs?: MessageTs;
      readonly chart: Picture;
      readonly title: string;
      /** For who cannot see it; `comment` says the same as mrkdwn, above the picture. */
      readonly alt: string;
      readonly comment: string;
    }
  /** Of the channel, unless somebody other than `by`, who we are, has set one. */
  | { readonly kind: "topic"; readonly text: string; readonly by: UserId }
  /** Our message with this key, pinned once. */
  | { readonly kind: "pin"; readonly of: string }
  | {
      readonly kind: "bookmarks";
      readonly links: readonly { readonly title: string; readonly link: string }[];
    }
  /** A text file in the thread of our message with the key `under`; at most once. */
  | FileGiven
  /** At most once: Slack keeps no ephemeral message that could be looked for. */
  | {
      readonly kind: "ephemeral";
      readonly to: UserId;
      readonly threadTs?: MessageTs;
      readonly body: MessageBody;
    };

export interface Effect {
  readonly id: OutboxId;
  readonly channel: ChannelId;
  /** Rows of one key and channel are one message. */
  readonly key: string;
  readonly payload: OutboxPayload;
}

export interface NewEntry {
  readonly actor: UserId;
  readonly source: Source;
  readonly at: Date;
  readonly messageTs?: MessageTs;
  readonly fact: TimelineFact;
}

/** A deed to do later, by one of the flows. */
export type Job =
  | {
      readonly kind: "investigate";
      readonly channel: ChannelId;
      readonly incident: IncidentId;
      /** The question that it answers, where there is one. */
      readonly asked: { readonly text: string; readonly threadTs: MessageTs } | null;
    }
  | {
      readonly kind: "read-again";
      readonly channel: ChannelId;
      readonly incident: IncidentId;
      /** Which of the planned readings it is; a job of an earlier version does not say. */
      readonly slot?: number;
    }
  /** Which kind of cause a resolved incident had. */
  | {
      readonly kind: "ask-cause";
      readonly channel: ChannelId;
      readonly incident: IncidentId;
      /** Its postmortem was published, and nobody has answered yet. */
      readonly isAgain?: boolean;
    }
  | PostmortemJob
  /** Hooks told of changes to these services; null: of one that names none. */
  | { readonly kind: "read-changes"; readonly services: readonly string[] | null }
  /** Another tool told how an incident stands. */
  | { readonly kind: "hear-news"; readonly news: IncidentNews }
  /** A channel for the groups that wait for one of that name. */
  | { readonly kind: "open-channel"; readonly name: string; readonly by: UserId | null }
  /** What is read of a group's trouble, in the thread of its message. */
  | { readonly kind: "answer-alert"; readonly group: string; readonly key: string }
  /** Rules were given or revoked; whether an incident is over whose alerts are clear. */
  | {
      readonly kind: "apply-rules" | "ask-quiet";
      readonly channel: ChannelId;
      readonly incident: IncidentId;
    }
  /** Whether the next update of an incident is late. */
  | { readonly kind: "remind-update"; readonly channel: ChannelId; readonly incident: IncidentId }
  | {
      readonly kind: "answer-mention";
      readonly channel: ChannelId;
      readonly ts: MessageTs;
      readonly threadTs: MessageTs | null;
      readonly user: UserId;
      readonly text: string;
    }
  /** The digest of the week before, of one team; null: of the whole workspace. */
  | { readonly kind: "send-digest"; readonly team: string | null }
  | HistoryJob
  /** What was read of the history may change what is proposed. */
  | {
      readonly kind: "weigh-history";
      readonly channel: ChannelId;
      readonly incident: IncidentId;
      /** How often the first reading of the evidence was waited for. */
      readonly waits: number;
    }
  | ModelJob
  | QuestionJob
  /** A command whose answer waits for a source. */
  | {
      readonly kind: "answer-command";
      readonly channel: ChannelId;
      readonly user: UserId;
      readonly question: Question;
      readonly responseUrl: string | null;
    }
  | {
      readonly kind: "read-files";
      readonly channel: ChannelId;
      readonly incident: IncidentId;
      readonly ts: MessageTs;
      readonly threadTs: MessageTs | null;
      readonly user: UserId;
      /** The message that they came with. */
      readonly text: string;
      readonly files: readonly string[];
    };

export interface NewJob {
  /** UUID: the same id again is the same job. */
  readonly id: string;
  readonly job: Job;
  readonly startAfter?: Date;
}

/** What kind of cause somebody says an incident had; append-only, the latest of an incident counts. */
export interface CauseLabel {
  readonly id: CauseLabelId;
  readonly incidentId: IncidentId;
  readonly cause: Cause;
  readonly actor: UserId;
  readonly at: Date;
  readonly recordedAt: Date;
}

export interface ChannelRow {
  readonly id: ChannelId;
  readonly name: string;
  readonly kind: "public" | "private" | "external";
  readonly isArchived: boolean;
}

/** Groups of alerts as they are now, decided on what `seq` stood for; refused as stale where another decision came between. */
export interface AlertChange {
  readonly seq: number;
  readonly groups: readonly AlertGroup[];
}

/** Which incident the change is about, and on which state of it the decision rests. */
type About =
  | {
      readonly kind: "new";
      readonly id: IncidentId;
      readonly channel: ChannelId;
      readonly title: string;
      readonly openedAt: Date;
    }
  /** Refused as stale when the timeline has grown past `seq` meanwhile. */
  | { readonly kind: "existing"; readonly id: IncidentId; readonly seq: number };

export interface Change extends PostmortemChange {
  readonly workspace: WorkspaceId;
  /** Ids of the job and of the turn that it handles; the first commit of each wins. */
  readonly handled: readonly string[];
  readonly channel?: ChannelRow;
  readonly about?: About;
  readonly alerts?: AlertChange;
  /** With whatever moves what digests count (its end, its ledger): an incident is counted again where it has new ones. */
  readonly entries?: readonly NewEntry[];
  /** Others that change with it, each resting on a state of its own; refused as stale like the first. */
  readonly also?: readonly {
    readonly id: IncidentId;
    readonly seq: number;
    readonly entries: readonly NewEntry[];
  }[];
  /** The projection on the incident's row, where this change moves it. */
  readonly title?: string;
  readonly service?: string | null;
  readonly symptom?: Symptom | null;
  readonly closedAt?: Date | null;
  readonly snapshot?: { readonly id: string; readonly readAt: Date; readonly input: EvidenceInput };
  readonly suggestions?: readonly Suggestion[];
  readonly outcomes?: readonly Outcome[];
  readonly links?: readonly LedTo[];
  readonly causes?: readonly CauseLabel[];
  /** One is given or revoked. */
  readonly rules?:
    | { readonly given: Rule; readonly at: Date }
    | { readonly revoked: Rule["id"]; readonly by: UserId; readonly at: Date };
  /** Refused as a repeat where its week's was written before. */
  readonly digest?: { readonly id: string; readonly at: Date; readonly body: Digest };
  readonly messages?: MessageChange;
  readonly effects?: readonly Effect[];
  readonly jobs?: readonly NewJob[];
}

/** `stale`: the incident moved on since it was read; decide again. `repeat`: this job or turn was handled before. */
export type Commit = "committed" | "repeat" | "stale";
