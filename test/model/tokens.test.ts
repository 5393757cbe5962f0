import assert from "node:assert/strict";
import { test } from "node:test";
import { tokensAsked, tokensIn } from "../../src/model/tokens.ts";

test("tokens are counted rather too high than too low", () => {
  // The most that o200k_base, cl100k_base and the tokenizers of Llama 2 and Llama 3 make of it: Llama 2's.
  const known: readonly (readonly [string, number])[] = [
    ["p99 of checkout went from 0.4 s to 4.1 s at 14:02.", 26],
    ['{"service":"checkout","points":[[1732262400,0.31]]}', 26],
    ["deploy 3f2a91c9d0e4b7a1 to production", 20],
    ["déjà vu", 4],
    ["障害が発生しました", 13],
  ];
  for (const [text, tokens] of known) {
    assert.ok(tokensIn(text) >= tokens * 0.9, `${text}: ${tokensIn(text)}`);
    assert.ok(tokensIn(text) <= tokens * 1.5, `${text}: ${tokensIn(text)}`);
  }
  assert.equal(tokensIn(""), 0);
});

test("tools are counted with the messages", () => {
  const messages = [{ role: "user", text: "And cart?" }] as const;
  const bare = tokensAsked({ messages });
  const tools = [{ name: "query", description: "Reads a metric of a service.", parameters: {} }];
  assert.ok(tokensAsked({ messages, tools }) > bare + 10);
});
