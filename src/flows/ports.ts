/** What the flows need of the world, in their own words; each is made by an edge's factory. */

import type { Catalog, NamedQuery, Service } from "../catalog/catalog.ts";
import type { Rule } from "../catalog/rule.ts";
import type { PeriodFacts } from "../digest/facts.ts";
import type { ChangeKind, ChangeRecord, LogLine, SourcedSeries } from "../evidence/input.ts";
import type { Gap, TimelineEntry } from "../incident/timeline.ts";
import type { Step, StepRole } from "../playbook/step.ts";
import type { EndedIncident } from "../suggestion/alike.ts";
import type { PastIncident } from "../suggestion/learned.ts";
import type { Foretold, Outcome, Suggestion } from "../suggestion/suggestion.ts";
import type {
  ChannelId,
  IncidentId,
  MessageTs,
  Severity,
  SuggestionId,
  Symptom,
  UserId,
  WorkspaceId,
} from "../vocabulary.ts";
import type { AlertDesk } from "./alert-desk.ts";
import type { Chat, KeptMessage } from "./chat.ts";
import type { Meter } from "./meter.ts";
import type { Model, ModelBook } from "./model-ports.ts";
import type { Period } from "./period.ts";
import type { PostmortemExports, PostmortemStore } from "./postmortem-ports.ts";
import type { Runbooks } from "./runbooks.ts";
import type { AlertChange, Change, ChannelRow, Commit } from "./change.ts";

/** The window that evidence is read over; from < onset ≤ to. */
export interface Window {
  readonly from: Date;
  readonly onset: Date;
  readonly to: Date;
  /** Somebody waits for the first answer: a second question that would keep them is left for the next reading. */
  readonly isWaitedFor?: boolean;
}

/** What a source gave, and what it had to leave out, in words ("312 of 512 series: the limit is 200 a service"). */
export interface Reading<T> {
  readonly items: readonly T[];
  readonly leftOut: readonly string[];
  /**
   * By service that was read at all, the kinds of changes that were read without a gap: only of these may "none" be
   * said. Absent where a source cannot tell.
   */
  readonly whole?: ReadonlyMap<string, readonly ChangeKind[]>;
}

/**
 * One metrics server. Rejects with an Error whose message is a person's sentence fragment ("HTTP 503", "not JSON")
 * when it cannot be read; the caller bounds the whole by the signal and states the gap.
 */
export interface Metrics {
  /** "Prometheus", or "Prometheus (eu)" for a named one. */
  readonly name: string;
  /** Key of `metrics.source` in the catalog: "" for the unnamed one; null: it is asked about every service. */
  readonly key: string | null;
  /** The services' series over the window, on one step, kinds told. */
  series(
    services: readonly Service[],
    window: Window,
    signal: AbortSignal,
  ): Promise<Reading<SourcedSeries>>;
  /** Named queries alone, for a re-read of what shifted. */
  again(
    queries: readonly RepeatedQuery[],
    window: Window,
    signal: AbortSignal,
  ): Promise<Reading<SourcedSeries>>;
}

export interface RepeatedQuery extends NamedQuery {
  readonly service: string;
}

/** One source of changes: GitHub, a local clone, a bundle. Rejects as Metrics does. */
export interface Changes {
  readonly name: string;
  /** Commits, deployments and the like that touch the services' repositories and paths, newest first. */
  recent(
    services: readonly Service[],
    window: Window,
    signal: AbortSignal,
  ): Promise<Reading<ChangeRecord>>;
  /** A file of the service's repository; null: it has no such file there, or not here. Absent: it holds no files. */
  file?(of: FileAt, signal: AbortSignal): Promise<RepositoryFile | null>;
}

/** `path`: within the repository; `commit`: its hash, at least seven digits of it. */
export interface FileAt {
  readonly service: Service;
  readonly path: string;
  readonly commit: string;
}

export interface RepositoryFile {
  readonly text: string;
  /** Where a person can look at it; null: nowhere. */
  readonly url: string | null;
}

/** Lines of logs, with where their query can be opened. */
export interface LogReading extends Reading<LogLine> {
  /** Address of the query behind a service's lines; a source without addresses gives none. */
  readonly pages: ReadonlyMap<string, string>;
}

