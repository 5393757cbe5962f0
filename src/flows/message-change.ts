/** What is written of the messages of incidents' channels, and how their history is read on. */

import type { ChannelId, IncidentId, MessageTs, UserId } from "../vocabulary.ts";
import type { KeptMessage } from "./chat.ts";

/** What is known of one channel's messages now. */
export interface MessageChange {
  readonly channel: ChannelId;
  /** Kept from here on, in their newest wording; what is gone stays so. */
  readonly said?: readonly KeptMessage[];
  /** Only where they are kept already. */
  readonly edited?: readonly KeptMessage[];
  readonly gone?: readonly MessageTs[] | "all";
  /** The history was read without a gap to here. */
  readonly readTo?: MessageTs;
}

/** One page of a channel's history, newest first, then the threads that it names. */
export interface HistoryJob {
  readonly kind: "read-history";
  readonly channel: ChannelId;
  readonly incident: IncidentId;
  /** Only what is newer is read. */
  readonly after: MessageTs;
  /** Only what is older; null: from the newest on. */
  readonly before: MessageTs | null;
  /** The channel itself was read; now its threads are. */
  readonly isBack: boolean;
  readonly threads: readonly ThreadToRead[];
  /** The newest that was seen; null: nothing yet. */
  readonly newest: MessageTs | null;
  /** How many were stored. */
  readonly stored: number;
  /** How often it was put off since the last page. */
  readonly waits: number;
  /** Mentions that nobody heard and that are not answered; absent: none so far. */
  readonly missed?: readonly Missed[];
}

export interface Missed {
  readonly ts: MessageTs;
  readonly user: UserId;
}

export interface ThreadToRead {
  readonly ts: MessageTs;
  readonly after: MessageTs;
}
