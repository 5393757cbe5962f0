import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ModelAnswer, ModelRequest } from "../../../src/model/asked.ts";
import { begun, worldWithModel } from "../../flows/fake-model.ts";
import { incidentChannel } from "../../flows/fake-world.ts";
import { refusing, type Said } from "../../model-server.ts";
import { silent } from "../odd-server.ts";
import { asking } from "./asking.ts";

/** The lines on the model of an incident's card, once it was asked of the reading. */
async function cardOf(
  ask: (request: ModelRequest) => Promise<ModelAnswer>,
  limits: Parameters<typeof worldWithModel>[1] = {},
): Promise<string> {
  const fake = await begun(worldWithModel(ask, limits));
  const card = fake.messages(incidentChannel.id).find(({ key }) => key.startsWith("living:"));
  const text = card?.body.text ?? "";
  assert.match(text, /First: /, "the rest does without it");
  return text
    .split("\n")
    .filter((line) => /the model is away|^model:/i.test(line))
    .join("\n");
}

const soon = { "retry-after": "0" };
const faults: readonly (readonly [string, Said, string])[] = [
  ["a wrong key", refusing(401, { message: "no" }), "its server does not accept the key"],
  ["a wrong name", refusing(404, { message: "no" }), "its server has no such model"],
  [
    "too many requests",
    refusing(429, { message: "slow down" }, { "retry-after": "600" }),
    "its server is asked too often",
  ],
  [
    "a quota that is used up",
    refusing(429, { message: "no", code: "insufficient_quota" }),
    "its account is used up",
  ],
  [
    "a context that is too small",
    refusing(400, { message: "maximum context length is 4096 tokens" }),
    "it takes less text than there is",
  ],
  ["a refusal", { text: null, refusal: "no" }, "it refused to answer"],
  ["an empty answer", { text: "" }, "it answered nothing"],
  ["an answer that is cut", { text: "{", finish: "length" }, "its answer was too long and cut off"],
  ["prose", "Certainly!", "its answer could not be read"],
  ["a server that fails", refusing(500, { message: "no" }, soon), "its server failed"],
  ["silence", silent, "no answer in 25 s"],
];

describe("the card of an incident says in one sentence that the model is away, for", () => {
  for (const [name, said, words] of faults)
    test(name, async () => {
      await using model = await asking([said], { timeoutMs: said === silent ? 200 : 20_000 });
      const line = await cardOf(model.ask);
      const [away, used] = line.split(/ (?=Model: )/);
      assert.equal(away, `The model is away: ${words}. The rest does without it.`);
      assert.doesNotMatch(used ?? "", /: 0 of/);
    });

  test("a server that is left alone because it failed five times", async () => {
    await using model = await asking([refusing(401, { message: "no" })]);
    for (let n = 0; n < 5; n += 1) await model.ask();
    assert.equal(
      await cardOf(model.ask),
      "The model is away: its server failed before and is left alone for now. The rest does without it.",
    );
    assert.equal(model.asked.length, 5);
  });

  test("an answer that was paid for with what it cost, of how much it may", async () => {
    await using model = await asking([{ text: "" }]);
    const prices = { in: 1_000, out: 1_000 };
    assert.equal(
      await cardOf(model.ask, { prices, costMaxIncident: 50, costMaxDay: 100 }),
      "The model is away: it answered nothing. The rest does without it. Model: 1,240 of 60,000 tokens here (cost 1.24 of 50.00), 1,240 of 1,000,000 today (cost 1.24 of 100.00).",
    );
  });
});
