/** A model as the edge opens it, behind a server that answers as a test tells it to. */

import { openModel, type ModelServer } from "../../../src/edges/openai/model.ts";
import type { ModelRequest } from "../../../src/model/asked.ts";
import { startModelServer, type AskedModel, type Said } from "../../model-server.ts";

export const question: ModelRequest = {
  purpose: "incident",
  incident: "inc_1",
  messages: [
    { role: "system", text: "Answer in JSON." },
    { role: "user", text: "What now?" },
  ],
  tokensMax: 1_000,
  isJson: true,
};

type Says = (asked: AskedModel, before: number) => Said;

/** A model behind a server that says so; of a list one after another, and the last again and again. */
export async function asking(says: readonly Said[] | Says, settings: Partial<ModelServer> = {}) {
  const list: Says = (_asked, before) =>
    typeof says === "function" ? "" : (says[before] ?? says.at(-1) ?? "");
  const server = await startModelServer(typeof says === "function" ? says : list);
  const turns: boolean[] = [];
  const model = await openModel({
    model: "small",
    baseUrl: server.url,
    apiKey: "sk-test",
    now: () => Date.now(),
    onTurn: (isResting) => void turns.push(isResting),
    ...settings,
  });
  return {
    ask: (request: Partial<ModelRequest> = {}) => model.ask({ ...question, ...request }),
    asked: server.asked,
    turns,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** For who may try again at once. */
export const soon = { "retry-after": "0" };
