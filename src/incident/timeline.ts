/** The append-only timeline that an incident is the fold of (DESIGN §4). */

import type { FiredAlert } from "../alert/fired-alert.ts";
import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { About } from "../suggestion/claim.ts";
import type { LiveSuspect } from "../suggestion/live-changes.ts";
import type { Outcome } from "../suggestion/suggestion.ts";
import type {
  Cause,
  ChannelId,
  ContextFlag,
  Credit,
  MessageTs,
  DriveAnswer,
  IncidentId,
  NotCounted,
  OutcomeLabel,
  Pointer,
  Severity,
  Status,
  SuggestionId,
  Symptom,
  UserId,
} from "../vocabulary.ts";
import type { Named } from "./merge.ts";
import type { ModelReadFact } from "./model-read.ts";
import type { QuestionFact } from "./question.ts";
import type { DeedsReadFact } from "./deeds-read.ts";
import type { Teller, ToldState } from "./told.ts";

export type Source = "slack" | "alert" | "bot" | "hook";

/** A source that could not be read, and why: "Prometheus", "no answer in 5 s". */
export interface Gap {
  readonly source: string;
  readonly reason: string;
  /** Nothing failed: nobody has set it up yet. Absent: it was asked and gave nothing. */
  readonly missing?: "metrics" | "changes" | "services";
}

/** A step that a rule of the catalog keeps from being shown, and the rule's own words. */
export interface HiddenByRule {
  readonly title: string;
  readonly because: string;
  readonly by?: string;
  readonly until?: string;
}

/** A step that is not offered because it was done, and who said so. */
export interface LeftOutStep {
  readonly title: string;
  /** Oldest first; times in Unix seconds. */
  readonly said: readonly {
    /** null: the chat does not say. */
    readonly by: UserId | null;
    readonly at: number;
    readonly label: OutcomeLabel;
    /** A change told of it, and nobody. */
    readonly isObserved?: true;
    /** A model read it in the thread. */
    readonly isRead?: true;
  }[];
}

export interface ForbiddenStep {
  readonly stepId: string;
  /** The rule's own words. */
  readonly because: string;
}

/** Why no further reading is planned, though the incident is open. */
export type ReadingEnd = "a-day-old" | "archived" | "not-visible";

/** What the bot asks at most once an incident: what did it, what pointed there, and which kind of cause it had. */
export type Question = "outcome" | "pointer" | "cause" | "cause-again";

