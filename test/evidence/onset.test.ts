import assert from "node:assert/strict";
import { test } from "node:test";

import { changePoint, refinedOnset, refinementSecondsMax } from "../../src/evidence/onset.ts";
import { cleaned } from "../../src/evidence/samples.ts";
import { shiftOf } from "../../src/evidence/shifts.ts";
import type { Series } from "../../src/evidence/input.ts";
import { madeSeries, onset, type Made } from "./made-series.ts";

function moved(made: Made): number {
  const series = madeSeries({ made: { before: 0.4, after: 4, ...made } });
  return changePoint(series, cleaned(series.points, Infinity), onset) - onset;
}

function shiftsOf(series: readonly Series[]) {
  return series.map((one) => shiftOf(one, cleaned(one.points, Infinity), onset));
}

test("an alert that fires three minutes late is moved back to when the metric moved", () => {
  assert.equal(moved({ movedAfter: -180 }), -180);
});

test("an onset given too early is moved forward", () => {
  assert.equal(moved({ movedAfter: 240 }), 240);
});

test("an exact onset stays, and so does one of a metric that did not move", () => {
  assert.equal(moved({}), 0);
  assert.equal(moved({ after: 0.4 }), 0);
});

test("what moved longer ago than ten minutes does not drag the onset beyond them", () => {
  assert.ok(Math.abs(moved({ movedAfter: -1_500 })) <= refinementSecondsMax);
});

test("a few wild values before the trouble do not draw the onset to them", () => {
  const series = madeSeries({ made: { before: 0.4, after: 4, movedAfter: -60 } });
  const points = series.points.map(([at, value], index) =>
    index % 37 === 5 && at < onset - 120 ? ([at, 8] as const) : ([at, value] as const),
  );
  assert.equal(changePoint(series, cleaned(points, Infinity), onset), onset - 60);
});

test("a rate that rises by and by is followed back to where it began to rise", () => {
  const series = madeSeries({ made: { before: 0.4, after: 4 } });
  const points = series.points.map(([at, value]) => {
    const share = Math.min(Math.max((at - onset + 60) / 60, 0), 1);
    return [at, at < onset ? value + 3.6 * share : value] as const;
  });
  const found = changePoint(series, cleaned(points, Infinity), onset);
  assert.ok(found <= onset - 45 && found >= onset - 60, String(found - onset));
});

test("a rise over half an hour is not followed back beyond ten minutes either", () => {
  const series = madeSeries({ made: { before: 0.4, cellsBefore: 480 } });
  const points = series.points.map(([at, value]) => {
    const share = Math.min(Math.max((at - onset + 1_800) / 1_800, 0), 1);
    return [at - (at % 60), value + 3.6 * share] as const;
  });
  const found = changePoint(series, cleaned(points, Infinity), onset);
  assert.ok(found >= onset - refinementSecondsMax && found < onset, String(found - onset));
});

test("the alert's own metric refines the onset, whatever else moved at another time", () => {
  const own = madeSeries({ made: { before: 0.4, after: 4, movedAfter: -180 } });
  const other = madeSeries({
    service: "cart",
    name: "cpu",
    made: { before: 1, after: 90, movedAfter: 300 },
  });
  const alert = { service: "checkout", metric: "latency_p99" };
  assert.equal(refinedOnset(shiftsOf([other, own]), alert, onset), onset - 180);
});

test("without an alert the strongest shift refines it, and without a shift nothing does", () => {
  const strong = madeSeries({ made: { before: 0.4, after: 4, movedAfter: -120 } });
  assert.equal(
    refinedOnset(shiftsOf([madeSeries({ name: "calm" }), strong]), undefined, onset),
    onset - 120,
  );
  assert.equal(
    refinedOnset(shiftsOf([madeSeries({ made: { noise: 0 } })]), undefined, onset),
    onset,
  );
  assert.equal(refinedOnset([], undefined, onset), onset);
});

test("what had come and gone before the alert is not taken for its onset", () => {
  const series = madeSeries({ made: { before: 0.4, after: 1 } });
  const points = series.points.map(([at, value]) =>
    at >= onset - 480 && at < onset - 120 ? ([at, 8] as const) : ([at, value] as const),
  );
  assert.equal(changePoint(series, cleaned(points, Infinity), onset), onset);
});

test("an alert that has only just fired is moved back to when its metric moved", () => {
  const series = madeSeries({
    made: { before: 0.4, after: 4, movedAfter: -300, cellsAfter: 1 },
  });
  const alert = { service: "checkout", metric: "latency_p99", kind: "latency" } as const;
  assert.equal(refinedOnset(shiftsOf([series]), alert, onset), onset - 300);
});
