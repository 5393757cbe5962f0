import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isOwnQuestion } from "../../src/message/own-question.ts";

const own = [
  "which version has the errors?",
  "how many pods restarted?",
  "how bad is it for the people who pay?",
  "when did payments begin to fail?",
  "what is the limit of the pool?",
  "and where is p99 highest?",
  "show me the errors of payments",
  "could you compare the logs of checkout and payments",
  "are there timeouts in the logs of redis?",
];
const ofSteps = [
  "what now?",
  "what should we look at?",
  "which steps are left?",
  "what is wrong?",
  "what is the root cause?",
  "it is worse",
  "why is it slow?",
  "p99 is up again",
  "look again",
  "any ideas?",
  "list the next steps",
];

describe("a question of its own", () => {
  test("asks for something that can be looked up", () => {
    for (const words of own) assert.equal(isOwnQuestion(words), true, words);
  });

  test("is none that asks what to do, what the cause is, or tells of the trouble", () => {
    for (const words of ofSteps) assert.equal(isOwnQuestion(words), false, words);
  });
});
