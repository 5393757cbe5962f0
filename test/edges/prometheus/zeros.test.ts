import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { withZeros } from "../../../src/edges/prometheus/zeros.ts";
import type { Point, SourcedSeries } from "../../../src/evidence/input.ts";
import type { MetricKind } from "../../../src/vocabulary.ts";

const times = [0, 15, 30, 45];
const always = times.map((at): Point => [at, 7]);
const late: Point[] = [[30, 2]];

function series(
  [service, name]: readonly [string, string],
  kind: MetricKind,
  points: readonly Point[],
  unit?: string,
): SourcedSeries {
  return { service, name, kind, points, source: { query: name, ...(unit ? { unit } : {}) } };
}

function pointsOf(told: SourcedSeries, ...others: SourcedSeries[]): readonly Point[] {
  return withZeros([told, ...others])[0]?.points ?? [];
}

describe("what counts failures and begins to exist", () => {
  const load = series(["cart", "requests"], "requests", always);
  const whole = [
    [0, 0],
    [15, 0],
    [30, 2],
    [45, 0],
  ];

  it("was 0 while its service was measured", () => {
    assert.deepEqual(pointsOf(series(["cart", "failures"], "errors", late), load), whole);
    assert.deepEqual(pointsOf(series(["cart", "restarts"], "restarts", late), load), whole);
  });

  it("was 0 while the cluster told of any service, where the cluster tells it", () => {
    const failed = series(["nightly", "kube_job_failed"], "errors", late);
    const other = series(["cart", "kube_pod_ready_ratio"], "availability", always);
    assert.deepEqual(pointsOf(failed, other), whole);
    assert.deepEqual(pointsOf({ ...failed, name: "job_failed" }, other), late);
  });

  it("is not known while nothing was measured, nor a share of no requests, nor what counts no failures", () => {
    const elsewhere = { ...load, service: "till" };
    assert.deepEqual(pointsOf(series(["cart", "failures"], "errors", late), elsewhere), late);
    const gaps = { ...load, points: always.map(([at]): Point => [at, Number.NaN]) };
    assert.deepEqual(pointsOf(series(["cart", "failures"], "errors", late), gaps), late);
    assert.deepEqual(pointsOf(series(["cart", "share"], "errors", late, "ratio"), load), late);
    assert.deepEqual(pointsOf(series(["cart", "p99"], "latency", late), load), late);
  });
});
