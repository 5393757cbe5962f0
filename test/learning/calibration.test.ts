import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { calibrationOf, shareOf } from "../../src/learning/calibration.ts";

describe("a share", () => {
  it("has a Wilson interval, which is never empty and never beyond 0 and 1", () => {
    const { low, high } = shareOf(8, 10);
    assert.ok(Math.abs(low - 0.4902) < 1e-3 && Math.abs(high - 0.9433) < 1e-3, `${low} ${high}`);
    for (const [hits, of] of [
      [0, 5],
      [5, 5],
      [0, 0],
    ] as const) {
      const all = shareOf(hits, of);
      assert.ok(all.low >= 0 && all.high <= 1 && all.low < all.high);
    }
  });
});

describe("the calibration", () => {
  it("is the gap between what was said and what came, weighed by how much is in each tenth", () => {
    const told = [
      ...Array.from({ length: 3 }, () => ({ p: 0.25, hasWorked: false })),
      { p: 0.95, hasWorked: true },
    ];
    const { error, count, bins } = calibrationOf(told);
    assert.ok(Math.abs((error ?? 0) - (3 * 0.25 + 0.05) / 4) < 1e-9);
    assert.equal(count, 4);
    assert.deepEqual(
      bins.map(({ from, count: n, came }) => [from, n, came]),
      [
        [0.2, 3, 0],
        [0.9, 1, 1],
      ],
    );
  });

  it("of nothing is nothing", () => {
    assert.deepEqual(calibrationOf([]), { error: null, count: 0, bins: [] });
  });
});
