import assert from "node:assert/strict";
import { test } from "node:test";

import { cleaned } from "../../src/evidence/samples.ts";
import { directionWeight, isShifted, shiftOf } from "../../src/evidence/shifts.ts";
import type { Series } from "../../src/evidence/input.ts";
import { metricKinds } from "../../src/vocabulary.ts";
import { madeSeries, onset } from "./made-series.ts";

function shiftIn(series: Series) {
  return shiftOf(series, cleaned(series.points, Infinity), onset);
}

test("a latency that went up tenfold has shifted, and says from where to where", () => {
  const shift = shiftIn(madeSeries({ made: { before: 0.4, after: 4 } }));
  assert.ok(isShifted(shift));
  assert.equal(shift.direction, "up");
  assert.ok(Math.abs(shift.before - 0.4) < 0.02 && Math.abs(shift.after - 4) < 0.2);
});

test("the scale is the largest of the five in DESIGN §5, and the score is capped at 100", () => {
  // Before: 0 1 2 3 4, so MAD 1, IQR 2, std √2; after: 5 5 5.
  const values = [0, 1, 2, 3, 4, 5, 5, 5];
  const points = values.map((value, index) => [onset + (index - 5) * 15, value] as const);
  const { score } = shiftIn(madeSeries({ points }));
  assert.ok(Math.abs(score - (5 - 2) / Math.max(1.4826, 2 / 1.349)) < 1e-12, String(score));
  const flat = shiftIn(madeSeries({ made: { before: 0, after: 1, noise: 0 } }));
  assert.ok(Math.abs(flat.score - 100) < 1e-9, String(flat.score));
});

test("a series that only wobbles, a constant one and an empty one have not shifted", () => {
  assert.ok(!isShifted(shiftIn(madeSeries({ made: { noise: 0.3 } }))));
  assert.equal(shiftIn(madeSeries({ made: { before: 0, noise: 0 } })).score, 0);
  assert.equal(shiftIn(madeSeries({ points: [] })).score, 0);
});

test("fewer than three cells on either side say nothing", () => {
  const after = shiftIn(madeSeries({ made: { after: 9, cellsAfter: 2 } }));
  const before = shiftIn(madeSeries({ made: { after: 9, cellsBefore: 2 } }));
  assert.deepEqual([after.score, before.score], [0, 0]);
});

test("zero errors then one, and zero errors then a million, score alike", () => {
  const one = shiftIn(madeSeries({ kind: "errors", made: { before: 0, after: 1 } })).score;
  const many = shiftIn(madeSeries({ kind: "errors", made: { before: 0, after: 1e6 } })).score;
  assert.ok(Math.abs(one - many) < 1e-6 * one, `${one} ${many}`);
});

test("what got better counts a third of what got worse", () => {
  const worse = shiftIn(madeSeries({ made: { before: 1, after: 2, noise: 0.2 } }));
  const better = shiftIn(
    madeSeries({ kind: "availability", made: { before: 1, after: 2, noise: 0.2 } }),
  );
  assert.ok(Math.abs(better.score / worse.score - 0.3) < 1e-9);
});

test("each kind has its bad direction", () => {
  const down = metricKinds.filter((kind) => directionWeight(kind, "down") === 1);
  const either = metricKinds.filter((kind) => directionWeight(kind, "up") === 0.6);
  assert.deepEqual(down, ["availability"]);
  assert.deepEqual(either, ["disk", "network", "requests", "other"]);
});

test("a trouble earlier in the window hides a shift less than one that is still going on", () => {
  const made = { before: 1, after: 4, cellsBefore: 60, cellsAfter: 8 };
  const scoreWith = (first: number): number => {
    const series = madeSeries({ made });
    const points = series.points.map(([at, value], cell) =>
      cell >= first && cell < first + 20 ? ([at, value * 4] as const) : ([at, value] as const),
    );
    return shiftIn({ ...series, points }).score;
  };
  const [over, going] = [scoreWith(10), scoreWith(40)];
  assert.ok(over > 1.5 * going && over <= 2.01 * going, `${over} ${going}`);
});
