import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tokensAsked } from "../../../src/model/tokens.ts";
import { parsePassReply } from "../../../src/model/reply.ts";
import { misbehaving } from "../../model-misbehaving.ts";
import { refusing } from "../../model-server.ts";
import { asking, question, soon } from "./asking.ts";

describe("a model", () => {
  test("is asked by chat completions, with the key, the limit and the shape of the answer", async () => {
    await using model = await asking(['{"steps": []}']);
    assert.deepEqual(await model.ask(), {
      kind: "reply",
      text: '{"steps": []}',
      calls: [],
      tokens: { in: 1_200, out: 40 },
      sentTokens: tokensAsked(question),
    });
    assert.equal(model.asked[0]?.authorization, "Bearer sk-test");
    const { authorization: _key, sent: _sent, ...body } = model.asked[0] ?? {};
    assert.deepEqual(body, {
      model: "small",
      messages: [
        { role: "system", content: "Answer in JSON." },
        { role: "user", content: "What now?" },
      ],
      max_tokens: 1_000,
      response_format: { type: "json_object" },
    });
  });

  test("may call tools", async () => {
    const call = { name: "query_metric", arguments: '{"service":"checkout"}' };
    await using model = await asking([{ calls: [call], finish: "tool_calls" }]);
    const parameters = { type: "object", properties: {} };
    const tools = [{ name: "query_metric", description: "Reads a metric.", parameters }];
    const answer = await model.ask({
      isJson: false,
      tools,
    });
    assert.deepEqual(answer.kind === "reply" && answer.calls, [{ id: "call_0", ...call }]);
    const { tools: sent, response_format: format } = model.asked[0] ?? {};
    assert.equal(format, undefined);
    assert.deepEqual(sent, [{ type: "function", function: tools[0] }]);
  });

  test("is heard though its server writes calls and content in its own way", async () => {
    const message = {
      role: "assistant",
      content: [{ type: "text", text: "a" }, { type: "image" }, { type: "text", text: "b" }],
      tool_calls: [
        {
          type: "function",
          function: { name: "query_metric", arguments: { service: "checkout" } },
        },
        { function: { name: "list_changes" } },
      ],
    };
    const body = JSON.stringify({ choices: [{ finish_reason: "tool_calls", message }] });
    for (const type of ["application/json", "text/plain"]) {
      await using model = await asking([
        (_asked, response) => void response.writeHead(200, { "content-type": type }).end(body),
      ]);
      const answer = await model.ask();
      assert.ok(answer.kind === "reply", JSON.stringify(answer));
      assert.equal(answer.text, "ab");
      assert.deepEqual(answer.calls, [
        { id: "call_0", name: "query_metric", arguments: '{"service":"checkout"}' },
        { id: "call_1", name: "list_changes", arguments: "{}" },
      ]);
    }
  });

  test("is asked without the shape where the server refuses it, from then on", async () => {
    const refused = refusing(400, { message: "response_format is not supported" });
    await using model = await asking([refused, "{}"]);
    assert.equal((await model.ask()).kind, "reply");
    await model.ask();
    assert.deepEqual(
      model.asked.map((each) => each.response_format !== undefined),
      [true, false, false],
    );
  });

  test("is asked without the shape from the first where the settings say that it takes none", async () => {
    await using model = await asking(["{}"], { takesJson: false });
    await model.ask();
    assert.equal(model.asked[0]?.response_format, undefined);
  });

  test("is told the limit by its other name where the server takes that alone", async () => {
    const message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
    await using model = await asking([refusing(400, { message }), "{}"]);
    assert.equal((await model.ask()).kind, "reply");
    const limits = model.asked.map((each) => each["max_completion_tokens"] ?? null);
    assert.deepEqual(limits, [null, 1_000]);
  });

  test("is tried again where it is busy or breaks, three times at most", async () => {
    const busy = refusing(503, { message: "loading model" }, soon);
    await using passing = await asking([busy, refusing(429, { message: "slow down" }, soon), "{}"]);
    assert.equal((await passing.ask()).kind, "reply");
    await using lasting = await asking([busy]);
    const answer = await lasting.ask();
    assert.deepEqual(
      [answer.kind === "away" && answer.because, lasting.asked.length],
      ["failed", 3],
    );
  });

  test("is not waited for longer than an ask may take, and is left alone as long as it wants", async () => {
    let now = 0;
    await using model = await asking(
      [refusing(429, { message: "slow down" }, { "retry-after": "300" }), "{}"],
      { now: () => now },
    );
    const because = async () => {
      const answer = await model.ask();
      return answer.kind === "away" ? answer.because : "reply";
    };
    assert.equal(await because(), "rate-limited");
    now = 299_000;
    assert.equal(await because(), "resting");
    now = 301_000;
    assert.equal(await because(), "reply");
    assert.equal(model.asked.length, 2);
  });

  test("is left alone for a minute after five failures, then tried once", async () => {
    let now = 0;
    const no = refusing(401, { message: "wrong key" });
    await using model = await asking([no, no, no, no, no, no, "{}"], { now: () => now });
    for (let n = 0; n < 5; n += 1) await model.ask();
    const resting = await model.ask();
    assert.deepEqual(
      [resting.kind === "away" && resting.because, model.asked.length],
      ["resting", 5],
    );
    now = 61_000;
    await Promise.all([model.ask(), model.ask()]);
    assert.equal(model.asked.length, 6, "one tries, and fails");
    now = 122_000;
    assert.equal((await model.ask()).kind, "reply");
    assert.deepEqual(model.turns, [true, false]);
  });

  test("has answered, whatever the reply is worth, and is not left alone for it", async () => {
    await using model = await asking([{ text: "" }]);
    for (let n = 0; n < 6; n += 1) await model.ask();
    assert.equal(model.asked.length, 6);
  });
});

