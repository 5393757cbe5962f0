/** What a test can do in the workspace without a browser: people's deeds, and looking at what came of them. */
import type { NewChannel } from "./channels.ts";
import type { Channel, Message, User } from "./state.ts";
import type { FilledIn } from "./view-values.ts";
import type { Answer, Call, Delivery, View } from "./world.ts";

export interface Driver {
  readonly users: readonly User[];
  /** Somebody who is no full member; gives their id. */
  readonly addGuest: (name: string, guest: NonNullable<User["guest"]>) => string;
  readonly channels: () => readonly Channel[];
  /** A channel by id or name; throws when there is none. */
  readonly channel: (idOrName: string) => Channel;
  readonly createChannel: (input: NewChannel) => Channel;
  readonly rename: (channel: string, name: string, by?: string) => void;
  readonly setTopic: (channel: string, topic: string, by: string) => void;
  readonly archive: (channel: string, by?: string) => void;
  readonly deleteChannel: (channel: string) => void;
  readonly makePrivate: (channel: string, by?: string) => void;
  /** With another organisation. */
  readonly share: (channel: string, sharing: "accepted" | "pending") => void;
  readonly invite: (channel: string, user: string, by?: string) => void;
  readonly join: (channel: string, user: string) => void;
  readonly leave: (channel: string, user: string) => void;
  /** Posts as a person, who joins first if need be; `text` is mrkdwn as Slack stores it (`<@U…> hello`). */
  readonly say: (input: {
    channel: string;
    user: string;
    text: string;
    threadTs?: string;
  }) => string;
  /** Shares a file as a person, who joins first if need be; gives the message's timestamp. */
  readonly shareFile: (input: {
    channel: string;
    user: string;
    name: string;
    content: Uint8Array;
    text?: string;
    threadTs?: string;
  }) => Promise<string>;
  readonly editMessage: (input: { channel: string; ts: string; text: string }) => void;
  readonly deleteMessage: (channel: string, ts: string) => void;
  readonly react: (input: Reacting) => void;
  readonly unreact: (input: Reacting) => void;
  /** Presses a button or chooses an option, on a message (`channel`, `ts`) or in the person's open modal. */
  readonly click: (input: ClickInput) => Promise<Answer>;
  /** Runs a slash command; resolves with the body of the app's response, undefined when empty. */
  readonly command: (input: {
    user: string;
    channel: string;
    command: string;
    text?: string;
  }) => Promise<unknown>;
  /** Submits a modal; values by block id, inputs left out keep their initial value. Resolves with the response's body. */
  readonly submit: (input: { user: string; viewId?: string; values: FilledIn }) => Promise<unknown>;
  readonly closeModal: (user: string) => void;
  /** Messages of the channel itself, oldest first. */
  readonly messages: (channel: string) => readonly Message[];
  /** A thread: its first message and the replies, oldest first. */
  readonly replies: (channel: string, ts: string) => readonly Message[];
  readonly ephemerals: (channel: string, user: string) => readonly Message[];
  /** The modal before this person, the topmost one. */
  readonly modalOf: (user: string) => View | undefined;
  /** Every Web API call received, oldest first. */
  readonly calls: (method?: string) => readonly Call[];
  /** Every event handed to the app, oldest first. */
  readonly deliveries: (type?: string) => readonly Delivery[];
}

interface Reacting {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly name: string;
}

export interface ClickInput {
  readonly user: string;
  readonly channel?: string;
  readonly ts?: string;
  readonly actionId: string;
  readonly blockId?: string;
  readonly value?: string;
}
