/** What the flows need of a language model: somebody to ask, and the book of what was asked and used. */

import type { ModelAnswer, ModelPurpose, ModelRequest, TokensUsed } from "../model/asked.ts";
import type { AwayBecause, Ceiling } from "../model/away.ts";
import type { ChannelId, IncidentId, MessageTs, UserId, WorkspaceId } from "../vocabulary.ts";

export interface ModelLimits {
  /** Tokens in and out together, of one incident and of one day in UTC. */
  readonly tokensMaxIncident: number;
  readonly tokensMaxDay: number;
  /** Of the same two, in the currency of the prices; null: no ceiling in money. */
  readonly costMaxIncident: number | null;
  readonly costMaxDay: number | null;
  /** Per million tokens; null: not told. */
  readonly prices: { readonly in: number; readonly out: number } | null;
}

/** Asked through `askModel` alone, which keeps the book. */
export interface Model {
  readonly name: string;
  /** Of its server, as people are told it. */
  readonly host: string;
  readonly limits: ModelLimits;
  /** Functions may be offered to it. */
  readonly takesTools: boolean;
  /** Without secrets, as it is sent for that incident; before a text is cut, for half a secret is not recognised. */
  clean(incident: IncidentId | null, text: string): string;
  /** Never rejects, and takes at most 25 s; strikes out secrets before anything leaves. */
  ask(request: ModelRequest): Promise<ModelAnswer>;
}

/** What the model makes of a reading that is posted, and of the list of steps that goes with it. */
export interface ModelJob {
  readonly kind: "ask-model";
  readonly channel: ChannelId;
  readonly incident: IncidentId;
  readonly snapshot: string;
  readonly list: number;
}

/** A question in the thread that goes to the model. */
export interface QuestionJob {
  readonly kind: "answer-question";
  readonly channel: ChannelId;
  readonly incident: IncidentId;
  /** Of the message that asks. */
  readonly ts: MessageTs;
  readonly threadTs: MessageTs | null;
  readonly user: UserId;
  readonly text: string;
  /** Without the model it would be answered by the steps of the incident, and is where the model gives no answer. */
  readonly isOfTrouble: boolean;
}

export interface ModelCall {
  /** The same id again is the same call. */
  readonly id: string;
  readonly incident: IncidentId | null;
  readonly purpose: ModelPurpose;
  readonly model: string;
  readonly at: Date;
  /** The most that it may use; counts until it has ended. */
  readonly tokens: TokensUsed;
  /** Of these, in the currency of the prices; null: these are not told. */
  readonly cost: number | null;
}

export interface ModelCallEnd {
  readonly ended: "reply" | AwayBecause;
  readonly tokens: TokensUsed;
  /** In the currency of the prices; null: these are not told. */
  readonly cost: number | null;
  readonly seconds: number;
}

/** A call that was lost with its program counts as the most that it may have used. */
export interface ModelSpent {
  /** Tokens in and out together. */
  readonly incident: number;
  /** Since midnight in UTC, by all incidents. */
  readonly today: number;
  /** Of the same, as far as prices were told, in their currency. */
  readonly cost: number;
  readonly costToday: number;
}

export type Begun = "begun" | "begun-before" | Ceiling;

export interface ModelBook {
  /** Writes a call down before it is made; or says why it may not be made, with what is under way at its most. */
  beginCall(workspace: WorkspaceId, call: ModelCall, limits: ModelLimits): Promise<Begun>;
  endCall(workspace: WorkspaceId, id: string, end: ModelCallEnd): Promise<void>;
  /** Without what is under way at that time: most of it will be given back. */
  modelSpent(
    workspace: WorkspaceId,
    of: { readonly incident: IncidentId | null; readonly at: Date },
  ): Promise<ModelSpent>;
}
