import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../src/config.ts";
import type { Environment } from "../src/config-values.ts";

function model(env: Environment) {
  const reading = readConfig(env);
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.config.model;
}

/** The problems as "VARIABLE mend". */
function problems(env: Environment): string[] {
  const reading = readConfig(env);
  assert.ok(!reading.ok, "it was accepted");
  return reading.problems.map(({ variable, mend }) => `${variable} ${mend}`);
}

const server = { OPENAI_BASE_URL: "http://127.0.0.1:11434/v1", OPENAI_MODEL: "qwen2.5:14b" };

const priced = { MODEL_PRICE_IN: "0.40", MODEL_PRICE_OUT: "1.60" };

describe("a model", () => {
  test("is OpenAI's cheap one with a key alone, and none without anything", () => {
    assert.equal(model({}), null);
    assert.deepEqual(model({ OPENAI_API_KEY: "sk-1" }), {
      apiKey: "sk-1",
      baseUrl: null,
      model: "gpt-4.1-mini",
      tokensMaxIncident: 60_000,
      tokensMaxDay: 1_000_000,
      costMaxIncident: null,
      costMaxDay: null,
      prices: null,
      takesTools: true,
      takesJson: true,
      addresses: { emails: true, ips: true },
    });
    assert.equal(model({ MODEL_TOKENS_MAX_DAY: "5" }), null, "a ceiling alone asks nothing");
  });

  test("of another server needs its name, and no key", () => {
    assert.deepEqual(problems({ OPENAI_BASE_URL: server.OPENAI_BASE_URL, OPENAI_API_KEY: "k" }), [
      "OPENAI_MODEL is not set, but OPENAI_BASE_URL is. Name a model that this server has; its path /models lists them.",
    ]);
    const { apiKey, baseUrl } = model({ ...server, OPENAI_BASE_URL: "http://m:80/v1/" }) ?? {};
    assert.deepEqual([apiKey, baseUrl], [null, "http://m:80/v1"]);
  });

  test("may have ceilings in money, in the currency of its prices", () => {
    const { costMaxIncident, costMaxDay } =
      model({ ...server, ...priced, MODEL_COST_MAX_INCIDENT: "0.5", MODEL_COST_MAX_DAY: "20" }) ??
      {};
    assert.deepEqual([costMaxIncident, costMaxDay], [0.5, 20]);
  });

  test("with a ceiling below what one answer may cost is told of at the start, for it is never asked", () => {
    const noted = (env: Environment) => {
      const reading = readConfig({ ...server, ...env });
      return reading.ok ? reading.notices : reading.problems;
    };
    assert.deepEqual(noted({}), []);
    assert.deepEqual(noted({ ...priced, MODEL_COST_MAX_INCIDENT: "0.0048" }), []);
    assert.deepEqual(noted({ ...priced, MODEL_COST_MAX_DAY: "0.0047" }), [
      "MODEL_COST_MAX_DAY is less than the 0.0048 that one answer may cost: the model may never be asked. Raise it.",
    ]);
    assert.deepEqual(noted({ MODEL_TOKENS_MAX_INCIDENT: "8999" }), [
      "MODEL_TOKENS_MAX_INCIDENT is less than the 9,000 tokens that one answer may use: the model may never be asked. Raise it.",
    ]);
  });

  test("that nobody is asked for is named with the mend", () => {
    assert.deepEqual(problems({ OPENAI_MODEL: "m" }), [
      "OPENAI_MODEL is set, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is. Set one of them, or unset OPENAI_MODEL.",
    ]);
  });

  const wrong: readonly (readonly [Environment, RegExp])[] = [
    [{ ...server, OPENAI_BASE_URL: "ollama:11434" }, /^OPENAI_BASE_URL must be a URL that starts/],
    [{ ...server, OPENAI_BASE_URL: "http://u:p@m/v1" }, /^OPENAI_BASE_URL must hold no name/],
    [
      { ...server, OPENAI_BASE_URL: "http://m/v1/chat/completions" },
      /^OPENAI_BASE_URL must be the base alone/,
    ],
    [{ ...server, MODEL_TOOLS: "off" }, /^MODEL_TOOLS must be yes, or no where .*; it is "off"\.$/],
    [{ ...server, OPENAI_MODEL: "a b" }, /^OPENAI_MODEL must be the name of a model/],
    [{ OPENAI_API_KEY: "sk 1" }, /^OPENAI_API_KEY must be one word/],
    [{ ...server, MODEL_TOKENS_MAX_INCIDENT: "0" }, /^MODEL_TOKENS_MAX_INCIDENT .*To ask no model/],
    [
      { ...server, MODEL_TOKENS_MAX_DAY: "1e6" },
      /^MODEL_TOKENS_MAX_DAY must be a number of tokens/,
    ],
    [
      { ...server, MODEL_COST_MAX_DAY: "5" },
      /^MODEL_COST_MAX_DAY is set, but no price is\. Set MODEL_PRICE_IN and MODEL_PRICE_OUT, .*or unset it\.$/,
    ],
    [
      { ...server, ...priced, MODEL_COST_MAX_INCIDENT: "1,50" },
      /^MODEL_COST_MAX_INCIDENT must be an amount above 0 .* such as 2\.50; it is "1,50"\.$/,
    ],
    [
      { ...server, ...priced, MODEL_COST_MAX_INCIDENT: "0" },
      /^MODEL_COST_MAX_INCIDENT must be an amount above 0/,
    ],
    [{ ...server, MODEL_PRICE_IN: "1" }, /^MODEL_PRICE_OUT is not set, but MODEL_PRICE_IN is\./],
    [
      { ...server, MODEL_PRICE_IN: "$1", MODEL_PRICE_OUT: "2" },
      /^MODEL_PRICE_IN must be the price of a million tokens such as 0\.40; it is "\$1"\.$/,
    ],
  ];
  for (const [env, said] of wrong) {
    test(`is refused with ${JSON.stringify(env)}`, () => {
      assert.match(problems(env).join("\n"), said);
      assert.equal(problems(env).length, 1);
    });
  }
});
