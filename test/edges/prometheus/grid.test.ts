import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { gridOf, rateWindowS } from "../../../src/edges/prometheus/grid.ts";
import { runs, seed } from "../../property-runs.ts";

const at = (ms: number) => new Date(ms);
const span = fc.tuple(
  fc.integer({ min: 1_000_000_000_000, max: 2_000_000_000_000 }),
  fc.integer({ min: 0, max: 100_000_000_000 }),
  fc.integer({ min: 0, max: 100_000_000_000 }),
);
const windows = span.map(([onset, before, after]) => ({
  from: at(onset - before),
  onset: at(onset),
  to: at(onset + after),
}));

describe("the grid that a window is read on", () => {
  it("lies in the window, has the onset on it and at most 400 points, however long the window is", () => {
    const holds = fc.property(windows, (window) => {
      const { from, onset, to, stepS } = gridOf(window);
      assert.ok(from >= window.from.getTime() / 1000 && to === window.to.getTime() / 1000);
      assert.ok((to - from) / stepS <= 400);
      assert.ok(Math.abs(Math.round((onset - from) / stepS) - (onset - from) / stepS) < 1e-6);
    });
    fc.assert(holds, { numRuns: runs(1_000), seed });
  });

  it("does not depend on where the window lies in time", () => {
    const holds = fc.property(windows, fc.integer({ min: 0, max: 1_000_000 }), (window, shiftS) => {
      const moved = (time: Date) => at(time.getTime() + shiftS * 1000);
      const shifted = gridOf({
        from: moved(window.from),
        onset: moved(window.onset),
        to: moved(window.to),
      });
      const { from, stepS } = gridOf(window);
      assert.equal(shifted.stepS, stepS);
      assert.ok(Math.abs(shifted.from - shiftS - from) < 1e-3);
    });
    fc.assert(holds, { numRuns: runs(1_000), seed });
  });

  it("counts rates over four scrapes, half a minute at least, and no less than a step", () => {
    const fine = gridOf({ from: at(0), onset: at(3_600_000), to: at(4_500_000) });
    assert.equal(fine.stepS, 15);
    assert.equal(rateWindowS(fine, 40), 60);
    assert.equal(rateWindowS(fine, 600), 30);
    assert.equal(rateWindowS(fine, null), 240);
    assert.equal(rateWindowS(fine, 0), 240);
    assert.equal(rateWindowS(fine, 1), 1_200);
    const coarse = gridOf({ from: at(0), onset: at(30 * 86_400_000), to: at(31 * 86_400_000) });
    assert.equal(rateWindowS(coarse, 40), coarse.stepS);
  });
});
