import assert from "node:assert/strict";
import { test } from "node:test";

import { cleaned, halvesAt, pointsMax, stepOf } from "../../src/evidence/samples.ts";
import type { Point } from "../../src/evidence/input.ts";

test("what is not finite or lies in the future is dropped", () => {
  const points: Point[] = [
    [0, 1],
    [10, Number.NaN],
    [20, Infinity],
    [30, -Infinity],
    [Number.NaN, 5],
    [40, 2],
    [50, 3],
  ];
  const { at, value } = cleaned(points, 45);
  assert.deepEqual([...at], [0, 40]);
  assert.deepEqual([...value], [1, 2]);
});

test("unordered points are put in order, and points of one time are averaged", () => {
  const points: Point[] = [
    [20, 4],
    [0, 1],
    [20, 2],
    [10, 7],
    [20, 6],
  ];
  const { at, value } = cleaned(points, 100);
  assert.deepEqual([...at], [0, 10, 20]);
  assert.deepEqual([...value], [1, 7, 4]);
});

test("of too many points the newest are kept", () => {
  const points = Array.from({ length: pointsMax + 5 }, (_, at): Point => [at, at]);
  const { at } = cleaned(points, Infinity);
  assert.equal(at.length, pointsMax);
  assert.equal(at[0], 5);
});

test("the grid begins at the onset, so that no cell holds values of both sides", () => {
  const points = Array.from({ length: 10 }, (_, index): Point => [index * 10, index < 5 ? 1 : 2]);
  const samples = cleaned(points, Infinity);
  assert.equal(stepOf(samples.at), 10);
  const { before, after } = halvesAt(samples, 47);
  assert.deepEqual([...before], [1, 1, 1, 1, 1]);
  assert.deepEqual([...after], [2, 2, 2, 2, 2]);
});

test("one point, none, or many at one time are no reason to fail", () => {
  for (const points of [
    [],
    [[5, 1]],
    [
      [5, 1],
      [5, 3],
    ],
  ] as Point[][]) {
    const { before, after } = halvesAt(cleaned(points, Infinity), 0);
    assert.equal(before.length, 0);
    assert.ok(after.length <= 1);
  }
});
