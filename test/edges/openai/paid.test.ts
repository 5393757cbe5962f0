import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tokensAsked, tokensIn } from "../../../src/model/tokens.ts";
import { refusing, type Said } from "../../model-server.ts";
import { deadUrl, oddities, silent, type Behave } from "../odd-server.ts";
import { asking, question, soon } from "./asking.ts";

/** Breaks off in the middle of an answer that was being paid for. */
const half: Behave = (_asked, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "4000" });
  response.write('{"choices":[{"message":{"role":"assistant","content":"The p99 of checkout rose');
  setImmediate(() => response.destroy());
};

describe("what was paid for counts, though nothing came of it", () => {
  const sent = tokensAsked(question);
  const endless = oddities["an answer that does not end"]?.behave ?? silent;
  const used: readonly (readonly [string, Said, { in: number; out: RegExp } | null])[] = [
    ["a refused key", refusing(401, { message: "no" }), null],
    ["too many requests", refusing(429, { message: "no" }, { "retry-after": "600" }), null],
    ["a server that fails", refusing(500, { message: "out of memory" }, soon), null],
    ["a redirect", oddities["a redirect to another host"]?.behave ?? silent, null],
    ["a gateway that gave up waiting", refusing(504, "late", soon), { in: sent, out: /^0$/ }],
    ["silence", silent, { in: sent, out: /^0$/ }],
    ["half an answer", half, { in: sent, out: /^[1-9]\d$/ }],
    ["an answer without end", endless, { in: sent, out: /^1000$/ }],
    ["an answer that was cut", { text: "{", finish: "length" }, { in: 1_200, out: /^40$/ }],
    [
      "the same of a server that tells no usage",
      { text: "{", finish: "length", usage: null },
      { in: sent, out: /^1000$/ },
    ],
    ["an empty answer", { text: "", usage: null }, { in: sent, out: /^0$/ }],
    [
      "an answer that was cut, of a server that tells of no tokens",
      { text: "{", finish: "length", usage: { prompt_tokens: 0, completion_tokens: 0 } },
      { in: sent, out: /^1000$/ },
    ],
    [
      "broken JSON, of a server that tells of no tokens",
      (_asked, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end('{"choices": [,], "usage": {"prompt_tokens": 0, "completion_tokens": 0}}');
      },
      { in: sent, out: /^[1-9]\d$/ },
    ],
    [
      "a stream that nobody asked for, by what it tells at its end",
      (_asked, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(
          'data: {"usage":{"prompt_tokens":60,"completion_tokens":6}}\n\ndata: [DONE]\n\n',
        );
      },
      { in: 60, out: /^6$/ },
    ],
    [
      "JSON that is broken, with what it used",
      (_asked, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end('{"choices": [,], "usage": {"prompt_tokens": 77, "completion_tokens": 7}}');
      },
      { in: 77, out: /^7$/ },
    ],
  ];
  for (const [name, said, expected] of used) {
    test(`by ${name}`, async () => {
      const timeoutMs = said === silent ? 200 : 20_000;
      await using model = await asking([said], { timeoutMs });
      const answer = await model.ask();
      assert.ok(answer.kind === "away", JSON.stringify(answer));
      assert.equal(answer.tokens?.in, expected?.in);
      if (expected !== null) assert.match(String(answer.tokens?.out), expected.out);
    });
  }

  test("of a server that is not there nothing does", async () => {
    await using model = await asking([""], { baseUrl: `${await deadUrl()}/v1` });
    const answer = await model.ask();
    assert.ok(answer.kind === "away");
    assert.equal(answer.tokens, null);
  });

  test("by our estimate, where the server tells of nothing though text was sent and came", async () => {
    const text = "two words ".repeat(50);
    await using model = await asking([
      { text, usage: { prompt_tokens: 0, completion_tokens: 0 } },
      { text, usage: { prompt_tokens: 70, completion_tokens: null } },
      { text, usage: { prompt_tokens: 70, completion_tokens: 5.5 } },
    ]);
    const used: unknown[] = [];
    for (let n = 0; n < 3; n += 1) used.push((await model.ask()).tokens);
    const out = tokensIn(text.trim());
    assert.deepEqual(used, [
      { in: sent, out },
      { in: 70, out },
      { in: 70, out },
    ]);
  });

  test("with every try, of which as many may be paid for as the asker says", async () => {
    await using once = await asking([half, "{}"]);
    assert.equal((await once.ask()).kind, "away");
    await using twice = await asking([half, "{}"]);
    const reply = await twice.ask({ paidTriesMax: 2 });
    assert.ok(reply.kind === "reply");
    assert.equal(reply.tokens.in, sent + 1_200);
    assert.ok(reply.tokens.out > 40, `${reply.tokens.out}`);
    await using never = await asking([half]);
    const away = await never.ask({ paidTriesMax: 2 });
    assert.deepEqual([away.tokens?.in, never.asked.length], [2 * sent, 2]);
  });
});
