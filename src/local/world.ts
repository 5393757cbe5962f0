/** The one context that every deed of the workspace is handed: its state, its clock and its way to the app. */
import type { ViewInput } from "./block-kit.ts";
import type { Faults } from "./faults.ts";
import type { Feed } from "./feed.ts";
import type { LocalWorkspaceOptions } from "./options.ts";
import type { Message, State, User } from "./state.ts";

export interface World {
  readonly options: LocalWorkspaceOptions;
  readonly state: State;
  readonly session: Session;
  readonly feed: Feed;
  readonly faults: Faults;
  readonly files: FileContents;
  readonly now: () => Date;
  readonly ts: () => string;
  /** Hands an event to the app; does not wait. */
  readonly emit: (event: SlackEvent) => void;
  /** Hands a command or an interaction to the app and waits for its answer. */
  readonly ask: (question: Question) => Promise<Answer>;
}

export type SlackEvent = { readonly type: string; readonly event_ts?: string } & Record<
  string,
  unknown
>;

type Question =
  | { readonly kind: "interactive"; readonly payload: Record<string, unknown> }
  | { readonly kind: "slash_commands"; readonly payload: Record<string, unknown> };

export type Answer =
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly body: unknown;
      readonly noRetry?: boolean;
    }
  | { readonly outcome: "timeout" | "connection_failed" };

export interface FileContents {
  readonly read: (id: string) => Promise<Uint8Array | undefined>;
  readonly write: (id: string, content: Uint8Array) => Promise<void>;
}

/** What a restart forgets: ephemeral messages, modals, trigger ids, response addresses and the log of calls. */
export interface Session {
  readonly ephemerals: { readonly channel: string; readonly user: string; message: Message }[];
  /** Open modals of each person, the topmost last. */
  readonly views: Map<string, View[]>;
  readonly triggers: Map<string, { readonly user: string; readonly at: Date; isUsed: boolean }>;
  readonly responses: Map<string, ResponseAddress>;
  readonly calls: Call[];
  readonly deliveries: Delivery[];
  readonly uploads: Map<
    string,
    { readonly id: string; readonly name: string; readonly altText?: string; readonly by: User }
  >;
  readonly posts: Map<string, number[]>;
}

export interface View extends ViewInput {
  readonly id: string;
  readonly hash: string;
  readonly openedFor: string;
  readonly rootId: string;
  readonly previousId: string | null;
  /** Problems by block id, as the app answered the last submission. */
  errors?: Readonly<Record<string, string>>;
}

export interface ResponseAddress {
  readonly channel: string;
  readonly user: string;
  /** The message whose button was clicked; absent for commands. */
  readonly source?: { readonly ts: string; readonly isEphemeral: boolean };
  readonly threadTs?: string;
  readonly at: Date;
  uses: number;
}

/** One Web API call as it was received, and what was answered. */
export interface Call {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly at: Date;
  readonly result: Readonly<Record<string, unknown>>;
}

/** One event on its way to the app. */
export interface Delivery {
  readonly eventId: string;
  readonly event: SlackEvent;
  readonly envelope: Readonly<Record<string, unknown>>;
  readonly attempts: Answer[];
  state: "under way" | "delivered" | "given up";
}

/** Entries kept in each log of a session. */
const logMax = 20_000;

export function freshSession(): Session {
  return {
    ephemerals: [],
    views: new Map(),
    triggers: new Map(),
    responses: new Map(),
    calls: [],
    deliveries: [],
    uploads: new Map(),
    posts: new Map(),
  };
}

/** Ephemeral messages kept, all people's together. */
const whispersMax = 1000;

/** Shows a message to one person only. */
export function whisper(world: World, channel: string, user: string, message: Message): void {
  const { ephemerals } = world.session;
  ephemerals.push({ channel, user, message });
  if (ephemerals.length > whispersMax) ephemerals.shift();
  world.feed.changed();
}

/** Appends to a log and drops its oldest entries beyond `logMax`. */
export function keep<T>(log: T[], entry: T): void {
  log.push(entry);
  if (log.length > logMax) log.splice(0, log.length - logMax);
}