/** One source of logs: a log server, a bundle. Rejects as Metrics does. */
export interface Logs {
  /** "Loki", or "Loki (eu)" for a named one. */
  readonly name: string;
  readonly key: string;
  /** The services' lines over the window, before the onset as thinly as after it, so that counts compare. */
  lines(services: readonly Service[], window: Window, signal: AbortSignal): Promise<LogReading>;
}

/** Whatever is played or configured for one channel: demo bundles bring their own catalog and sources. */
export interface Sources {
  readonly catalog: Catalog;
  /** Why what is written in the catalog now is not used, in a sentence; absent: it is. */
  readonly catalogTrouble?: string;
  /** Only where nobody wrote the catalog: which servers could not be asked for names, and what was left out. */
  readonly found?: { readonly gaps: readonly Gap[]; readonly leftOut: readonly string[] };
  readonly metrics: readonly Metrics[];
  readonly changes: readonly Changes[];
  readonly logs: readonly Logs[];
  /** Absent: none are read. */
  readonly runbooks?: Runbooks;
  /** Time by which the sources' clocks are to be read; now for real ones. */
  readonly now: Date;
}

/** Who is on call by the schedules of a paging tool. Rejects as Metrics does. */
export interface Schedules {
  readonly name: string;
  /** Names as the tool shows them; none: nobody is. */
  onCall(schedule: string, signal: AbortSignal): Promise<readonly string[]>;
}

export interface StoredIncident {
  readonly id: IncidentId;
  /** People see INC-42. */
  readonly number: number;
  readonly channel: ChannelId;
  /** Of the newest entry. */
  readonly seq: number;
  readonly entries: readonly TimelineEntry[];
}

export interface ReadIncident extends Pick<StoredIncident, "id" | "channel"> {
  /** null: the readings do not say. */
  readonly service: string | null;
}

/** The channel of an open incident, with how far its history was read; null: not yet. */
export interface OpenChannel {
  readonly incident: IncidentId;
  readonly channel: ChannelId;
  readonly name: string;
  readonly readTo: MessageTs | null;
}

/** An outcome with what its suggestion says of the situation. */
export interface PastOutcome extends Outcome {
  readonly role: StepRole;
  readonly symptom: Symptom;
  readonly service: string | null;
  /** A check that somebody said pointed to the fix. */
  readonly hasLedToFix: boolean;
  /** What the present ranker said of the step before. */
  readonly foretold: Foretold | null;
}

/** How many of so many healed by themselves, as people said. */
export interface SelfHealed {
  readonly healed: number;
  readonly of: number;
}

/** The channel that something is shown in: what may be shown there follows from its kind (DESIGN §14). */
export type Viewer = Pick<ChannelRow, "id" | "kind">;

/** What makes another incident similar, and where that is told. */
export interface Likeness {
  readonly viewer: Viewer;
  readonly incident: IncidentId;
  readonly symptom: Symptom;
  readonly service: string | null;
}