describe("what leaves for the model", () => {
  const canary = "ghp_9f8E7d6C5b4A3f2E1d0C9b8A7f6E5d4C3b2A";

  test("holds no secret and nobody's address, whichever message they stand in, on every try", async () => {
    await using model = await asking([refusing(400, { message: "no JSON" }), "{}"]);
    await model.ask({
      messages: [
        { role: "system", text: `Log: token=${canary}` },
        {
          role: "user",
          text: `diff\n+GITHUB_TOKEN=${canary}\n\nsaid ana@example.org from 8.8.4.4`,
        },
        { role: "user", text: Buffer.from(`GITHUB_TOKEN=${canary}`).toString("base64") },
      ],
    });
    assert.equal(model.asked.length, 2);
    for (const { sent } of model.asked) {
      assert.doesNotMatch(sent, /ghp_|example\.org|8\.8\.4\.4/);
      assert.ok(!sent.includes(Buffer.from(canary).toString("base64").slice(4, 24)));
      assert.equal(sent.match(/\[secret:github-personal-token:1\]/g)?.length, 3, sent);
    }
  });

  test("holds the addresses that the settings let pass, and no secret", async () => {
    await using model = await asking(["{}"], { addresses: { emails: true } });
    const text = `${canary} of ana@example.org from 8.8.4.4`;
    await model.ask({ messages: [{ role: "user", text }] });
    const [sent] = model.asked;
    assert.equal(
      sent?.messages[0]?.content,
      "[secret:github-personal-token:1] of [e-mail:1] from 8.8.4.4",
    );
  });

  test("numbers the secrets of an incident the same way at each ask, those of another by themselves", async () => {
    const other = canary.replace("9f8E", "1a2B");
    await using model = await asking(["{}"]);
    const numbered = async (incident: "inc_1" | "inc_2", text: string) => {
      await model.ask({ incident, messages: [{ role: "user", text }] });
      return model.asked.at(-1)?.messages[0]?.content;
    };
    assert.match((await numbered("inc_1", `a ${canary}`)) ?? "", /token:1\]/);
    assert.match((await numbered("inc_1", `b ${other} ${canary}`)) ?? "", /token:2\] .*token:1\]/);
    assert.match((await numbered("inc_2", `c ${other}`)) ?? "", /token:1\]/);
  });
});

describe("a model that misbehaves", () => {
  for (const [name, said] of Object.entries(misbehaving))
    test(`by ${name} has given nothing that is shown, and that is told`, async () => {
      await using model = await asking([said]);
      const answer = await model.ask();
      if (answer.kind === "away") return assert.ok(model.asked.length <= 3, answer.because);
      const parsed = parsePassReply(answer.text);
      assert.ok("problem" in parsed, JSON.stringify(parsed));
    });
});
