import assert from "node:assert/strict";
import { test } from "node:test";

import {
  bestFirst,
  madOfSorted,
  median,
  quantileOfSorted,
  standardDeviation,
} from "../../src/evidence/numbers.ts";

test("a median of an even count lies between the two middle values, in whatever order they come", () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([9]), 9);
  assert.ok(Number.isNaN(median([])));
});

test("quantiles are linear between ranks", () => {
  const sorted = Float64Array.of(0, 10, 20, 30, 40);
  assert.equal(quantileOfSorted(sorted, 0.25), 10);
  assert.equal(quantileOfSorted(sorted, 0.9), 36);
});

test("one wild value does not move the median absolute deviation", () => {
  assert.equal(madOfSorted(Float64Array.of(1, 2, 3, 4, 5), 3), 1);
  assert.equal(madOfSorted(Float64Array.of(1, 2, 3, 4, 1e9), 3), 1);
  assert.equal(madOfSorted(Float64Array.of(-1e9, 2, 2.5, 4), 2.25), 1);
});

test("the standard deviation of very large values stays finite", () => {
  const deviation = standardDeviation(Float64Array.of(1e200, 3e200));
  assert.ok(Math.abs(deviation / 1e200 - 1) < 1e-12, String(deviation));
  assert.equal(standardDeviation(new Float64Array()), 0);
});

test("equal scores keep their order", () => {
  const items = [
    { id: "a", score: 1 },
    { id: "b", score: 2 },
    { id: "c", score: 1 },
  ];
  assert.deepEqual(
    bestFirst(items).map(({ id }) => id),
    ["b", "a", "c"],
  );
});
