/** An incident: what its timeline says of it now (DESIGN §4). */

import type { FiredAlert } from "../alert/fired-alert.ts";
import type { Remarks } from "./budget.ts";
import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { About } from "../suggestion/claim.ts";
import type { LiveSuspect } from "../suggestion/live-changes.ts";
import type { Outcome } from "../suggestion/suggestion.ts";
import type {
  Cause,
  ChannelId,
  ContextFlag,
  Credit,
  DriveAnswer,
  MessageTs,
  OutcomeLabel,
  Pointer,
  Severity,
  Status,
  SuggestionId,
  Symptom,
  UserId,
} from "../vocabulary.ts";
import type { Fallen } from "../model/fallen.ts";
import type { Named } from "./merge.ts";
import type { ModelRead } from "./model-read.ts";
import type { PutQuestion } from "./question.ts";
import type { DeedRead } from "./deeds-read.ts";
import type { Told } from "./told.ts";
import type {
  ForbiddenStep,
  Gap,
  HiddenByRule,
  LeftOutStep,
  Question,
  ReadingEnd,
} from "./timeline.ts";

/** What one reading of the sources gave. */
export interface Evidence {
  readonly at: Date;
  readonly service: string | null;
  readonly symptom: Symptom;
  readonly flags: readonly ContextFlag[];
  readonly diagnosis: Diagnosis;
  readonly gaps: readonly Gap[];
  readonly snapshot: string;
  /** Changes that were running as it began, most suspect first; absent in rows from before it was kept. */
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

/** Somebody took a step into their hands. */
export interface Claim {
  readonly suggestion: SuggestionId;
  readonly stepId: string;
  readonly by: UserId;
  readonly at: Date;
  readonly reaction?: string;
}

/** What somebody said became of a step; the latest word of each actor on each suggestion. */
export interface StepOutcome {
  readonly suggestion: SuggestionId;
  readonly stepId: string;
  readonly label: OutcomeLabel;
  readonly by: UserId;
  readonly note: string | null;
  /** How it was said; absent: by a click. */
  readonly source?: Exclude<Outcome["source"], "click">;
  readonly reaction?: string;
  readonly at: Date;
}

/** Somebody's word that something is not the cause, with no check told. */
export interface ClaimedAway {
  readonly about: About;
  readonly by: UserId;
  readonly at: Date;
}

interface Asked {
  readonly channel: ChannelId;
  /** The try whose message asks; absent: a message of its own. */
  readonly suggestion?: SuggestionId;
}

export interface Observed {
  readonly suggestion: SuggestionId;
  readonly change: string;
  /** "checkout went back to 9c1d2e0" */
  readonly words: string;
  /** When the change went live. */
  readonly at: Date;
  /** The latest of each actor. */
  readonly answers: readonly { readonly answer: DriveAnswer; readonly by: UserId }[];
}

interface Pointed {
  readonly fix: SuggestionId;
  readonly pointer: Pointer;
  readonly check: SuggestionId | null;
  readonly by: UserId;
  readonly at: Date;
}

export interface OfferedList {
  readonly list: number;
  readonly suggestions: readonly SuggestionId[];
  readonly at: Date;
  readonly threadTs?: MessageTs;
  readonly hiddenByRule: readonly HiddenByRule[];
  readonly leftOutAsDone: number;
  /** The same by name; empty in rows from before it was kept. */
  readonly leftOut: readonly LeftOutStep[];
  /** Made after the numbers were back, Unix seconds: it holds no fixes. */
  readonly backSince?: number;
  /** Runbooks that could not be read for it. */
  readonly unread: readonly Gap[];
  /** Somebody asked for all of it. */
  readonly isExpanded: boolean;
  /** What a model said to it and is not shown. */
  readonly fell: readonly Fallen[];
}

/** A file of log lines that somebody shared; its lines are read from Slack at each reading. */
interface SharedLog {
  readonly file: string;
  readonly service: string | null;
  readonly at: Date;
}

/** A group of alerts that belongs to the incident. */
export interface IncidentAlert extends FiredAlert {
  readonly firedAt: Date;
  /** null while it fires. */
  readonly clearedAt: Date | null;
}

interface IncidentFacts {
  /** The newest entry that is folded in. */
  readonly seq: number;
  readonly title: string;
  readonly channel: ChannelId;
  readonly channelName: string;
  readonly severity: Severity;
  readonly lead: UserId | null;
  /** Where the tool that runs it names a lead whom Slack does not know by that name. */
  readonly leadName: string | null;
  /** What was told of it elsewhere; null: nothing. */
  readonly told: Told | null;
  readonly declaredAt: Date;
  /** The onset where a reading showed a shift, else when it was declared. */
  readonly since: Date;
  readonly evidence: Evidence | null;
  /** The reading before the latest, for "still rising". */
  readonly previousEvidence: Evidence | null;
  /** null: none was asked yet. */
  readonly model: ModelRead | null;
  /** Those that were put to the model, oldest first. */
  readonly questions: readonly PutQuestion[];
  /** What a model read of steps that were done, in the order of the timeline. */
  readonly deedsRead: readonly DeedRead[];
  /** When the latest reading failed; null once one was made since. */
  readonly readingFailedAt: Date | null;
  /** Until it is read again; null while further readings are planned. */
  readonly readingStopped: { readonly because: ReadingEnd; readonly at: Date } | null;
  /** Oldest first. */
  readonly lists: readonly OfferedList[];
  /** In the order of the timeline; a repeat of one actor on one suggestion is one claim, at its newest time. */
  readonly claims: readonly Claim[];
  /** In the order of the timeline; the latest of each actor on each thing, twenty at most. */
  readonly claimedAway: readonly ClaimedAway[];
  /** In the order of the timeline. */
  readonly outcomes: readonly StepOutcome[];
  /** In the order of the timeline. */
  readonly logs: readonly SharedLog[];
  /** In the order in which they first came. */
  readonly alerts: readonly IncidentAlert[];
  /** It takes in groups of alerts of whatever services. */
  readonly isCollecting: boolean;
  /** The words of those who were asked whether it is over, oldest first. */
  readonly stillOn: readonly { readonly by: UserId; readonly at: Date }[];
  readonly muted: { readonly by: UserId; readonly at: Date } | null;
  readonly remarks: Remarks;
  /** The latest to those outside; `nextAt`: null where it was to be the last. */
  readonly update: { readonly by: UserId; readonly at: Date; readonly nextAt: Date | null } | null;
  /** Offered, and forbidden by a rule that was given since. */
  readonly forbidden: readonly ForbiddenStep[];
  /** The latest word on what ended it, where no single step did. */
  readonly credit: { readonly credit: Credit; readonly by: UserId } | null;
  /** Changes that took a suspect back, with who says that they drove them. */
  readonly observed: readonly Observed[];
  /** What pointed to the fix; the latest word of each actor. */
  readonly pointed: readonly Pointed[];
  /** The latest word on the kind of its cause. */
  readonly cause: { readonly cause: Cause; readonly by: UserId } | null;
  /** Where each question was put. */
  readonly asked: Readonly<Partial<Record<Question, Asked>>>;
  /** Where it continues; null: it was not merged, or was taken up again. */
  readonly mergedInto: Named | null;
  /** In the order in which they were merged into this one. */
  readonly tookIn: readonly Named[];
  /** The message that began it, for a permalink. */
  readonly messageTs?: MessageTs;
}

export interface OpenIncident extends IncidentFacts {
  readonly state: "open";
  readonly status: Exclude<Status, "resolved">;
}

interface ResolvedIncident extends IncidentFacts {
  readonly state: "resolved";
  readonly resolvedAt: Date;
  readonly resolvedBy: UserId;
}

export type Incident = OpenIncident | ResolvedIncident;
