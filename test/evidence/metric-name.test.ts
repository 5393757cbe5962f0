import assert from "node:assert/strict";
import { test } from "node:test";
import { metricName, metricPlace } from "../../src/evidence/metric-name.ts";
import { checkoutP99 } from "../incident/timeline.ts";

test("a metric is named in words, by its kind and unit where those say it", () => {
  for (const [name, words] of [
    ["latency_p95_by_route", "p95"],
    ["error_ratio_by_route", "errors"],
    ["nodejs_heap_size_total_bytes", "heap size"],
    ["process_resident_memory_bytes", "resident memory"],
    ["event_loop_lag_p99", "event loop lag p99"],
    ["cpu_by_version", "cpu"],
    ["http_requests_total", "requests"],
    ["pool_timeouts_per_second", "pool timeouts per second"],
    ["job:queue_depth:max", "job queue depth max"],
    ["http_server_requests_seconds_mean", "mean latency"],
    ["jvm_gc_pause_seconds_max", "gc pause max"],
  ] as const)
    assert.equal(metricName({ name }), words, name);
});

test("a name that somebody gave it in words stays", () => {
  assert.equal(
    metricName({ name: "Failed payments", kind: "errors", unit: "ratio" }),
    "Failed payments",
  );
  assert.equal(metricName({ name: "rps" }), "rps");
});

test("its place is the service or the calls, with the slice", () => {
  const errors = {
    ...checkoutP99,
    name: "call_error_ratio",
    kind: "errors",
    unit: "ratio",
  } as const;
  assert.equal(metricPlace({ ...errors, callee: "payments" }), "failed calls checkout → payments");
  const load = { ...checkoutP99, name: "calls_per_second", kind: "requests" } as const;
  assert.equal(metricPlace({ ...load, callee: "payments" }), "calls checkout → payments");
  assert.equal(
    metricPlace({ ...errors, labels: { route: "POST /pay" } }),
    "errors of checkout (route POST /pay)",
  );
  assert.equal(
    metricPlace({ ...checkoutP99, callee: "payments" }),
    "p99 of calls checkout → payments",
  );
});
