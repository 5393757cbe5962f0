import assert from "node:assert/strict";
import { test } from "node:test";

import { cleaned } from "../../src/evidence/samples.ts";
import { scopeOf } from "../../src/evidence/scope.ts";
import { shiftOf } from "../../src/evidence/shifts.ts";
import type { Alert, Series } from "../../src/evidence/input.ts";
import { madeSeries, onset, type Made } from "./made-series.ts";

const alert = { service: "checkout", metric: "latency_p99", kind: "latency" } as const;
const bad: Made = { before: 0.4, after: 4 };
const good: Made = { before: 0.4 };

function scopeIn(series: readonly Series[], about: Alert = alert) {
  const shifts = series.map((one) => shiftOf(one, cleaned(one.points, Infinity), onset));
  return scopeOf(shifts, about);
}

function slice(labels: Record<string, string>, made: Made): Series {
  return madeSeries({ labels, made });
}

test("a metric that was not cut has no scope", () => {
  assert.equal(scopeIn([madeSeries({ made: bad })]), null);
});

test("the one version that moved is said", () => {
  const scope = scopeIn([slice({ version: "41" }, bad), slice({ version: "40" }, good)]);
  assert.deepEqual(scope, { everywhere: false, labels: { version: "41" }, share: 1 });
});

test("where all slices moved alike it is everywhere", () => {
  const scope = scopeIn(["eu", "us", "ap"].map((region) => slice({ region }, bad)));
  assert.equal(scope?.everywhere, true);
  assert.deepEqual(scope?.labels, {});
});

test("two labels of one cut are said together where they meet in one slice", () => {
  const scope = scopeIn([
    slice({ route: "POST /pay", version: "41" }, bad),
    slice({ route: "GET /cart", version: "41" }, good),
    slice({ route: "POST /pay", version: "40" }, good),
    slice({ route: "GET /cart", version: "40" }, good),
  ]);
  assert.deepEqual(scope?.labels, { route: "POST /pay", version: "41" });
});

test("labels cut one by one are said together too", () => {
  const scope = scopeIn([
    slice({ route: "POST /pay" }, bad),
    slice({ route: "GET /cart" }, good),
    slice({ zone: "a" }, bad),
    slice({ zone: "b" }, bad),
    slice({ version: "41" }, bad),
    slice({ version: "40" }, good),
  ]);
  assert.deepEqual(scope?.labels, { route: "POST /pay", version: "41" });
});

test("cuts under several names are said together", () => {
  const scope = scopeIn([
    madeSeries({ name: "latency_by_route", labels: { route: "POST /pay" }, made: bad }),
    madeSeries({ name: "latency_by_route", labels: { route: "GET /cart" }, made: good }),
    madeSeries({ name: "latency_by_version", labels: { version: "41" }, made: bad }),
    madeSeries({ name: "latency_by_version", labels: { version: "40" }, made: good }),
    madeSeries({ name: "latency_by_zone", labels: { zone: "a" }, made: bad }),
    madeSeries({ name: "latency_by_zone", labels: { zone: "b" }, made: bad }),
  ]);
  assert.deepEqual(scope?.labels, { route: "POST /pay", version: "41" });
});

test("a version that began with the trouble is measured against the others' usual level", () => {
  const scope = scopeIn([
    slice({ version: "40" }, good),
    slice({ version: "39" }, good),
    slice({ version: "41" }, { after: 4, cellsBefore: 0 }),
    slice({ version: "38" }, { ...bad, after: 0.6 }),
  ]);
  assert.deepEqual(scope?.labels, { version: "41" });
});

test("the busiest slice of a count is not the scope merely because it is the busiest", () => {
  const errors = { kind: "errors", name: "errors" } as const;
  const about = { service: "checkout", metric: "errors", kind: "errors" } as const;
  const shifts = [
    madeSeries({ ...errors, labels: { zone: "a" }, made: { before: 95, after: 950 } }),
    madeSeries({ ...errors, labels: { zone: "b" }, made: { before: 5, after: 50 } }),
  ].map((one) => shiftOf(one, cleaned(one.points, Infinity), onset));
  assert.equal(scopeOf(shifts, about)?.everywhere, true);
});

test("the slice whose share of failures rose is said, though it alone had any before", () => {
  const share = (version: string, made: Made) =>
    madeSeries({ name: "http_requests_error_ratio", kind: "errors", labels: { version }, made });
  const series = [share("41", { before: 0.01, after: 0.3 }), share("40", { before: 0 })];
  const scope = scopeIn(series, { ...alert, metric: "http_requests_error_ratio", kind: "errors" });
  assert.deepEqual(scope?.labels, { version: "41" });
});

test("a slice that began with the trouble is measured against slices by the same label", () => {
  const scope = scopeIn([
    slice({ version: "40" }, bad),
    slice({ version: "41" }, { after: 0.45, cellsBefore: 0 }),
    slice({ route: "/a" }, { before: 0.01 }),
    slice({ route: "/b" }, bad),
    slice({ route: "/c" }, { before: 0.01 }),
    slice({ route: "/d" }, { before: 0.01 }),
  ]);
  assert.deepEqual(scope?.labels, { route: "/b", version: "40" });
});

test("a label with more than fifty values is an identity, not a slice", () => {
  const users = Array.from({ length: 51 }, (_, user) =>
    slice({ user: `u${user}` }, user === 7 ? bad : good),
  );
  assert.equal(scopeIn(users)?.everywhere, true);
});

test("another service's slices say nothing about the alert's", () => {
  const series = [
    madeSeries({ service: "cart", labels: { pod: "a" }, made: bad }),
    madeSeries({ service: "cart", labels: { pod: "b" }, made: good }),
  ];
  assert.equal(scopeIn(series), null);
});
