/** What is heard of Slack, in the flows' words; one flow an event. */

import type { KeptMessage } from "../../flows/chat.ts";

/** Who did what where; `job` is the id of the event's row in the queue. */
interface Heard {
  readonly job: string;
}

export interface Listeners {
  channelSeen(event: Heard & { channel: string }): Promise<void>;
  /** It was archived, shared, made private, or the other way; what it is by now is for Slack to say. */
  channelChanged(event: Heard & { channel: string }): Promise<void>;
  channelDeleted(event: Heard & { channel: string }): Promise<void>;
  invited(event: Heard & { channel: string; by: string | null }): Promise<void>;
  /** Somebody else came into a channel. */
  joined(event: Heard & { channel: string; user: string }): Promise<void>;
  mentioned(
    event: Heard & {
      channel: string;
      ts: string;
      threadTs: string | null;
      user: string;
      text: string;
    },
  ): Promise<void>;
  /** Somebody shared files, in a channel or a thread. */
  filesShared(
    event: Heard & {
      channel: string;
      ts: string;
      threadTs: string | null;
      user: string;
      text: string;
      files: readonly string[];
    },
  ): Promise<void>;
  /** Somebody, or a tool, set a channel's topic. */
  topicSet(
    event: Heard & { channel: string; ts: string; user: string; topic: string },
  ): Promise<void>;
  /** Somebody said something in a channel without a mention. */
  said(event: Heard & { channel: string; ts: string; user: string; text: string }): Promise<void>;
  /** A message of a channel stands there so: anybody's, posted or edited. */
  messageStands(event: KeptMessage & { channel: string }): Promise<void>;
  messageGone(event: { channel: string; ts: string }): Promise<void>;
  reacted(
    event: Heard & { channel: string; ts: string; user: string; name: string; isAdded: boolean },
  ): Promise<void>;
  /** A message of our own came back: the outbox row that it was posted for. */
  ownMessage(event: { channel: string; ts: string; metadata: object }): Promise<void>;
  clicked(
    event: Heard & {
      channel: string;
      user: string;
      /** The thread that its message is in; null in the channel itself. */
      threadTs: string | null;
      actionId: string;
      value: string;
      responseUrl: string | null;
      triggerId: string | null;
    },
  ): Promise<void>;
  commanded(
    event: Heard & {
      channel: string;
      user: string;
      command: string;
      text: string;
      responseUrl: string | null;
      triggerId: string | null;
    },
  ): Promise<void>;
  submitted(
    event: Heard & {
      user: string;
      callbackId: string;
      about: string;
      values: Readonly<Record<string, string>>;
    },
  ): Promise<void>;
}
