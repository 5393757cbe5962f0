import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { labelled, score } from "./messages.ts";

describe("the labelled messages", () => {
  const { done, fresh, missed, mistaken, messages, suppressed } = score(labelled);

  test("are 300 at least, deeds and what is none of them", () => {
    assert.ok(messages >= 300, String(messages));
    assert.ok(done >= 100 && fresh >= 100, `${done} deeds, ${fresh} without`);
  });

  test("of the steps that they say were done 2 % at most would be offered again", () =>
    assert.ok(missed.length <= done * 0.02, missed.join("\n")));

  test("5 % of them at most would suppress a step that nobody did", () =>
    assert.ok(suppressed.length <= messages * 0.05, suppressed.join("\n")));

  test("tell what came of a step, and it is taken for something else in 5 % at most", () =>
    assert.ok(mistaken.length <= done * 0.05, mistaken.join("\n")));
});
