import assert from "node:assert/strict";
import { describe, test } from "node:test";

import * as fc from "fast-check";

import { diagnose } from "../../src/evidence/diagnose.ts";
import type { EvidenceInput, Series } from "../../src/evidence/input.ts";
import { recoveryOf } from "../../src/evidence/recovery.ts";
import { cleaned } from "../../src/evidence/samples.ts";
import { runs, seed } from "../property-runs.ts";
import { madeSeries, onset, stepSeconds, type Made } from "./made-series.ts";

const parameters = { numRuns: runs(500), seed };
const minutes = 60 / stepSeconds;
const latency = (made: Made) => madeSeries({ made: { before: 0.4, after: 4, ...made } });
const sampled = (series: readonly Series[]) =>
  series.map((one) => ({ series: one, samples: cleaned(one.points, Infinity) }));
const recovered = (series: readonly Series[], alert?: EvidenceInput["alert"]) => {
  const at = recoveryOf(sampled(series), alert, onset);
  return at === null ? null : at - onset;
};

describe("a trouble that is over", () => {
  const over = (minutesAfter: number) =>
    diagnose({
      onset,
      alert: { service: "checkout" },
      series: [latency({ backAfter: 300, cellsAfter: (5 + minutesAfter) * minutes })],
    });

  for (const minutesAfter of [1, 3, 5, 10, 20, 60]) {
    test(`is told as it was, ${minutesAfter} min after its end`, () => {
      const { metrics, confidence, onset: refined } = over(minutesAfter);
      const [metric] = metrics;
      assert.equal(refined, onset);
      assert.ok(confidence !== "none");
      assert.ok(Math.abs((metric?.before ?? 0) - 0.4) < 0.02, `before ${metric?.before}`);
      assert.ok(Math.abs((metric?.after ?? 0) - 4) < 0.2, `after ${metric?.after}`);
    });

    test(`says how it is now, ${minutesAfter} min after its end`, () => {
      const [metric] = over(minutesAfter).metrics;
      const [at = 0, now = 0] = metric?.latest ?? [];
      assert.equal(at, onset + (5 + minutesAfter) * 60 - stepSeconds);
      assert.ok(Math.abs(now - 0.4) < 0.02, `now ${now}`);
    });
  }

  test("is seen from a minute after its end on", () => {
    assert.equal(recovered([latency({ backAfter: 300, cellsAfter: 22 })]), null);
    assert.equal(recovered([latency({ backAfter: 300, cellsAfter: 24 })]), 300);
  });

  test("is seen where the time that was told is minutes off", () => {
    for (const movedAfter of [-240, 240]) {
      const [metric] = diagnose({
        onset,
        series: [latency({ movedAfter, backAfter: 540, cellsAfter: 30 * minutes })],
      }).metrics;
      assert.ok(Math.abs((metric?.after ?? 0) - 4) < 0.2, `${movedAfter}: ${metric?.after}`);
    }
  });
});

describe("a trouble that goes on", () => {
  test("is not over", () => {
    assert.equal(recovered([latency({})]), null);
    assert.equal(recovered([latency({ before: 4, after: 0.4 })]), null);
  });

  test("is not over for a pause in it, nor half-way back", () => {
    const { points, ...rest } = latency({ cellsAfter: 60 });
    const pause = points.map(([at, value]): [number, number] => [
      at,
      at >= onset + 300 && at < onset + 480 ? 0.4 : value,
    ]);
    assert.equal(recovered([{ ...rest, points: pause }]), null);
    const half = points.map(([at, value]): [number, number] => [at, at >= onset + 300 ? 2 : value]);
    assert.equal(recovered([{ ...rest, points: half }]), null);
  });

  test("is none where nothing happened", () => {
    assert.equal(recovered([latency({ after: 0.4 })]), null);
    assert.equal(recovered([]), null);
    assert.equal(recovered([madeSeries({ points: [] })]), null);
  });
});

describe("what tells that it is over", () => {
  const errors = madeSeries({
    name: "error_ratio",
    kind: "errors",
    made: { after: 30, salt: 2, cellsAfter: 60 },
  });
  const back = latency({ backAfter: 300, cellsAfter: 60 });

  test("is the alert's own metric before all others", () => {
    const alert = { service: "checkout", metric: "latency_p99" };
    assert.equal(recovered([errors, back], alert), 300);
    assert.equal(recovered([errors, back], { ...alert, metric: "error_ratio" }), null);
  });

  test("is else the kind that alerted, and the service", () => {
    assert.equal(recovered([errors, back], { service: "checkout", kind: "latency" }), 300);
    const elsewhere = { ...errors, service: "cart" };
    assert.equal(recovered([elsewhere, back], { service: "checkout" }), 300);
  });

  test("is not what nobody notices: memory stays where it is", () => {
    const memory = madeSeries({ name: "memory", kind: "memory", made: { after: 9 } });
    assert.equal(recovered([memory, back]), 300);
    const calmer = madeSeries({
      kind: "memory",
      made: { after: 9, backAfter: 300, cellsAfter: 60 },
    });
    assert.equal(recovered([calmer]), null);
  });

  test("is half of the strongest, so that one that stays does not hide it and one that is back does not end it", () => {
    const backToo = { ...back, name: "latency_p50" };
    const stays = latency({ salt: 3 });
    assert.equal(recovered([back, backToo, stays]), 300);
    const staysToo = { ...latency({ salt: 5 }), name: "latency_p95" };
    assert.equal(recovered([back, stays, staysToo]), null);
  });
});

test("any trouble of at least two minutes that is over for as long is told as it was", () => {
  const made = fc.record({
    before: fc.double({ min: 0.001, max: 1_000, noNaN: true }),
    factor: fc.constantFrom(3, 10, 100),
    noise: fc.double({ min: 0.001, max: 0.1, noNaN: true }),
    salt: fc.integer({ min: 1, max: 1_000 }),
    lasted: fc.integer({ min: 8, max: 60 }),
    calm: fc.integer({ min: 8, max: 200 }),
  });
  fc.assert(
    fc.property(made, ({ before, factor, noise, salt, lasted, calm }) => {
      const shape = { before, after: before * factor, noise, salt };
      const span = { backAfter: lasted * stepSeconds, cellsAfter: lasted + calm };
      const [metric] = diagnose({
        onset,
        series: [madeSeries({ made: { ...shape, ...span } })],
      }).metrics;
      const after = (metric?.after ?? 0) / (before * factor);
      assert.ok(Math.abs(after - 1) < 0.15, `after ${after} of what it was`);
      assert.ok(Math.abs((metric?.latest[1] ?? 0) / before - 1) < 0.15);
    }),
    parameters,
  );
});
