import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { refusing, type Said } from "../../model-server.ts";
import { deadUrl, json, oddities, silent } from "../odd-server.ts";
import { asking } from "./asking.ts";

describe("a server that takes no tools", () => {
  const parameters = { type: "object", properties: {} };
  const tools = [{ name: "query_metric", description: "Reads a metric.", parameters }];
  const refusals: readonly (readonly [string, Said])[] = [
    [
      "vLLM",
      refusing(400, {
        message:
          '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
      }),
    ],
    ["llama.cpp", refusing(500, { message: "tools param requires --jinja flag" })],
    ["an older llama.cpp", refusing(500, { message: "Unsupported param: tools" })],
    ["Ollama", refusing(400, { message: "registry.ollama.ai/library/x does not support tools" })],
    ["a template", refusing(500, { message: "Error in chat template: value is not callable" })],
    ["a server without words for it", refusing(400, { message: "bad request" })],
    ["a router", refusing(404, { message: "No endpoints found that support tool use" })],
  ];
  for (const [name, said] of refusals)
    test(`as ${name} says it, is asked once, is known by name, and is not left alone for it`, async () => {
      await using model = await asking([said]);
      for (let n = 0; n < 6; n += 1) {
        const answer = await model.ask({ isJson: false, tools });
        assert.ok(answer.kind === "away");
        assert.deepEqual([answer.because, answer.tokens], ["no-tools", null]);
      }
      assert.equal(model.asked.length, 6);
    });

  test("is not suspected where it wants the limit by its other name", async () => {
    const message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
    await using model = await asking([refusing(400, { message }), "{}"]);
    assert.equal((await model.ask({ isJson: false, tools })).kind, "reply");
  });

  test("is not suspected where no tools were offered", async () => {
    await using model = await asking([refusing(400, { message: "tools are broken" })]);
    const answer = await model.ask();
    assert.equal(answer.kind === "away" && answer.because, "failed");
  });
});

/** As routers do once they have begun to answer. */
const inside =
  (code: unknown, message: string): Said =>
  (_asked, response) =>
    json(response, { error: { code, message } });

describe("what went wrong has a name", () => {
  const page = oddities["an HTML page"]?.behave ?? silent;
  const cases: readonly (readonly [string, Said, string, RegExp])[] = [
    ["a wrong key", refusing(401, { message: "Incorrect API key" }), "wrong-key", /Incorrect/],
    [
      "a country that is not served",
      refusing(403, {
        message: "Country, region, or territory not supported",
        code: "unsupported_country_region_territory",
      }),
      "not-served-here",
      /territory/,
    ],
    ["a key that may not", refusing(403, { message: "no" }), "wrong-key", /no/],
    ["an unknown model", refusing(404, { message: "no model small" }), "unknown-model", /small/],
    [
      "an empty account",
      refusing(429, { message: "You exceeded your current quota", code: "insufficient_quota" }),
      "quota",
      /quota/,
    ],
    [
      "an empty account of another provider",
      refusing(400, { message: "Your credit balance is too low to access the API" }),
      "quota",
      /credit balance/,
    ],
    [
      "a model that a project may not use",
      refusing(403, { message: "no access to small", code: "model_not_found" }),
      "unknown-model",
      /no access/,
    ],
    [
      "a model that a router does not know",
      refusing(400, { message: "small is not a valid model ID" }),
      "unknown-model",
      /valid model/,
    ],
    [
      "a context that is too short",
      refusing(400, { message: "too long", code: "context_length_exceeded" }),
      "too-long",
      /too long/,
    ],
    [
      "the same at llama.cpp",
      refusing(400, { message: "the request exceeds the available context size" }),
      "too-long",
      /context size/,
    ],
    ["a request that it does not take", refusing(400, { message: "bad" }), "failed", /bad/],
    ["a refusal", { text: null, refusal: "I cannot help" }, "refused", /cannot help/],
    ["a filtered answer", { text: "x", finish: "content_filter" }, "refused", /^$/],
    ["no answer at all", { text: "  " }, "empty", /^$/],
    ["an answer that was cut", { text: '{"fin', finish: "length" }, "cut", /40 tokens/],
    ["babble", "so ".repeat(40_000), "senseless", /119999 characters/],
    [
      "endless babble",
      oddities["an answer that does not end"]?.behave ?? silent,
      "senseless",
      /MB/,
    ],
    [
      "a refusal with the status of an answer",
      inside(429, "slow down"),
      "rate-limited",
      /slow down/,
    ],
    ["the same of another cause", inside(402, "no credits"), "quota", /no credits/],
    ["the same without a number", inside("oops", "provider gone"), "failed", /provider gone/],
    ["a page of a proxy", page, "failed", /not what chat completions/],
    ["JSON of another kind", (_asked, response) => json(response, { ok: 1 }), "failed", /not what/],
    [
      "a redirect",
      oddities["a redirect to another host"]?.behave ?? silent,
      "unreachable",
      /sent elsewhere/,
    ],
    [
      "half an answer",
      oddities["an answer that breaks off"]?.behave ?? silent,
      "unreachable",
      /closed/,
    ],
    ["silence", silent, "no-answer", /no answer in time/],
  ];
  for (const [name, said, because, detail] of cases) {
    test(name, async () => {
      const timeoutMs = said === silent ? 200 : 20_000;
      await using model = await asking([said], { timeoutMs });
      const answer = await model.ask();
      assert.ok(answer.kind === "away", JSON.stringify(answer));
      assert.equal(answer.because, because);
      assert.match(answer.detail, detail);
    });
  }

  test("nobody there", async () => {
    await using model = await asking([""], { baseUrl: `${await deadUrl()}/v1` });
    const answer = await model.ask();
    assert.ok(answer.kind === "away");
    assert.deepEqual([answer.because, answer.detail], ["unreachable", "connection refused"]);
  });

  test("the key in what the server says is struck out", async () => {
    const key = `sk-proj-${"a1B2c3D4".repeat(8)}`;
    await using model = await asking([refusing(401, { message: `Incorrect API key: ${key}` })]);
    const answer = await model.ask();
    assert.ok(answer.kind === "away");
    assert.doesNotMatch(answer.detail, /a1B2c3D4/);
  });

  test("usage that makes no sense is estimated instead", async () => {
    const usage = { prompt_tokens: -5, completion_tokens: 1e99 };
    await using model = await asking([{ text: "two words", usage }]);
    const answer = await model.ask();
    assert.ok(answer.kind === "reply");
    assert.ok(answer.tokens.in > 5 && answer.tokens.out < 10, JSON.stringify(answer.tokens));
  });
});