/** Rejects only when the database is away; every read is bounded. */
export interface Store extends PostmortemStore, ModelBook {
  commit(change: Change): Promise<Commit>;
  /** Whether any of these jobs or turns was handled before. */
  wasHandled(workspace: WorkspaceId, ids: readonly string[]): Promise<boolean>;
  openIncidentIn(workspace: WorkspaceId, channel: ChannelId): Promise<StoredIncident | null>;
  /** The newest of the channel, open or resolved. */
  latestIncidentIn(workspace: WorkspaceId, channel: ChannelId): Promise<StoredIncident | null>;
  /** INC-42 is 42. */
  incidentNumbered(workspace: WorkspaceId, number: number): Promise<StoredIncident | null>;
  incident(workspace: WorkspaceId, id: IncidentId): Promise<StoredIncident | null>;
  /** Open ones that were read at least once and began within a day, newest first; bounded. */
  readIncidents(workspace: WorkspaceId): Promise<readonly ReadIncident[]>;
  suggestionsOf(workspace: WorkspaceId, incident: IncidentId): Promise<Suggestion[]>;
  suggestion(workspace: WorkspaceId, id: SuggestionId): Promise<Suggestion | null>;
  outcomesOf(workspace: WorkspaceId, incident: IncidentId): Promise<Outcome[]>;
  /** What ranks learn from: other incidents of public channels that may be shown there. */
  pastOutcomes(
    workspace: WorkspaceId,
    viewer: Viewer,
    except: IncidentId | null,
  ): Promise<PastOutcome[]>;
  /** What other ended incidents of public channels were like that may be shown there. */
  pastIncidents(
    workspace: WorkspaceId,
    viewer: Viewer,
    except: IncidentId | null,
  ): Promise<PastIncident[]>;
  channel(workspace: WorkspaceId, id: ChannelId): Promise<ChannelRow | null>;
  /** The key of our message with this timestamp; null: it is not ours. */
  messageKey(workspace: WorkspaceId, channel: ChannelId, ts: MessageTs): Promise<string | null>;
  /** Of the newest that may be shown there and ended with a word on what did it: the same symptom and service. */
  selfHealed(workspace: WorkspaceId, like: Likeness): Promise<SelfHealed>;
  alertDesk(workspace: WorkspaceId, groups: readonly string[], now: Date): Promise<AlertDesk>;
  /** Those that wait for a channel of that name. */
  groupsOpening(workspace: WorkspaceId, name: string): Promise<AlertChange>;
  /** Those that people gave and nobody revoked. */
  rules(workspace: WorkspaceId): Promise<Rule[]>;
  /** What a digest and the statistics are counted from. */
  periodFacts(workspace: WorkspaceId, period: Period): Promise<PeriodFacts>;
  /** Ended ones that may be shown there: the newest of the same symptom and service, and some of the same either. */
  endedLike(workspace: WorkspaceId, like: Likeness): Promise<EndedIncident[]>;
  /** What was said in a channel since then, for its own incident alone; newest last, the newest 500. */
  messagesOf(
    workspace: WorkspaceId,
    of: { readonly channel: ChannelId; readonly since: Date },
  ): Promise<KeptMessage[]>;
  /** Those of open incidents, newest first; bounded. `named`: of these channels alone. */
  openChannels(workspace: WorkspaceId, named: readonly ChannelId[] | null): Promise<OpenChannel[]>;
}

/** Everything that a flow may touch; one per process. */
export interface World {
  readonly workspace: WorkspaceId;
  readonly botUser: UserId;
  readonly store: Store;
  readonly chat: Chat;
  /** null: the settings name none. */
  readonly model: Model | null;
  /** null: the settings name none. */
  readonly schedules: Schedules | null;
  readonly steps: readonly Step[];
  readonly incidentChannels: RegExp;
  /** How long texts of messages are kept. */
  readonly keepsMessagesDays: number;
  /** Where alerts are answered, by name or id, and the least grave severity that opens a channel; null: none. */
  readonly alerts: {
    readonly channel: string | null;
    readonly declares: Severity | null;
    /** So long clear and quiet an incident is asked about, and what fires again is another trouble. */
    readonly quietMs: number;
  };
  /** False where another tool runs the incidents: lead, severity, status and end are told by it. */
  readonly ownsLifecycle: boolean;
  now(): Date;
  /** Where the weekly digest is told that no team's channel is, and the time zone where a team has none. */
  readonly digest: { readonly channel: string | null; readonly zone: string };
  /** A new UUIDv7, in hexadecimal without hyphens or with: only uniqueness and order count. */
  newId(): string;
  /** The UUIDv5 of the words: the same words give the same id. */
  idOf(words: string): string;
  /** What is configured, or what is played in that channel. */
  sourcesFor(channel: ChannelId): Promise<Sources>;
  /** Only addresses on these become links. */
  readonly linkHosts: readonly string[];
  /** Where a citation can be opened where its source has no page of its own; null: nowhere. */
  evidencePage(snapshot: string, cite: string): string | null;
  /** Where the postmortem of an incident can be read and edited; null: nowhere. */
  postmortemPage(incident: IncidentId): string | null;
  /** Where a digest can be opened; null: nowhere. */
  digestPage(id: string): string | null;
  readonly exports: PostmortemExports;
  /** The workspace of made-up incidents, filled when first asked for; null outside the local workspace. */
  readonly sample: (() => Promise<WorkspaceId>) | null;
  /** Aborts after so many milliseconds. */
  deadline(ms: number): AbortSignal;
  /** Tells whoever plays recorded incidents that a step was tried; nothing elsewhere. */
  stepTried(channel: ChannelId, stepId: string): void;
  /** For the log: something that a person may have to mend, in a sentence. */
  trouble(sentence: string): void;
  readonly meter: Meter;
}
