/** What a language model's server may do to who asks it: answer, never answer, fail, or talk for 100 kB. */

import { startSlowServer, type Answering, type SlowServer } from "./slow-server.ts";

export const modelBehaviours = ["answers", "hangs", "fails", "babbles"] as const;
export type ModelBehaviour = (typeof modelBehaviours)[number];

const never = 24 * 3_600_000;
const babble = "As a helpful assistant I would like to say that ".repeat(2_100);

export function startPretendedModel(
  behaviour: ModelBehaviour,
  delayMs: number,
): Promise<SlowServer> {
  return startSlowServer(answering[behaviour], behaviour === "hangs" ? never : delayMs);
}

const answering: Readonly<Record<ModelBehaviour, Answering>> = {
  answers: () => ({ status: 200, body: completion('{"findings": [], "steps": []}') }),
  hangs: () => ({ status: 200, body: {} }),
  fails: () => ({ status: 500, body: { error: { message: "out of memory" } } }),
  babbles: () => ({ status: 200, body: completion(babble) }),
};

function completion(content: string) {
  const message = { role: "assistant", content };
  return {
    choices: [{ index: 0, finish_reason: "stop", message }],
    usage: { prompt_tokens: 3_000, completion_tokens: 100 },
  };
}
