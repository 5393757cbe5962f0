import assert from "node:assert/strict";
import { test } from "node:test";

import {
  counted,
  formatClock,
  formatClockSeconds,
  formatCount,
  formatDuration,
  formatValue,
} from "../../src/evidence/format.ts";

test("values are said with the unit that reads best", () => {
  const table: [number, string | undefined, string][] = [
    [0.4, "seconds", "0.4 s"],
    [4.1234, "seconds", "4.1 s"],
    [0.0231, "seconds", "23 ms"],
    [230, "ms", "0.23 s"],
    [0.00002, "s", "20 µs"],
    [300, "seconds", "5 min"],
    [0, "seconds", "0 s"],
    [536_870_912, "bytes", "512 MiB"],
    [0, "bytes", "0 B"],
    [0.125, "ratio", "13 %"],
    [87.6, "percent", "88 %"],
    [1_204, undefined, "1,204"],
    [2.71, undefined, "2.7"],
    [-0.5, undefined, "-0.5"],
    [12, "requests/s", "12 requests/s"],
    [Number.NaN, "seconds", "no value"],
  ];
  for (const [value, unit, text] of table) assert.equal(formatValue(value, unit), text);
});

test("a unit named like a property of every object is said as it is", () => {
  assert.equal(formatValue(2, "constructor"), "2 constructor");
});

test("times are UTC, to the minute or to the second", () => {
  assert.equal(formatClock(1_732_284_120), "14:02");
  assert.equal(formatClockSeconds(1_732_284_030), "14:00:30");
  assert.doesNotThrow(() => formatClock(1e300));
});

test("durations change their unit where people do", () => {
  assert.equal(formatDuration(90), "90 s");
  assert.equal(formatDuration(-240), "4 min");
  assert.equal(formatDuration(3 * 3600), "3 h");
  assert.equal(formatDuration(5 * 86_400), "5 days");
});

test("counts have separators, and one is not many", () => {
  assert.equal(formatCount(1_234_567), "1,234,567");
  assert.equal(counted(1, "change"), "1 change");
  assert.equal(counted(4, "change"), "4 changes");
});
