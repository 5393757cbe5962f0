import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../../src/config.ts";
import type { Environment } from "../../src/config-values.ts";
import { modelFindings } from "../../src/program/doctor-model.ts";
import { deadUrl, silent } from "../edges/odd-server.ts";
import { refusing, startModelServer, type AskedModel, type Said } from "../model-server.ts";

const ready = '{"ready": true}';
const call = { name: "read_metric", arguments: '{"service":"checkout","metric":"p99"}' };

/** What is said of a model that answers so, line by line; with no database in which it could be counted. */
async function findings(say: (asked: AskedModel) => Said, settings: Environment = {}, ms?: number) {
  await using server = await startModelServer(say);
  const reading = readConfig({
    DATABASE_URL: "postgres://127.0.0.1:1/none",
    OPENAI_BASE_URL: server.url,
    OPENAI_MODEL: "small",
    ...settings,
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const lines: string[] = [];
  for await (const { isWell, what, said } of modelFindings(reading.config, ms))
    lines.push(`${isWell ? "ok" : "FAIL"} ${what}: ${said}`);
  return { lines, asked: server.asked };
}

describe("doctor says of a model with", () => {
  const faults: readonly (readonly [string, Said, RegExp])[] = [
    [
      "a wrong key",
      refusing(401, { message: "no key" }),
      /its server does not accept the key, .*no key; check OPENAI_API_KEY$/,
    ],
    [
      "a wrong name",
      refusing(404, { message: "no model small" }),
      /has no such model, .*small; check OPENAI_MODEL, .*\/models lists/,
    ],
    [
      "too many requests",
      refusing(429, { message: "slow down" }, { "retry-after": "600" }),
      /is asked too often, .*slow down; raise the limit at the provider, or lower MODEL_TOKENS_MAX_DAY$/,
    ],
    [
      "a quota that is used up",
      refusing(429, { message: "You exceeded your current quota", code: "insufficient_quota" }),
      /its account is used up, .*; see the billing of the account that OPENAI_API_KEY belongs to$/,
    ],
    [
      "a context that is too small",
      refusing(400, { message: "This model's maximum context length is 512 tokens" }),
      /takes less text than there is, .*; name a model with a context of 16,000 tokens or more/,
    ],
    ["no answer in it", { text: "" }, /it answered nothing; name another model in OPENAI_MODEL$/],
    [
      "a refusal",
      { text: null, refusal: "I cannot help with that" },
      /it refused to answer, I cannot help with that; name another model in OPENAI_MODEL$/,
    ],
    ["prose", "Certainly! I am ready.", /could not be read, .*; name a model .* JSON schema$/],
    [
      "a thought without an end",
      { text: "So", finish: "length" },
      /cut off, 40 tokens; name a model/,
    ],
    ["a server that fails", refusing(500, { message: "oom" }), /failed, 500 oom; see the log/],
  ];
  for (const [name, said, words] of faults)
    test(`${name} what is wrong and the mend, and asks it nothing more`, async () => {
      const { lines } = await findings(() => said);
      assert.match(lines.join("\n"), /^FAIL Model: small at 127\.0\.0\.1:\d+: [^\n]*$/);
      assert.match(lines.join("\n"), words);
    });

  test("silence how long it was waited for", async () => {
    const { lines } = await findings(() => silent, {}, 500);
    assert.match(lines.join("\n"), /: no answer in 0\.5 s, .*; see how busy its server is, or /);
  });

  test("nobody there that it cannot be reached", async () => {
    const { lines } = await findings(() => "", { OPENAI_BASE_URL: `${await deadUrl()}/v1` });
    assert.match(lines.join("\n"), /cannot be reached, connection refused; check OPENAI_BASE_URL/);
  });
});

describe("doctor tells by name which setting switches off what a model's server does not take", () => {
  test("response_format, without which it answers too", async () => {
    const { lines, asked } = await findings(({ response_format: format, tools }) => {
      if (format !== undefined) return refusing(400, { message: "response_format is unknown" });
      return tools === undefined ? ready : { calls: [call] };
    });
    assert.match(
      lines[0] ?? "",
      /^ok .*, in JSON though .* refuses response_format; MODEL_JSON=no/,
    );
    assert.equal(asked.length, 3);
    const off = await findings(({ tools }) => (tools ? { calls: [call] } : ready), {
      MODEL_JSON: "no",
    });
    assert.match(off.lines[0] ?? "", /^ok .* answers, in JSON$/);
    assert.ok(off.asked.every(({ response_format: format }) => format === undefined));
  });

  test("tools, with how three servers take them", async () => {
    const message =
      '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set';
    const says = ({ tools }: AskedModel): Said => (tools ? refusing(400, { message }) : ready);
    const { lines } = await findings(says);
    assert.match(
      lines[1] ?? "",
      /^FAIL Tools of the model: .*takes no tools, .*; set MODEL_TOOLS=no, .*vLLM .*llama\.cpp .*Ollama/,
    );
    const off = await findings(says, { MODEL_TOOLS: "no" });
    assert.equal(
      off.lines[1],
      "ok Tools of the model: none, by MODEL_TOOLS=no; questions have what is known",
    );
    assert.equal(off.asked.length, 1);
  });

  test("tools, where they are taken and never called", async () => {
    const { lines } = await findings(() => ready);
    assert.match(lines[1] ?? "", /^ok .*it called none when it was asked to; .*MODEL_TOOLS=no$/);
  });

  test("and asks for both in few tokens", async () => {
    const { asked } = await findings(({ tools }) => (tools ? { calls: [call] } : ready));
    for (const { messages, tools } of asked)
      assert.ok(JSON.stringify({ messages, tools }).length < 4_000);
    assert.deepEqual(
      asked.map(({ response_format: format, tools = [] }) => [format, tools.length > 0]),
      [
        [{ type: "json_object" }, false],
        [undefined, true],
      ],
    );
  });
});
