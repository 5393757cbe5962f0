import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { askModel } from "../../src/flows/ask-model.ts";
import type { Model } from "../../src/flows/model-ports.ts";
import type { ModelAnswer, ModelRequest } from "../../src/model/asked.ts";
import { tokensAsked } from "../../src/model/tokens.ts";
import { noCeilings } from "./fake-model.ts";
import { fakeWorld } from "./fake-world.ts";

const request: ModelRequest = {
  purpose: "incident",
  incident: "inc_1",
  messages: [{ role: "user", text: "What now?" }],
  tokensMax: 100,
};
const reply: ModelAnswer = { kind: "reply", text: "{}", calls: [], tokens: { in: 900, out: 60 } };

function asking(answers: readonly ModelAnswer[], limits: Partial<Model["limits"]> = {}) {
  const { world, pass, troubles, store } = fakeWorld();
  const asked: ModelRequest[] = [];
  const booked: unknown[] = [];
  const model: Model = {
    name: "small",
    host: "model.example",
    takesTools: true,
    limits: { ...noCeilings, tokensMaxIncident: 2_000, tokensMaxDay: 5_000, ...limits },
    clean: (_incident, text) => text,
    ask: async (one) => {
      asked.push(one);
      pass(0.05);
      return answers[asked.length - 1] ?? reply;
    },
  };
  const meter: typeof world.meter = {
    ...world.meter,
    modelAsked: (...told) => void booked.push(told),
  };
  const spent = () => store.modelSpent("T1", { incident: "inc_1", at: world.now() });
  return { world: { ...world, model, meter }, asked, booked, spent, troubles };
}

describe("asking the model", () => {
  test("books what it used and cost, for the card and for /metrics", async () => {
    const { world, booked, spent } = asking([], { prices: { in: 2, out: 10 } });
    assert.deepEqual(await askModel(world, request), reply);
    assert.deepEqual(await spent(), {
      incident: 960,
      today: 960,
      cost: 0.0024,
      costToday: 0.0024,
    });
    const used = { seconds: 3, tokens: { in: 900, out: 60 }, cost: 0.0024 };
    assert.deepEqual(booked, [["incident", "reply", used]]);
  });

  test("is not done beyond what an incident or a day may use, and says which", async () => {
    const { world, asked } = asking([], { tokensMaxIncident: 1_000, tokensMaxDay: 2_000 });
    const because = async (incident: ModelRequest["incident"]) => {
      const answer = await askModel(world, { ...request, incident });
      return answer.kind === "away" ? answer.because : "reply";
    };
    const all = ["inc_1", "inc_1", "inc_2", "inc_3"] as const;
    const said: string[] = [];
    for (const each of all) said.push(await because(each));
    assert.deepEqual(said, ["reply", "incident-ceiling", "reply", "day-ceiling"]);
    assert.equal(asked.length, 2);
  });

  test("is not done beyond the money of an incident or of a day, by what a call may cost at most", async () => {
    const { world, asked, spent } = asking([], {
      prices: { in: 1_000, out: 10_000 },
      costMaxIncident: 2.5,
      costMaxDay: 4,
    });
    const because = async (incident: ModelRequest["incident"]) => {
      const answer = await askModel(world, { ...request, incident });
      return answer.kind === "away" ? answer.because : "reply";
    };
    const all = ["inc_1", "inc_1", "inc_2", "inc_3"] as const;
    const said: string[] = [];
    for (const each of all) said.push(await because(each));
    assert.deepEqual(said, ["reply", "incident-cost", "reply", "day-cost"]);
    assert.equal(asked.length, 2);
    assert.equal((await spent()).cost, 1.5);
  });

  test("sets aside what all its tries may use, and gives back what they did not", async () => {
    const { world, spent, asked } = asking([], { tokensMaxIncident: 1_000_000 });
    const aside: unknown[] = [];
    const beginCall: typeof world.store.beginCall = async (workspace, call, limits) => {
      aside.push(call.tokens);
      return world.store.beginCall(workspace, call, limits);
    };
    const store = { ...world.store, beginCall };
    await askModel({ ...world, store }, { ...request, paidTriesMax: 2 });
    assert.deepEqual(aside, [{ in: 2 * tokensAsked(request), out: 200 }]);
    assert.equal(asked[0]?.paidTriesMax, 2);
    assert.equal((await spent()).incident, 960);
  });

  test("may be tried once where what is left is too little for two", async () => {
    const { world, asked } = asking([], { tokensMaxIncident: 150 });
    assert.equal((await askModel(world, { ...request, paidTriesMax: 2 })).kind, "reply");
    assert.deepEqual(
      asked.map(({ paidTriesMax }) => paidTriesMax),
      [1],
    );
  });

  test("is done once under an id, though the answer of the first time was lost", async () => {
    const { world, asked } = asking([]);
    await askModel(world, request, "reading 1");
    const again = await askModel(world, request, "reading 1");
    assert.deepEqual([again.kind === "away" && again.because, asked.length], ["interrupted", 1]);
  });

  test("gives the answer that was paid for, though what it used could not be written down", async () => {
    const { world, spent, troubles } = asking([]);
    const endCall = () => Promise.reject(new Error("the database is away"));
    const store = { ...world.store, endCall };
    assert.deepEqual(await askModel({ ...world, store }, request), reply);
    const [said = ""] = troubles;
    assert.match(said, /could not be written down \(the database is away\); it counts as the most/);
    assert.equal((await spent()).incident, 0, "it is under way as far as the book knows");
  });

  test("that nobody answers counts what was sent, and goes to the log with the mend", async () => {
    const tokens = { in: 30, out: 0 };
    const away: ModelAnswer = { kind: "away", because: "no-answer", detail: "late", tokens };
    const { world, spent, troubles } = asking([away], { prices: { in: 2, out: 10 } });
    assert.deepEqual(await askModel(world, request), away);
    assert.deepEqual(await spent(), { incident: 30, today: 30, cost: 0.00006, costToday: 0.00006 });
    assert.match(troubles.join(), /the model is away: no answer in 25 s \(late\); see how busy/);
  });
});
