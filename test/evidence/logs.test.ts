import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { templatesOf } from "../../src/evidence/log-templates.ts";
import { readLogs } from "../../src/evidence/logs.ts";
import { lineCharsMax, masked } from "../../src/evidence/mask.ts";
import type { LogLine } from "../../src/evidence/input.ts";
import { runs, seed } from "../property-runs.ts";
import { onset } from "./made-series.ts";

const end = onset + 900;

/** One every second. */
function lines(
  count: number,
  from: number,
  text: (index: number) => string,
  told: Partial<LogLine> = {},
): LogLine[] {
  return Array.from({ length: count }, (_, index) => ({
    at: from + index,
    service: "checkout",
    text: text(index),
    ...told,
  }));
}

test("what varies from line to line is masked", () => {
  const table: [string, string][] = [
    ["pool exhausted, waited 212 ms", "pool exhausted, waited <n> ms"],
    ["2024-11-22T14:02:00.123Z GET /a", "<time> GET /a"],
    ["peer 10.0.3.7:8080 gone", "peer <ip> gone"],
    ["user 5f0c1b9e-7a3d-4c1e-9b7a-0123456789ab", "user <id>"],
    ["deployed 3f2a91cde7 at 0xDEADBEEF", "deployed <hex> at <hex>"],
    ["retry -3 of 1,204", "retry <n> of <n>"],
    ["x509: certificate in us-east-1", "x509: certificate in us-east-<n>"],
    ["a\tb\n  c", "a b c"],
  ];
  for (const [line, template] of table) assert.equal(masked(line), template);
});

test("a line of a megabyte costs no more than its beginning", () => {
  const line = `${"0".repeat(1_000_000)}\ud800`;
  assert.ok(masked(line).length <= lineCharsMax);
});

test("lines that differ in a word or two share a template", () => {
  const templates = templatesOf(["user ana logged in", "user bob logged in", "cache is warm now"]);
  assert.equal(templates.get("user ana logged in"), "user <*> logged in");
  assert.equal(templates.get("user bob logged in"), "user <*> logged in");
  assert.equal(templates.get("cache is warm now"), "cache is warm now");
});

test("a new error line is evidence, with its counts and one example", () => {
  const { surges } = readLogs(
    [
      ...lines(3_000, onset - 3_000, () => "handled request", { level: "info" }),
      ...lines(900, onset, () => "handled request", { level: "info" }),
      ...lines(40, onset + 5, (index) => `pool exhausted, waited ${index} ms`, { level: "error" }),
    ],
    onset,
    end,
  );
  assert.deepEqual(
    surges.map(({ template, before, after, example }) => ({ template, before, after, example })),
    [
      {
        template: "pool exhausted, waited <n> ms",
        before: 0,
        after: 40,
        example: "pool exhausted, waited 0 ms",
      },
    ],
  );
});

test("a line that was always there surges only when there is clearly more of it", () => {
  const usual = lines(900, onset - 3_600, () => "slow query", { level: "warn" });
  const few = readLogs([...usual, ...lines(225, onset, () => "slow query")], onset, end);
  const many = readLogs([...usual, ...lines(850, onset, () => "slow query")], onset, end);
  assert.equal(few.surges.length, 0);
  assert.deepEqual(
    many.surges.map(({ before, after }) => [before, after]),
    [[900, 850]],
  );
});

test("a line that first came just before the onset is new with the trouble", () => {
  const usual = lines(3_600, onset - 3_600, () => "handled request");
  const boom = lines(100, onset - 20, () => "boom", { level: "error" });
  const [surge] = readLogs([...usual, ...boom], onset, end).surges;
  assert.deepEqual(
    [surge?.template, surge?.since, surge?.before, surge?.after],
    ["boom", onset - 20, 20, 80],
  );
});

test("a line's own count is its weight", () => {
  const { surges } = readLogs(
    [
      { at: onset - 60, service: "checkout", text: "ok" },
      { at: onset + 1, service: "checkout", level: "error", text: "boom", count: 1_204 },
    ],
    onset,
    end,
  );
  assert.equal(surges[0]?.after, 1_204);
});

test("where nothing was kept from before the onset only error lines count", () => {
  const { surges } = readLogs(
    [
      ...lines(50, onset, () => "handled request", { level: "info" }),
      ...lines(50, onset, () => "boom", { level: "error" }),
    ],
    onset,
    end,
  );
  assert.deepEqual(
    surges.map(({ template }) => template),
    ["boom"],
  );
});

test("the order of lines does not change the templates", () => {
  const word = fc.constantFrom("a", "b", "c");
  const line = fc.tuple(word, word, word, word).map((words) => words.join(" "));
  const orders = fc
    .array(line, { minLength: 2, maxLength: 12 })
    .chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
  fc.assert(
    fc.property(orders, ([given, shuffled]) => {
      const [known, other] = [templatesOf(given), templatesOf(shuffled)];
      for (const text of given) assert.equal(known.get(text), other.get(text));
    }),
    { numRuns: runs(2_000), seed },
  );
});

test("a hundred thousand lines without any pattern are bounded, and what was not mined is said", () => {
  const noise = lines(100_000, onset - 50_000, (index) =>
    Array.from({ length: 8 }, (_, word) =>
      ((index * 31 + word * 17) * 2_654_435_761).toString(36),
    ).join(" "),
  );
  const { templates, leftOut } = readLogs(noise, onset, onset + 50_000);
  assert.ok(templates.length <= 1_001, String(templates.length));
  assert.match(leftOut.join(), /beyond 1000 templates/);
});
