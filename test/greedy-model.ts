/** A model that calls tools for ever and uses as many tokens as it may, and what its server was sent for that. */

import { z } from "zod";
import { tokensAsked } from "../src/model/tokens.ts";
import type { AskedModel, Said } from "./model-server.ts";

/** What one question may use in all its rounds together. */
export const questionBudget = { in: 6_000, out: 600 };

const Tool = z.object({
  function: z.object({
    name: z.string(),
    description: z.string(),
    parameters: z.record(z.string(), z.unknown()),
  }),
});

/** As the product counts them, of what was really sent. */
export function sentTokens({ messages, tools = [] }: AskedModel): number {
  return tokensAsked({
    messages: messages.map(({ content }) => ({ role: "user", text: content ?? "" }) as const),
    tools: tools.map((tool) => Tool.parse(tool).function),
  });
}

/** That it was told to keep within. */
export function answerTokensMax(asked: AskedModel): number {
  return Number(asked["max_tokens"]);
}

/** Another window of time at each call. */
export function greedy(asked: AskedModel, before: number): Said {
  const given = { service: "checkout", metric: "p99", minutes: 10 + before };
  return {
    calls: [{ name: "read_metric", arguments: JSON.stringify(given) }],
    finish: "tool_calls",
    usage: { prompt_tokens: sentTokens(asked), completion_tokens: answerTokensMax(asked) },
  };
}
