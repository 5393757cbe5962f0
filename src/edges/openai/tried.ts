/** One ask of a model with its tries: again where it may go better, written otherwise where a server refuses the shape, and what all of them used. */

import { setTimeout as pause } from "node:timers/promises";
import type { ModelAnswer, ModelRequest, TokensUsed } from "../../model/asked.ts";
import { tokensAsked } from "../../model/tokens.ts";
import { withinSignal } from "../outgoing.ts";
import type { Breaker } from "./breaker.ts";
import { replyOf, tokensOf, type Served, type Unfit } from "./completion.ts";
import { failureOf, refusalIn } from "./failure.ts";

const triesMax = 3;

/** Gives the response once its head is there, and throws what the server refuses. */
export type Send = (
  request: ModelRequest,
  served: Served,
  signal: AbortSignal,
) => Promise<Response>;

/** What the server was found to take, kept while the program runs. */
export interface Shape {
  served: Served;
}

interface Asking {
  readonly send: Send;
  readonly breaker: Breaker;
  readonly shape: Shape;
  readonly now: () => number;
  /** When the ask has to have ended, by `now`. */
  readonly endsAt: number;
  readonly signal: AbortSignal;
}

/** Takes as long as `endsAt` and the signal let it. */
export async function tried(asking: Asking, request: ModelRequest): Promise<ModelAnswer> {
  const { breaker, shape, endsAt, now } = asking;
  const known = shape.served;
  let served = known;
  const paid: TokensUsed[] = [];
  const eachTokens = tokensAsked(request);
  let sentTokens = 0;
  for (let tries = 1; ;) {
    // oxlint-disable-next-line no-await-in-loop -- each try follows from what became of the one before
    const outcome = await once(asking, request, served);
    sentTokens += eachTokens;
    const isAnswer = "kind" in outcome || outcome.isAnswer;
    if (isAnswer) shape.served = served;
    if (outcome.tokens !== null) paid.push(outcome.tokens);
    if ("kind" in outcome) {
      breaker.heard(true);
      return { ...outcome, tokens: sumOf(paid), sentTokens };
    }
    const mayAgain = sentTokens + eachTokens <= (request.sentTokensMax ?? Infinity);
    const other =
      outcome.isOfShape && mayAgain ? otherShape({ served, known }, request, outcome.detail) : null;
    if (other !== null) {
      served = other;
      continue;
    }
    const waitMs = outcome.againAfterMs;
    const isLate = waitMs !== null && now() + waitMs >= endsAt;
    const mayPay = paid.length < (request.paidTriesMax ?? 1);
    if (waitMs !== null && !isLate && mayPay && mayAgain && tries < triesMax) {
      tries += 1;
      // oxlint-disable-next-line no-await-in-loop -- as above
      await pause(waitMs, undefined, { signal: asking.signal }).catch(() => undefined);
      continue;
    }
    breaker.heard(isServerWell(outcome), isLate ? waitMs : 0);
    return away({ ...outcome, tokens: paid.length === 0 ? null : sumOf(paid) }, sentTokens);
  }
}

function sumOf(all: readonly TokensUsed[]): TokensUsed {
  return all.reduce((sum, each) => ({ in: sum.in + each.in, out: sum.out + each.out }), {
    in: 0,
    out: 0,
  });
}

/** What it answered, or did not want to answer, says nothing against the server. */
function isServerWell({ isAnswer, because }: Unfit): boolean {
  return isAnswer || ["too-long", "refused", "no-tools"].includes(because);
}

async function once(
  { send, signal, now }: Asking,
  request: ModelRequest,
  served: Served,
): Promise<Extract<ModelAnswer, { kind: "reply" }> | Unfit> {
  let arrived = "";
  try {
    const response = await send(request, served, signal);
    const read = (part: string) => void (arrived += part);
    await withinSignal(signal, readAll(response, read));
    const { headers } = response;
    const isJson = headers.get("content-type")?.includes("json") === true;
    // Some servers send it as plain text.
    const answer: unknown = isJson || /^\s*\{/.test(arrived) ? JSON.parse(arrived) : arrived;
    const refusal = refusalIn(answer, headers);
    if (refusal !== null) throw refusal;
    return replyOf(answer, request);
  } catch (error) {
    const failed = failureOf(error, { now: now(), hasTools: (request.tools ?? []).length > 0 });
    const tokens = failed.isPaid ? tokensOf(arrived, request) : null;
    return { ...failed, tokens, isAnswer: false };
  }
}

/** `hear` has what arrived before it broke off. */
async function readAll({ body }: Response, hear: (part: string) => void): Promise<void> {
  if (body === null) return;
  for await (const part of body.pipeThrough(new TextDecoderStream())) hear(part);
}

/** Another way to write the same, where this server has refused one; null: all that apply were tried. */
function otherShape(
  { served, known }: { readonly served: Served; readonly known: Served },
  { isJson = false }: ModelRequest,
  detail: string,
): Served | null {
  if (/max_(completion_)?tokens/.test(detail) && served.limit === known.limit) {
    const limit = served.limit === "max_tokens" ? "max_completion_tokens" : "max_tokens";
    return { ...served, limit };
  }
  return isJson && served.hasJsonFormat ? { ...served, hasJsonFormat: false } : null;
}

function away(
  { because, detail, tokens }: Pick<Unfit, "because" | "detail" | "tokens">,
  sentTokens: number,
) {
  return { kind: "away", because, detail, tokens, sentTokens } as const;
}
