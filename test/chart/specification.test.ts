import assert from "node:assert/strict";
import { test } from "node:test";
import { chartOf } from "../../src/chart/chart.ts";
import { specificationOf } from "../../src/chart/specification.ts";
import { onset, sampleDiagnosis, sampleInput, shiftedMetric } from "./sample.ts";

const specified = (minutes: number): string => {
  const input = sampleInput({ end: onset + minutes * 60 });
  const chart = chartOf(input, sampleDiagnosis, [shiftedMetric(0.4, 4.1)]);
  assert.ok(chart);
  return JSON.stringify(specificationOf(chart, null));
};

test("times are few enough to be read, on whole minutes, in UTC on 24 hours", () => {
  for (const minutes of [1, 4, 12, 45, 200, 360]) {
    const text = specified(minutes);
    assert.match(text, /"type":"utc"/);
    assert.match(text, /"format":"%H:%M"/);
    const [, list = ""] = /"axis":\{"values":\[([\d,]+)\]/.exec(text) ?? [];
    const ticks = list.split(",").map(Number);
    assert.ok(ticks.length >= 2 && ticks.length <= 8, `${minutes} min: ${ticks.length}`);
    assert.ok(ticks.every((at) => at % 60_000 === 0));
  }
});
