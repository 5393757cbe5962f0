/** Chat completions: a request as it is written for the server, and its answer as a reply or a failure. */

import type OpenAI from "openai";
import { z } from "zod";
import type { ModelAnswer, ModelRequest, TokensUsed } from "../../model/asked.ts";
import { tokensAsked, tokensIn } from "../../model/tokens.ts";
import { failure, type Failure } from "./failure.ts";

type Reply = Extract<ModelAnswer, { kind: "reply" }>;
type Body = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;

/** What this server takes; learned from what it refuses. */
export interface Served {
  readonly limit: "max_tokens" | "max_completion_tokens";
  readonly hasJsonFormat: boolean;
}

/** An answer of so many tokens as are asked for is far shorter. */
const textCharsMax = 40_000;
const callsMax = 16;
const tokensSane = 10_000_000;

export function bodyOf(model: string, request: ModelRequest, served: Served): Body {
  const { messages, tools = [], tokensMax, isJson = false } = request;
  return {
    model,
    messages: messages.map(({ role, text }) => ({ role, content: text })),
    [served.limit]: tokensMax,
    ...(isJson && served.hasJsonFormat ? { response_format: { type: "json_object" } } : {}),
    ...(tools.length === 0
      ? {}
      : { tools: tools.map((tool) => ({ type: "function", function: { ...tool } })) }),
  };
}

const count = z.number().int().min(0).max(tokensSane);
const counted = count.nullish().catch(null);

/** As it should be, or in parts. */
const Content = z.union([
  z.string(),
  z
    .array(z.looseObject({ text: z.string().nullish() }))
    .transform((parts) => parts.map(({ text }) => text ?? "").join("")),
]);
/** JSON as it should be, or the value itself. */
const Arguments = z.union([
  z.string(),
  z.record(z.string(), z.unknown()).transform((given) => JSON.stringify(given)),
]);

const Completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          content: Content.nullish(),
          refusal: z.string().nullish(),
          tool_calls: z
            .array(
              z.object({
                id: z.string().nullish(),
                function: z.object({ name: z.string(), arguments: Arguments.nullish() }),
              }),
            )
            .nullish(),
        }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: counted, completion_tokens: counted }).nullish().catch(null),
});

/** Where the server does not tell what was used, or tells of nothing though text was sent or came, it is estimated. */
export function replyOf(completion: unknown, request: ModelRequest): Reply | Unfit {
  const parsed = Completion.safeParse(completion);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || choice === undefined) {
    const arrived = typeof completion === "string" ? completion : JSON.stringify(completion);
    const tokens = tokensOf(arrived, request);
    return { ...failure("failed", "not what chat completions answer"), tokens, isAnswer: false };
  }
  const { message, finish_reason: finish } = choice;
  const text = (message.content ?? "").trim();
  const calls = (message.tool_calls ?? []).map(({ id, function: called }, index) => ({
    id: id ?? `call_${index}`,
    name: called.name,
    arguments: called.arguments ?? "{}",
  }));
  const { usage } = parsed.data;
  const told = [text, message.refusal ?? "", ...calls.flatMap((each) => Object.values(each))];
  const out = told.reduce((sum, each) => sum + tokensIn(each.slice(0, textCharsMax)), 0);
  const tokens = {
    in: usage?.prompt_tokens || tokensAsked(request),
    // What it thought before it was cut is not in the answer.
    out: usage?.completion_tokens || (finish === "length" ? Math.max(out, request.tokensMax) : out),
  };
  const unfit = (because: Failure["because"], detail: string) => {
    return { ...failure(because, detail), tokens, isAnswer: true };
  };
  if (message.refusal || finish === "content_filter") {
    return unfit("refused", (message.refusal ?? "").slice(0, 160));
  }
  const chars = text.length + calls.reduce((sum, call) => sum + call.arguments.length, 0);
  if (chars > textCharsMax || calls.length > callsMax) {
    return unfit("senseless", `${chars} characters and ${calls.length} calls`);
  }
  if (finish === "length") return unfit("cut", `${tokens.out} tokens`);
  if (text === "" && calls.length === 0) return unfit("empty", "");
  return { kind: "reply", text, calls, tokens };
}

/**
 * Of an answer that could not be read, by what of it had arrived: as it tells itself, or else as it is estimated, no
 * more than the server was asked for.
 */
export function tokensOf(arrived: string, request: ModelRequest): TokensUsed {
  const told = (name: string): number | null => {
    const all = [...arrived.matchAll(new RegExp(`"${name}"\\s*:\\s*(\\d{1,8})\\b`, "g"))];
    const number = count.safeParse(Number(all.at(-1)?.[1]));
    return number.success ? number.data : null;
  };
  const out = Math.min(tokensIn(arrived.slice(0, textCharsMax)), request.tokensMax);
  return {
    in: told("prompt_tokens") || tokensAsked(request),
    out: told("completion_tokens") || out,
  };
}

/** It gave no reply; `tokens`: what may have to be paid for, null: nothing. */
export type Unfit = Failure & {
  readonly tokens: TokensUsed | null;
  /** It answered as chat completions do, so that nothing speaks against the server. */
  readonly isAnswer: boolean;
};
