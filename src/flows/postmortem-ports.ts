/** What a postmortem needs of the database and of Slack beyond what an incident does. */

import type { CountedActions } from "../digest/digest.ts";
import type { EvidenceInput } from "../evidence/input.ts";
import type { ActionItem } from "../postmortem/action-record.ts";
import type { Template } from "../postmortem/template.ts";
import type { PostmortemVersion } from "../postmortem/version.ts";
import type { CanvasGiven, CanvasTold, Counterpart, Issues, Sought } from "./counterpart.ts";
import type { StoredIncident, Viewer } from "./ports.ts";
import type {
  ActionId,
  ChannelId,
  IncidentId,
  MessageTs,
  UserId,
  WorkspaceId,
} from "../vocabulary.ts";

export interface Postmortem {
  /** How it reads: the newest that was not set aside. */
  readonly head: PostmortemVersion;
  /** The newest that was drafted, as it was drafted. */
  readonly drafted: PostmortemVersion;
  /** The highest number, those that were set aside included. */
  readonly last: number;
}

/** What a change writes of postmortems. */
export interface PostmortemChange {
  /** Refused as stale where a version of that number is there already. */
  readonly postmortem?: readonly PostmortemVersion[];
  /** Revisions; refused as stale where one of that number is there already. */
  readonly actions?: readonly ActionItem[];
  /** Each takes the place of what was on record of the same kind; refused as stale where a mirror was looked at meanwhile. */
  readonly counterparts?: readonly Counterpart[];
}

/** What a postmortem can be given to that has to be asked. */
export type ExportTarget = "github" | "issue" | "canvas" | "hook";

/** A row of the outbox: goes in the thread of our message with the key `under`. */
export interface FileGiven {
  readonly kind: "file";
  readonly under: string;
  readonly filename: string;
  readonly title: string;
  readonly text: string;
}

/** A postmortem is given to somebody who has to be waited for; an action item is due soon, or was; an issue may be another by now. */
export type PostmortemJob = ExportOrder | ActionReminder | IssueJob;

export type IssueJob =
  /** `asked`: by whom its issue is to be made; null: what was changed on either side comes to the other. */
  | {
      readonly kind: "mirror-action";
      readonly item: ActionId;
      readonly asked: {
        readonly channel: ChannelId;
        readonly user: UserId;
        readonly responseUrl: string | null;
      } | null;
    }
  /** GitHub told of that issue. */
  | { readonly kind: "issue-changed"; readonly repo: string; readonly number: string }
  | { readonly kind: "look-at-issues" };

interface ExportOrder {
  readonly kind: "export-postmortem";
  readonly channel: ChannelId;
  readonly incident: IncidentId;
  readonly user: UserId;
  readonly to: ExportTarget;
  readonly responseUrl: string | null;
}

export interface ActionReminder {
  readonly kind: "remind-action";
  readonly item: ActionId;
  /** The date that it is about; where the item has another by then, nobody is told. */
  readonly due: string;
  readonly when: "before" | "after";
}

export interface PostmortemFile {
  /** "2026-11-23-inc-42.md" */
  readonly name: string;
  /** Within the repository. */
  readonly path: string;
  readonly title: string;
  readonly about: string;
  readonly content: string;
}

/** What the hook is given. */
export interface GivenOut {
  /** "INC-42" */
  readonly incident: string;
  readonly version: number;
  readonly state: PostmortemVersion["state"];
  readonly title: string;
  readonly markdown: string;
}

export type Exported =
  /** What became of it, without a full stop. */
  | {
      readonly ok: true;
      readonly words: string;
      readonly url: string | null;
      /** Where it stands by now, to be kept. */
      readonly at?: Counterpart;
    }
  /** A sentence, with its mend; `instead`: what it is given as then. */
  | { readonly ok: false; readonly said: string; readonly instead?: "file" };

export interface PostmortemExports {
  readonly template: Template;
  /** Of the repository, "" or with a slash at its end. */
  readonly folder: string;
  /** null: none is set. */
  readonly repository: ((file: PostmortemFile, signal: AbortSignal) => Promise<Exported>) | null;
  /** Of the same repository; null: none is set. */
  readonly issues: Issues | null;
  readonly hook: ((given: GivenOut, signal: AbortSignal) => Promise<Exported>) | null;
}

/** Which action items a digest counts. */
export interface ActionsAsked {
  readonly viewer: Viewer;
  /** Of incidents of these services; null: of all. */
  readonly services: readonly string[] | null;
  /** A day of the calendar: what was due before it is overdue. */
  readonly today: string;
}

export interface MirroredItem {
  readonly item: ActionId;
  /** The issue's. */
  readonly number: string;
  readonly readAt: Date;
}

export interface PostmortemStore {
  /** null: none was drafted. */
  latestPostmortem(workspace: WorkspaceId, incident: IncidentId): Promise<Postmortem | null>;
  postmortemVersion(
    workspace: WorkspaceId,
    of: { readonly incident: IncidentId; readonly version: number },
  ): Promise<PostmortemVersion | null>;
  /** As they stand, in no order. */
  actionItems(workspace: WorkspaceId, incident: IncidentId): Promise<readonly ActionItem[]>;
  openActions(workspace: WorkspaceId, asked: ActionsAsked): Promise<CountedActions>;
  actionItem(workspace: WorkspaceId, id: ActionId): Promise<ActionItem | null>;
  /** Those that are on record. */
  counterparts(workspace: WorkspaceId, sought: Sought): Promise<readonly Counterpart[]>;
  /** Items whose issue in that repository is to be looked at, the longest not read first; not those that were closed before then. */
  mirroredItems(
    workspace: WorkspaceId,
    asked: { readonly place: string; readonly closedSince: Date; readonly atMost: number },
  ): Promise<readonly MirroredItem[]>;
  /** By the number that people see; null: there is none, or it may not be shown to that viewer. */
  incidentShown(
    workspace: WorkspaceId,
    of: { readonly number: number; readonly viewer: Viewer },
  ): Promise<StoredIncident | null>;
  /** What a reading gathered; null where it is not kept any more. */
  evidence(workspace: WorkspaceId, snapshot: string): Promise<EvidenceInput | null>;
  /** The timestamps of our messages about an incident, by their keys. */
  postedMessages(
    workspace: WorkspaceId,
    channel: ChannelId,
    incident: IncidentId,
  ): Promise<ReadonlyMap<string, MessageTs>>;
}

export interface PostmortemChat {
  /** As others call them, also of who has left; null: nobody that Slack knows. */
  personName(user: UserId): Promise<string | null>;
  /** Deactivated, deleted or not known to Slack any more; false where it does not say. Rejects where it may say later. */
  hasLeft(user: UserId): Promise<boolean>;
  /** Where a message can be opened; null: it was deleted. Rejects where Slack does not say. */
  permalink(channel: ChannelId, ts: MessageTs): Promise<string | null>;
  /** Makes the canvas read so: the one that is known, else the one of that title there, else a new one. Rejects where Slack may do so later. */
  canvas(told: CanvasTold): Promise<CanvasGiven>;
}
