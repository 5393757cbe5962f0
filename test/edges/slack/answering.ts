/** A Web API that answers every call as the test at hand says. */

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { WebClient } from "@slack/web-api";
import { slackClient } from "../../../src/program/slack.ts";
import { silentLog } from "./posting.ts";

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export interface Answering extends AsyncDisposable {
  readonly client: WebClient;
  answer: Answer;
}

export async function openAnswering(): Promise<Answering> {
  const server = createServer((request, response) => answering.answer(response, request));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const access = { botToken: "xoxb-test", apiUrl: `http://127.0.0.1:${port}/api/` };
  const answering: Answering = {
    client: slackClient(access, silentLog),
    answer: (response) => response.end(),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return answering;
}

export const saying = (body: object): Answer => {
  return (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
};

export const refusing = (error: string): Answer => saying({ ok: false, error });

export const status = (code: number, headers: Record<string, string> = {}): Answer => {
  return (response) => response.writeHead(code, headers).end("{}");
};
