/** A model's server at its worst: broken JSON, half streams, endless tool calls, 100 kB, and orders obeyed. */

import type { ServerResponse } from "node:http";
import type { Said } from "./model-server.ts";

const reply = '{"findings":[{"text":"p99 of checkout rose to 4.1 s.","cites":["metric:0"]}]}';

function events(response: ServerResponse, deltas: readonly string[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const content of deltas) {
    const choices = [{ index: 0, delta: { content }, finish_reason: null }];
    const chunk = { id: "1", object: "chat.completion.chunk", created: 1, model: "stub", choices };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  }
}

/** Each a way in which nothing of use comes. */
export const misbehaving: Readonly<Record<string, Said>> = {
  "JSON that is cut off": reply.slice(0, -12),
  "JSON with a comma too many": reply.replace("]}", "],}"),
  "JSON of another kind": '{"verdict": "guilty", "confidence": 0.99}',
  "two answers at once": `${reply}\n${reply}`,
  prose: "Certainly! The root cause is the database.",
  "a refusal in prose": "I'm sorry, but I can't help with that.",
  "100 kB": `{"findings":[{"text":"${"very ".repeat(20_000)}long","cites":[]}]}`,
  "nothing but braces": "{".repeat(30_000),
  "tool calls without end": {
    calls: Array.from({ length: 200 }, () => ({ name: "query_metric", arguments: "{}" })),
    finish: "tool_calls",
  },
  "a tool that does not exist": {
    calls: [{ name: "resolve_incident", arguments: '{"incident":"INC-1"}' }],
    finish: "tool_calls",
  },
  "a stream that nobody asked for": (_asked, response) => {
    events(response, [reply]);
    response.end("data: [DONE]\n\n");
  },
  "half a stream": (_asked, response) => {
    events(response, [reply.slice(0, 20), reply.slice(20, 40)]);
    setImmediate(() => response.destroy());
  },
  "half a body": (_asked, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "4000" });
    response.write('{"choices":[{"message":{"role":"assistant","con');
    setImmediate(() => response.destroy());
  },
};
