/** The chat as the flows need it: what is read of it, and the few acts that cannot wait for the outbox. */

import type { ReadLine } from "../log-line.ts";
import type { MessageBody } from "../message/body.ts";
import type { ChannelId, MessageTs, UserId } from "../vocabulary.ts";
import type { ChannelRow } from "./change.ts";
import type { PostmortemChat } from "./postmortem-ports.ts";

export interface ChatMessage {
  readonly ts: MessageTs;
  readonly user: UserId | null;
  readonly isBot: boolean;
  readonly text: string;
}

/** A message as it is stored: its secrets are struck out. */
export interface KeptMessage extends ChatMessage {
  /** Of the first message of its thread; null: it stands in the channel itself. */
  readonly threadTs: MessageTs | null;
  /** When it was edited last; null: never. */
  readonly editedTs: MessageTs | null;
  /** The name under which a program posted it; absent: a person did, or Slack does not say. */
  readonly sender?: string;
}

export interface HistorySpan {
  /** Only what is newer; of a channel left out, so that older threads with new answers are seen too. */
  readonly after: MessageTs | null;
  /** Only what is older; null: from the newest on. */
  readonly before: MessageTs | null;
  /** The thread by its first message; null: the channel itself. */
  readonly thread: MessageTs | null;
}

/** A message of the history as it was typed; `lastReplyTs` of its thread, where it has one. */
export type HistoryMessage = KeptMessage & { readonly lastReplyTs: MessageTs | null };

export type HistoryPage =
  /** At most 100, newest first in a channel and oldest first in a thread; Slack may give fewer a page. */
  | {
      readonly kind: "read";
      /** Without what is no saying, such as a join. */
      readonly messages: readonly HistoryMessage[];
      /** Of the page's first and last, whatever they are; null: it is empty. */
      readonly firstTs: MessageTs | null;
      readonly lastTs: MessageTs | null;
      readonly hasMore: boolean;
    }
  /** Nothing there is for us to see; the bot may not be in it yet. */
  | { readonly kind: "unseen" }
  /** Slack wants to be asked again after so long. */
  | { readonly kind: "later"; readonly afterMs: number };

/** What a shared file holds, or why it is not read; of some files Slack does not tell the name. */
export type SharedFile =
  | {
      readonly kind: "log";
      readonly name: string;
      readonly lines: readonly ReadLine[];
      /** What was not read of it, in words. */
      readonly leftOut: readonly string[];
    }
  | {
      readonly kind: "unreadable";
      readonly name?: string | undefined;
      readonly because: "not-text" | "not-shown" | "no-permission" | "no-log";
    }
  /** Deleted, a picture, or kept elsewhere: nothing is to be said of it. */
  | { readonly kind: "none" };

/** What became of a form: it is open, Slack said no, or its answer was lost and it may be open. */
export type Opening = "open" | "refused" | "unclear";

export interface ChannelTopic {
  readonly text: string;
  readonly by: UserId;
  readonly at: Date;
}

/** What is read of the chat, and the few acts that cannot wait for the outbox. */
export interface Chat extends PostmortemChat {
  /** null: no such channel, or not visible to the bot. */
  channel(id: ChannelId): Promise<ChannelRow | null>;
  /** "#alerts", "alerts" or an id; null: none that the bot can see. */
  channelNamed(name: string): Promise<ChannelRow | null>;
  /** A public one of that name, made by us now or before; null: Slack does not let us. Rejects where it may do so later. */
  createChannel(name: string): Promise<ChannelRow | null>;
  isMember(channel: ChannelId, user: UserId): Promise<boolean>;
  /** The only one of that name; null: nobody, several, or Slack does not say. */
  personNamed(name: string): Promise<UserId | null>;
  /** null: it has none, or Slack does not say. */
  topic(channel: ChannelId): Promise<ChannelTopic | null>;
  /** False of a bot, of who is gone, and where Slack does not let us know. */
  isPerson(user: UserId): Promise<boolean>;
  /** The channel of the direct messages with this person; null where Slack opens none. */
  directMessage(user: UserId): Promise<ChannelId | null>;
  /** Newest last; at most 100, of the channel or of one of its threads. Rejects as Metrics does. */
  recentMessages(channel: ChannelId, threadTs: MessageTs | null): Promise<ChatMessage[]>;
  /** One page of what was said. Rejects as Metrics does. */
  history(channel: ChannelId, span: HistorySpan): Promise<HistoryPage>;
  /** A shared file as it is now, by Slack's id. Rejects as Metrics does. */
  file(id: string): Promise<SharedFile>;
  /** A trigger lives three seconds, so this cannot wait. */
  openModal(triggerId: string, view: Readonly<Record<string, unknown>>): Promise<Opening>;
  /** Answers a command or a click in place, to its author alone; at most once. */
  respond(responseUrl: string, body: MessageBody): Promise<void>;
}