export type TimelineFact =
  | {
      readonly kind: "declared";
      readonly title: string;
      readonly channel: ChannelId;
      readonly channelName: string;
      readonly severity: Severity;
    }
  | { readonly kind: "joined"; readonly channel: ChannelId }
  | { readonly kind: "severity-set"; readonly severity: Severity }
  | { readonly kind: "lead-set"; readonly lead: UserId | null }
  | { readonly kind: "status-set"; readonly status: Status }
  /** How the incident stands elsewhere; the entry's time is when it stood so. */
  | {
      readonly kind: "told";
      readonly teller: Teller;
      /** It runs the incident: what it tells holds. */
      readonly isOwner: boolean;
      /** Which of the teller's incidents; null: the one of this channel. */
      readonly of: string | null;
      readonly says: ToldState;
    }
  /** Somebody told those outside; `nextAt` in Unix seconds, null: there will be none. */
  | {
      readonly kind: "update-posted";
      readonly by: UserId;
      readonly known: string;
      readonly impact: string;
      readonly nextAt: number | null;
    }
  | {
      readonly kind: "evidence-read";
      /** The service that the incident is about, as far as is known. */
      readonly service: string | null;
      readonly symptom: Symptom;
      readonly flags: readonly ContextFlag[];
      readonly diagnosis: Diagnosis;
      readonly gaps: readonly Gap[];
      readonly snapshot: string;
      /** Most suspect first; absent in rows from before it was kept. */
      readonly live?: readonly LiveSuspect[];
      /** When what people notice was normal again, Unix seconds; absent while it is not. */
      readonly backSince?: number;
      /** Where its citations can be opened, as far as they can. */
      readonly links?: Readonly<Record<string, string>>;
      /** The metric that says how bad it is, by its key; absent where nothing shifted, and in rows from before it was kept. */
      readonly headline?: string;
      /** The one that said so before and is not read any more, in words; `at` in Unix seconds. */
      readonly headlineWas?: { readonly words: string; readonly at: number };
    }
  /** Something broke here at a reading, the first or a later one; the next is planned. */
  | { readonly kind: "reading-failed" }
  | ModelReadFact
  | QuestionFact
  | DeedsReadFact
  | { readonly kind: "reading-stopped"; readonly because: ReadingEnd }
  | {
      readonly kind: "suggested";
      readonly list: number;
      readonly suggestions: readonly SuggestionId[];
      /** The thread of a question that it answers; absent: under the living message. */
      readonly threadTs?: MessageTs;
      readonly hiddenByRule?: readonly HiddenByRule[];
      readonly leftOutAsDone?: number;
      /** The same by name; absent in rows from before it was kept. */
      readonly leftOut?: readonly LeftOutStep[];
      /** Made after the numbers were back, Unix seconds: it holds no fixes. */
      readonly backSince?: number;
      /** Runbooks that could not be read for it; absent in rows from before they were. */
      readonly unread?: readonly Gap[];
    }
  /** Somebody shared a file that reads as a log; its time is the message's. */
  | {
      readonly kind: "log-shared";
      /** Slack's id of it. */
      readonly file: string;
      /** The service that the message or the file's name tells. */
      readonly service: string | null;
    }
  /** What rules of the chat forbid by now of the steps that were offered; the newest counts. */
  | { readonly kind: "forbidden"; readonly steps: readonly ForbiddenStep[] }
  | { readonly kind: "list-expanded"; readonly list: number; readonly by: UserId }
  /** Somebody says that something is not the cause, with no check told; the entry's time is the message's. */
  | { readonly kind: "claimed-away"; readonly about: About; readonly by: UserId }
  | {
      readonly kind: "claimed";
      readonly suggestion: SuggestionId;
      readonly stepId: string;
      readonly by: UserId;
      /** The name of the reaction that says so; absent: a click. */
      readonly reaction?: string;
    }
  | {
      readonly kind: "outcome";
      readonly suggestion: SuggestionId;
      readonly stepId: string;
      readonly label: OutcomeLabel;
      readonly by: UserId;
      readonly note: string | null;
      /** How it was said; absent: by a click. */
      readonly source?: Exclude<Outcome["source"], "click">;
      readonly reaction?: string;
    }
  /** A word on a step that counts for nothing, and why. */
  | {
      readonly kind: "not-counted";
      readonly suggestion: SuggestionId;
      readonly because: NotCounted;
      readonly by: UserId;
    }
  /** Somebody takes back what they claimed or said of a step. */
  | {
      readonly kind: "withdrawn";
      readonly what: "claim" | "outcome";
      readonly suggestion: SuggestionId;
      readonly by: UserId;
    }
  /** No single step ended it, or nobody can tell which. */
  | { readonly kind: "credited"; readonly credit: Credit; readonly by: UserId }
  /** What led to the fix; `check` where it was one. */
  | {
      readonly kind: "pointed";
      readonly fix: SuggestionId;
      readonly pointer: Pointer;
      readonly check: SuggestionId | null;
      readonly by: UserId;
    }
  | { readonly kind: "cause-labelled"; readonly cause: Cause; readonly by: UserId }
  /** A change took a suspect back, as this step would; with the outcome that says so. */
  | {
      readonly kind: "observed";
      readonly suggestion: SuggestionId;
      readonly change: string;
      /** "checkout went back to 9c1d2e0" */
      readonly words: string;
    }
  /** Who drove what was observed, or that it is not this step. */
  | {
      readonly kind: "driven";
      readonly suggestion: SuggestionId;
      readonly answer: DriveAnswer;
      readonly by: UserId;
    }
  | {
      readonly kind: "asked";
      readonly question: Question;
      readonly channel: ChannelId;
      /** The try whose message asks; absent: a message of its own. */
      readonly suggestion?: SuggestionId;
    }
  /** A group of alerts fires, or another alert of it; the newest of a group counts. */
  | { readonly kind: "alert-fired"; readonly alert: FiredAlert }
  | { readonly kind: "alert-cleared"; readonly group: string }
  /** It takes in what would have opened one channel too many, and is about more than it began with. */
  | { readonly kind: "collecting" }
  /** Asked whether it is over, somebody said that it is not. */
  | { readonly kind: "still-on"; readonly by: UserId }
  /** Something that nobody asked for, by the key of its message: posted, or held back because it was one too many. */
  | { readonly kind: "remark"; readonly key: string; readonly isPosted: boolean }
  | { readonly kind: "muted"; readonly by: UserId }
  | { readonly kind: "resumed"; readonly by: UserId }
  /** It turned out to be the same trouble as another: it ends and continues there, or takes that one in. */
  | { readonly kind: "merged"; readonly by: UserId; readonly into: Named }
  | { readonly kind: "merged"; readonly by: UserId; readonly from: Named }
  /** One that it took in was taken up again, with these groups of alerts. */
  | {
      readonly kind: "parted";
      readonly from: IncidentId;
      readonly groups: readonly string[];
    }
  | { readonly kind: "resolved"; readonly by: UserId }
  | { readonly kind: "reopened"; readonly by: UserId };

export interface TimelineEntry {
  /** Gapless per incident, from 1; the fold is by it. */
  readonly seq: number;
  /** Slack user, or the word "bot". */
  readonly actor: UserId;
  readonly source: Source;
  /** When it happened: for display and durations. */
  readonly at: Date;
  readonly recordedAt: Date;
  readonly fact: TimelineFact;
  /** The message that said so, for a permalink. */
  readonly messageTs?: MessageTs;
}
