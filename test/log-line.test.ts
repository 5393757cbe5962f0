import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readLine } from "../src/log-line.ts";
import { runs, seed } from "./property-runs.ts";

const at = Date.parse("2026-11-23T14:02:11Z") / 1000;

test("the time and the level at the beginning are read, and left out of the words", () => {
  for (const line of [
    "2026-11-23T14:02:11Z ERROR pool exhausted",
    "2026-11-23 14:02:11,000 [error] pool exhausted",
    "[2026-11-23T15:02:11.000+01:00] error: pool exhausted",
    "2026-11-23 14:02:11 UTC ERROR: pool exhausted",
  ]) {
    assert.deepEqual(readLine(line), { at, level: "error", text: "pool exhausted" }, line);
  }
});

test("a line of JSON or logfmt is told by its message", () => {
  for (const line of [
    '{"time":"2026-11-23T14:02:11Z","level":"error","msg":"pool exhausted"}',
    `{"ts":${at},"severity":"ERROR","message":"pool exhausted"}`,
    `{"time":${at * 1000},"level":50,"msg":"pool exhausted","pid":7}`,
  ]) {
    assert.deepEqual(readLine(line), { at, level: "error", text: "pool exhausted" }, line);
  }
  const logfmt = 'level=error msg="pool exhausted" waited=500ms';
  assert.deepEqual(readLine(logfmt), { at: null, level: "error", text: "pool exhausted" });
  const withReason = readLine('{"msg":"cannot pay","err":"timed out"}');
  assert.equal(withReason.text, "cannot pay: timed out");
});

test("secrets and the addresses of people are struck out, in every form of a line", () => {
  for (const [line, text] of [
    ["ERROR login of ana@shop.example failed", "login of [e-mail] failed"],
    ['{"level":"error","msg":"refused password=hunter2"}', "refused password=[secret:password]"],
    ['level=error msg="token=abc123 is used up"', "token=[secret:token] is used up"],
    [`ERROR sent Bearer ${"a1".repeat(8)}`, "sent Bearer [secret:bearer-token]"],
  ] as const) {
    assert.deepEqual(readLine(line), { at: null, level: "error", text }, line);
  }
});

test("what has no time and no level is told as it is", () => {
  assert.deepEqual(readLine("  pool exhausted "), { at: null, text: "pool exhausted" });
  assert.deepEqual(readLine("{not json}"), { at: null, text: "{not json}" });
  assert.equal(readLine("informational only").level, undefined);
  assert.equal(readLine("error").text, "error");
});

test("whatever the line, there is a bounded answer", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (line) => {
      const { at: time, text } = readLine(line);
      assert.ok(time === null || Number.isFinite(time));
      assert.ok(text.length <= 1_000);
    }),
    { seed, numRuns: runs(400) },
  );
  assert.equal(readLine("x".repeat(1_000_000)).text.length, 1_000);
});
