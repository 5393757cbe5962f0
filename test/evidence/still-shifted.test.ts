import assert from "node:assert/strict";
import { test } from "node:test";

import { diagnose } from "../../src/evidence/diagnose.ts";
import { stillShifted } from "../../src/evidence/still-shifted.ts";
import type { Point } from "../../src/evidence/input.ts";
import { madeSeries, onset } from "./made-series.ts";

const slow = madeSeries({ made: { before: 0.4, after: 4 } });
const diagnosis = diagnose({ onset, series: [slow] });

function rereadOf(...values: number[]) {
  const points = values.map((value, index): Point => [onset + 1_000 + index * 60, value]);
  const [first] = stillShifted(diagnosis, [{ ...slow, points }]);
  assert.ok(first !== undefined);
  return first;
}

test("a metric that came back says since when", () => {
  const reread = rereadOf(4, 3.9, 4.1, 0.5, 0.4, 0.42);
  assert.equal(reread.recovered, true);
  assert.equal(reread.since, onset + 1_000 + 3 * 60);
  assert.deepEqual(reread.latest, [onset + 1_000 + 5 * 60, 0.42]);
});

test("one good value is not a recovery, nor is a half-way one", () => {
  assert.equal(rereadOf(4, 4, 4, 0.4).recovered, false);
  assert.equal(rereadOf(4, 2, 2, 2, 2).recovered, false);
});

test("worse again is not recovered", () => {
  assert.deepEqual(
    [rereadOf(0.4, 0.4, 0.4, 4).recovered, rereadOf(0.4, 0.4, 0.4, 4).since],
    [false, null],
  );
});

test("better than before is back", () => {
  assert.equal(rereadOf(4, 0.1, 0.1).recovered, true);
});

test("values from before the onset do not count as a recovery", () => {
  const [reread] = stillShifted(diagnosis, [
    { ...slow, points: slow.points.filter(([at]) => at < onset) },
  ]);
  assert.equal(reread?.recovered, false);
});

test("a metric that was not read again has no newest value", () => {
  const [reread] = stillShifted(diagnosis, [madeSeries({ service: "cart" })]);
  assert.deepEqual([reread?.latest, reread?.recovered], [null, false]);
});

test("slices are told apart by their labels, in whatever order they stand", () => {
  const labels = { zone: "a", version: "41" };
  const cut = diagnose({ onset, series: [{ ...slow, labels }] });
  const points: Point[] = [
    [onset + 900, 0.4],
    [onset + 960, 0.4],
  ];
  const fresh = [
    { ...slow, labels: { version: "41", zone: "a" }, points },
    { ...slow, labels: { version: "41", zone: "b" } },
  ];
  assert.equal(stillShifted(cut, fresh)[0]?.recovered, true);
});

test("a latency that is still several times what it was is not back, however many seconds it made up", () => {
  assert.equal(rereadOf(4, 4, 1, 1, 1, 1).recovered, false);
  assert.equal(rereadOf(4, 4, 0.6, 0.6).recovered, true);
});

test("of errors, which are rare and so uneven, the share alone is asked", () => {
  const failing = madeSeries({
    name: "error_ratio",
    kind: "errors",
    made: { before: 0.001, after: 0.4 },
  });
  const points = [0.4, 0.4, 0.02, 0.02].map((value, index): Point => [
    onset + 1_000 + index * 60,
    value,
  ]);
  const [first] = stillShifted(diagnose({ onset, series: [failing] }), [{ ...failing, points }]);
  assert.equal(first?.recovered, true);
});
