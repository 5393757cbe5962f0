/** What the workspace remembers: people, channels, messages and files, in Slack's own shapes where programs see them. */
import type { Block } from "./block-kit.ts";

export const teamId = "T0000LOCAL0";
export const appId = "A0HINDSIGHT";
export const botUserId = "U0HINDSIGHT";
export const botId = "B0HINDSIGHT";
const generalId = "C0000GENERL";

export interface User {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  /** The bot behind this user; absent for people. */
  readonly bot?: { readonly id: string; readonly appId: string };
  /** Of one channel, of several, or of another organisation; absent for full members. */
  readonly guest?: "single-channel" | "multi-channel" | "stranger";
}

interface Metadata {
  readonly event_type: string;
  readonly event_payload: Record<string, unknown>;
}

export interface SharedFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly filetype: string;
  readonly size: number;
  readonly created: number;
  readonly user: string;
  readonly mode: "hosted";
  readonly is_external: boolean;
  readonly url_private: string;
  readonly url_private_download: string;
  readonly permalink: string;
  readonly alt_txt?: string;
  /** Only of a canvas: the channels that it has a tab in. */
  readonly channels?: readonly string[];
}

/** A message as Slack's `conversations.history` gives it. */
export interface Message {
  readonly type: "message";
  readonly ts: string;
  text: string;
  readonly user?: string;
  readonly subtype?: string;
  /** Of a message that tells of one. */
  readonly topic?: string;
  readonly team?: string;
  readonly bot_id?: string;
  readonly app_id?: string;
  readonly bot_profile?: { readonly id: string; readonly app_id: string; readonly name: string };
  readonly client_msg_id?: string;
  readonly thread_ts?: string;
  readonly parent_user_id?: string;
  blocks?: readonly Block[];
  attachments?: readonly unknown[];
  metadata?: Metadata;
  edited?: { readonly user: string; readonly ts: string };
  files?: readonly SharedFile[];
  reactions?: { readonly name: string; users: string[]; count: number }[];
  reply_count?: number;
  reply_users_count?: number;
  reply_users?: string[];
  latest_reply?: string;
  pinned_to?: string[];
}

export interface Channel {
  readonly id: string;
  name: string;
  kind: "channel" | "group" | "im";
  /** With another organisation; absent: with none. */
  sharing?: "accepted" | "pending";
  readonly creator: string;
  /** Seconds since 1970. */
  readonly created: number;
  isArchived: boolean;
  topic: string;
  /** Who set it, and when in seconds since 1970; absent: nobody has. */
  topicSet?: { readonly by: string; readonly at: number };
  purpose: string;
  members: string[];
  /** Oldest first, replies among them. */
  messages: Message[];
  bookmarks: { readonly id: string; title: string; link: string }[];
}

export interface State {
  readonly version: 1;
  readonly users: User[];
  readonly channels: Channel[];
  readonly files: SharedFile[];
  /** The newest timestamp given out, in microseconds since 1970. */
  lastTsMicros: number;
  /** Newest timestamp that a person has seen in a channel, by `user channel`. */
  readonly seen: Record<string, string>;
}

/** Messages kept per channel; older ones are dropped. */
export const messagesMax = 5000;

const people: readonly User[] = [
  { id: "U00000000ANA", name: "ana", realName: "Ana" },
  { id: "U000000000BO", name: "bo", realName: "Bo" },
  { id: "U000000CHIDI", name: "chidi", realName: "Chidi" },
];

/** A workspace on its first day: three people and the bot in #general. */
export function freshState(at: Date): State {
  const bot: User = {
    id: botUserId,
    name: "hindsight",
    realName: "Hindsight",
    bot: { id: botId, appId },
  };
  const created = Math.floor(at.getTime() / 1000);
  return {
    version: 1,
    users: [...people, bot],
    channels: [
      {
        id: generalId,
        name: "general",
        kind: "channel",
        creator: "U00000000ANA",
        created,
        isArchived: false,
        topic: "",
        purpose: "Everyone",
        members: [...people.map((person) => person.id), botUserId],
        messages: [],
        bookmarks: [],
      },
    ],
    files: [],
    lastTsMicros: 0,
    seen: {},
  };
}
