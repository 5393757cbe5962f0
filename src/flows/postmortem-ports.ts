/** What a postmortem needs of the database and of Slack beyond what an incident does. */

import type { EvidenceInput } from "../evidence/input.ts";
import type { ChannelId, IncidentId, MessageTs, UserId, WorkspaceId } from "../vocabulary.ts";

export interface PostmortemStore {
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
  /** Where a message can be opened; null: it was deleted. Rejects where Slack does not say. */
  permalink(channel: ChannelId, ts: MessageTs): Promise<string | null>;
}
