/** A server with the chat completions API on the loopback, which answers as a test tells it to. */

import { z } from "zod";
import { json, startOddServer, type Behave } from "./edges/odd-server.ts";

const Asked = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string().nullish() })),
  response_format: z.unknown().optional(),
  tools: z.array(z.unknown()).optional(),
});

export type AskedModel = z.infer<typeof Asked> & {
  readonly authorization: string | undefined;
  /** The body as it came. */
  readonly sent: string;
};

/** What it says, or how it behaves instead. */
export type Said =
  | string
  | {
      readonly text?: string | null;
      readonly finish?: string;
      readonly refusal?: string;
      readonly calls?: readonly { readonly name: string; readonly arguments: string }[];
      readonly usage?: unknown;
    }
  | Behave;

export interface ModelServer extends AsyncDisposable {
  /** For OPENAI_BASE_URL. */
  readonly url: string;
  readonly asked: readonly AskedModel[];
}

/** `say` hears what was asked, and how often before. */
export async function startModelServer(
  say: (asked: AskedModel, before: number) => Said,
): Promise<ModelServer> {
  const asked: AskedModel[] = [];
  const server = await startOddServer((request, response) => {
    if (request.path !== "/v1/chat/completions") return json(response, { error: "no" }, 404);
    const { authorization } = request.headers;
    const one = { ...Asked.parse(JSON.parse(request.body)), authorization, sent: request.body };
    asked.push(one);
    const said = say(one, asked.length - 1);
    if (typeof said === "function") return said(request, response);
    return json(response, completion(typeof said === "string" ? { text: said } : said));
  });
  return {
    url: `${server.url}/v1`,
    asked,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function completion(said: Exclude<Said, string | Behave>) {
  const { text = null, refusal = null, calls = [], finish = "stop" } = said;
  const usage = "usage" in said ? said.usage : { prompt_tokens: 1_200, completion_tokens: 40 };
  const called = calls.map((call, index) => ({
    id: `call_${index}`,
    type: "function",
    function: call,
  }));
  const message = {
    role: "assistant",
    content: text,
    refusal,
    ...(called.length === 0 ? {} : { tool_calls: called }),
  };
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: "stub",
    choices: [{ index: 0, finish_reason: finish, logprobs: null, message }],
    usage,
  };
}

/** What OpenAI answers where it says no. */
export function refusing(status: number, error: unknown, headers: Record<string, string> = {}) {
  const behave: Behave = (_asked, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify({ error }));
  };
  return behave;
}
