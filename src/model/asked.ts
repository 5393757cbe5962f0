/** What a language model is asked, and what it answers, or why it does not. */

import type { IncidentId } from "../vocabulary.ts";
import type { AwayBecause } from "./away.ts";

/** What for; counted apart. `check`: the doctor's question. */
export type ModelPurpose = "incident" | "question" | "thread" | "postmortem" | "check";

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it: anything may stand in it. */
  readonly arguments: string;
}

/** What tools gave stands among the data of the next request. */
export interface ModelMessage {
  readonly role: "system" | "user";
  readonly text: string;
}

export interface ModelTool {
  readonly name: string;
  readonly description: string;
  /** JSON schema of its arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ModelRequest {
  readonly purpose: ModelPurpose;
  /** Whose secrets are numbered together, and whose tokens are used; null: of none. */
  readonly incident: IncidentId | null;
  readonly messages: readonly ModelMessage[];
  readonly tools?: readonly ModelTool[];
  /** Of the answer. */
  readonly tokensMax: number;
  /**
   * How often it may be tried where a try that gave nothing was paid for; once by default. What a server refuses costs
   * nothing and is tried again beside it.
   */
  readonly paidTriesMax?: number;
  /** Of all that is sent, what the server refuses as well; no further try goes beyond it. Without a limit by default. */
  readonly sentTokensMax?: number;
  /** The answer has to be a JSON object; the messages have to say so too. */
  readonly isJson?: boolean;
}

export interface TokensUsed {
  readonly in: number;
  readonly out: number;
}

export type ModelAnswer =
  | {
      readonly kind: "reply";
      /** "" where it only calls tools. */
      readonly text: string;
      readonly calls: readonly ToolCall[];
      /** Of all tries, as below. */
      readonly tokens: TokensUsed;
      readonly sentTokens?: number;
    }
  | {
      readonly kind: "away";
      readonly because: AwayBecause;
      /** What the server said, for the log and the doctor; "" where it said nothing. */
      readonly detail: string;
      /** What may have to be paid for, as the server told or else as it is estimated; null: nothing. */
      readonly tokens: TokensUsed | null;
      /** What all tries sent, as it is estimated, whether or not it is paid for; where it is not told, one try did. */
      readonly sentTokens?: number;
    };
