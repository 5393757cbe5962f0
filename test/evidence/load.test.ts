import assert from "node:assert/strict";
import { test } from "node:test";

import { diagnose } from "../../src/evidence/diagnose.ts";
import { hasMoreTraffic, loadsOf } from "../../src/evidence/load.ts";
import type { Series } from "../../src/evidence/input.ts";
import { madeSeries, onset, type Made } from "./made-series.ts";

const calls = [
  ["frontend", "checkout"],
  ["checkout", "orders-db"],
] as const;
const alert = { service: "checkout", metric: "latency_p99", kind: "latency" } as const;

function requests(service: string, made: Made, callee?: string): Series {
  const told = { service, name: "rps", kind: "requests", made } as const;
  return madeSeries(callee === undefined ? told : { ...told, callee });
}

const slow = [
  madeSeries({ made: { before: 0.2, after: 2 } }),
  madeSeries({ callee: "orders-db", name: "db_latency", made: { before: 0.04, after: 0.9 } }),
];

test("a database that is asked more by a caller with steady traffic points to the caller", () => {
  const more = requests("orders-db", { before: 40, after: 400 });
  const steady = diagnose({
    onset,
    alert,
    calls,
    series: [...slow, more, requests("checkout", { before: 9 })],
  });
  assert.equal(steady.services[0]?.service, "checkout");
});

test("a slow database whose load is as ever stays the suspect, and so does one whose callers are asked more too", () => {
  const calm = [requests("orders-db", { before: 40 }), requests("checkout", { before: 9 })];
  const busy = [
    requests("orders-db", { before: 40, after: 400 }),
    requests("checkout", { before: 9, after: 90 }),
  ];
  for (const loads of [calm, busy]) {
    const { services } = diagnose({ onset, alert, calls, series: [...slow, ...loads] });
    assert.equal(services[0]?.service, "orders-db");
  }
});

const noCalls = { callees: new Map<string, ReadonlySet<string>>(), leftOut: 0 };

test("a service that is asked more by callers who are not is no sign of more traffic", () => {
  const calls = { callees: new Map([["web", new Set(["orders-db"])]]), leftOut: 0 };
  const rose = { service: "orders-db", rose: true };
  const alerted = { service: "orders-db" };
  const withWeb = (web: boolean) => loadsOf([rose, { service: "web", rose: web }]);
  assert.equal(hasMoreTraffic(loadsOf([rose]), alerted, calls), false);
  assert.equal(hasMoreTraffic(withWeb(false), alerted, calls), false);
  assert.equal(hasMoreTraffic(withWeb(true), alerted, calls), true);
});

test("more traffic is more asked of the alerting service, by every measure of it", () => {
  const loads = loadsOf([
    { service: "checkout", rose: true },
    { service: "orders-db", rose: true },
    { service: "orders-db", rose: false },
  ]);
  assert.equal(hasMoreTraffic(loads, { service: "checkout" }, noCalls), true);
  assert.equal(hasMoreTraffic(loads, { service: "orders-db" }, noCalls), false);
  assert.equal(hasMoreTraffic(loads, { service: "cart" }, noCalls), false);
  assert.equal(hasMoreTraffic(loads, undefined, noCalls), true);
  assert.equal(hasMoreTraffic(loadsOf([]), undefined, noCalls), false);
});
