import assert from "node:assert/strict";
import { describe, test } from "node:test";

import type { Point, Series } from "../../src/evidence/input.ts";
import { likelyOnset } from "../../src/evidence/likely-onset.ts";
import { madeSeries, onset, stepSeconds, type Made } from "./made-series.ts";

const minutes = 60 / stepSeconds;
const asked = (series: readonly Series[], alert = {}) => {
  const now = Math.max(...series.flatMap(({ points }) => points.map(([at]) => at)));
  const likely = likelyOnset({ onset: now, end: now, series, alert });
  return likely === null ? null : likely - onset;
};
const slow = (made: Made) => madeSeries({ made: { before: 0.4, after: 4, ...made } });
/** Even noise that an index alone decides. */
const noise = (n: number, salt: number) => {
  const wave = Math.sin(n * 12.9898 + salt * 78.233) * 43_758.545;
  return wave - Math.floor(wave);
};

describe("where nobody has said when it began", () => {
  test("it is when what people notice moved, from two minutes after it on", () => {
    for (const cellsAfter of [8, 20 * minutes]) assert.equal(asked([slow({ cellsAfter })]), 0);
  });

  test("it is also found when it is over by now", () => {
    for (const calm of [2, 10, 25]) {
      const cellsAfter = (5 + calm) * minutes;
      assert.equal(asked([slow({ backAfter: 300, cellsAfter })]), 0, `${calm} min after`);
    }
  });

  test("what goes on still comes before what is over", () => {
    const old = slow({ movedAfter: -1_500, backAfter: -1_200, cellsAfter: 5 * minutes });
    const points = old.points.map(([at, value]): Point => [at, at >= onset ? 4 : value]);
    assert.equal(asked([{ ...old, points }]), 0);
  });

  test("it is not known in the first moments, nor without a past", () => {
    assert.equal(asked([slow({ cellsAfter: 3 })]), null);
    assert.equal(asked([slow({ cellsBefore: 10 })]), null);
  });
});

describe("a quiet system", () => {
  const salts = Array.from({ length: 200 }, (_, index) => 17 + index * 7);
  const asksWithAnswer = (series: (salt: number) => Series) =>
    salts.filter((salt) => asked([series(salt)]) !== null).length;
  const hour = (value: (n: number, salt: number) => number) => (one: number) => ({
    ...madeSeries(),
    points: Array.from({ length: 240 }, (_, n): Point => [
      onset + (n - 239) * stepSeconds,
      value(n, one),
    ]),
  });
  /** One is seen for a minute, the range of its rate. */
  const failing = (share: number) => (n: number, one: number) =>
    noise(Math.floor(n / minutes), one) < share ? 0.01 : 0;
  const quiet: Readonly<Record<string, (n: number, salt: number) => number>> = {
    "even noise": (n, one) => 1 + 0.2 * noise(n, one),
    "one in fifty values three times as high": (n, one) =>
      noise(n, one) < 0.02 ? 3 : 1 + 0.2 * noise(n, one + 1),
    "a failed request now and then": failing(0.05),
    "a failed request every few minutes": failing(0.25),
  };
  for (const [name, value] of Object.entries(quiet)) {
    test(`of ${name} has no onset, but for one question in ten`, () => {
      const answered = asksWithAnswer(hour(value));
      assert.ok(answered <= salts.length / 10, `${answered} of ${salts.length}`);
    });
  }
});
