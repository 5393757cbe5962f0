/** What the local workspace is told when it opens. */

export interface LocalWorkspaceOptions {
  /** Where events, commands and interactions are POSTed, signed as Slack signs. */
  readonly eventsUrl: string;
  readonly signingSecret: string;
  readonly botToken: string;
  /** With it `apps.connections.open` answers and events go over Socket Mode instead of HTTP. */
  readonly appToken?: string;
  /** Further bots that may call the Web API, each with its own token. */
  readonly apps?: readonly { readonly name: string; readonly token: string }[];
  /** Address of the page, such as `http://127.0.0.1:3000/local`; the Web API is at `${publicUrl}/api/`. */
  readonly publicUrl: string;
  /** JSON file that keeps channels and messages over a restart; absent: memory only. */
  readonly stateFile?: string;
  readonly now?: () => Date;
  readonly commands?: readonly CommandHint[];
  /** Waits before the second, third and fourth try of an event, in milliseconds. */
  readonly retryDelaysMs?: readonly number[];
  /** How long the app may take to answer an event, a command or an interaction; Slack's 3,000 by default. */
  readonly answerWithinMs?: number;
  /** Posts per second and channel above which `chat.postMessage` answers 429; absent: no limit. */
  readonly postsPerSecond?: number;
  readonly plays?: Plays;
}

export interface CommandHint {
  readonly command: string;
  readonly description: string;
  readonly usageHint: string;
}

/** Recorded incidents that the page can start; the program that plays them hands these in. */
export interface Plays {
  readonly list: () => Promise<PlayList> | PlayList;
  start(id: string, speed: 1 | 10): Promise<{ readonly channel: string }>;
}

interface PlayList {
  readonly plays: readonly {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    readonly symptom: string;
    readonly durationMinutes: number;
  }[];
  readonly playing: readonly {
    readonly channel: string;
    readonly id: string;
    readonly speed: number;
    readonly phase: string;
  }[];
}
