/** A model that answers as a test tells it to, in a world in memory. */

import type { Model } from "../../src/flows/model-ports.ts";
import type { ModelAnswer, ModelRequest } from "../../src/model/asked.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { bo, fakeWorld, incidentChannel, type FakeWorld } from "./fake-world.ts";

export const noCeilings: Model["limits"] = {
  tokensMaxIncident: 1_000_000,
  tokensMaxDay: 1_000_000,
  costMaxIncident: null,
  costMaxDay: null,
  prices: null,
};

export interface ModelWorld extends FakeWorld {
  readonly asked: readonly ModelRequest[];
  /** The texts of the last message that it was sent. */
  readonly told: () => string;
}

export function replying(reply: unknown): ModelAnswer {
  const text = typeof reply === "string" ? reply : JSON.stringify(reply);
  return { kind: "reply", text, calls: [], tokens: { in: 3_000, out: 120 } };
}

/** `answer` hears what is asked, and how often before. */
export function worldWithModel(
  answer: (request: ModelRequest, before: number) => ModelAnswer | Promise<ModelAnswer>,
  limits: Partial<Model["limits"]> = {},
): ModelWorld {
  const fake = fakeWorld();
  const asked: ModelRequest[] = [];
  const model: Model = {
    name: "small",
    host: "model.example",
    takesTools: true,
    limits: { ...noCeilings, tokensMaxIncident: 60_000, tokensMaxDay: 1_000_000, ...limits },
    clean: (_incident, text) => text,
    ask: async (request) => {
      asked.push(request);
      return answer(request, asked.length - 1);
    },
  };
  fake.world = { ...fake.world, model };
  const told = () =>
    asked
      .at(-1)
      ?.messages.map(({ text }) => text)
      .join("\n") ?? "";
  return Object.assign(fake, { asked, told });
}

/** The incident of `incidentChannel`, begun, read, and told to the model; `text`: what bo writes there meanwhile. */
export async function begun(fake: ModelWorld, text?: string): Promise<ModelWorld> {
  const { id: channel } = incidentChannel;
  await onChannelSeen(fake.world, { job: fake.job(), channel });
  await fake.work();
  if (text !== undefined) {
    const ts = String(fake.world.now().getTime() / 1000);
    const said = [{ ts, user: bo, isBot: false, threadTs: null, editedTs: null, text }];
    await fake.store.commit({ workspace: "T1", handled: [], messages: { channel, said } });
  }
  fake.pass(0.05);
  await fake.work();
  return fake;
}
