import assert from "node:assert/strict";
import { test } from "node:test";

import { contextFlagsOf, inFlightSecondsMax } from "../../src/evidence/context-flags.ts";
import { diagnose } from "../../src/evidence/diagnose.ts";
import type { ChangeRecord, EvidenceInput } from "../../src/evidence/input.ts";
import { madeSeries, onset } from "./made-series.ts";

const slow = madeSeries({ made: { before: 0.4, after: 4 } });

function flagsOf(told: Partial<EvidenceInput>): string[] {
  const input = { onset, series: [slow], ...told };
  return contextFlagsOf(diagnose(input), input).toSorted();
}

function change(told: Partial<ChangeRecord>): ChangeRecord {
  return { id: "1", kind: "deploy", at: onset - 90, service: "checkout", title: "v42", ...told };
}

test("a change that went live before it began is a flag of its kind", () => {
  assert.deepEqual(flagsOf({ changes: [change({})] }), ["deploy"]);
  assert.deepEqual(flagsOf({ changes: [change({ kind: "flag" })] }), ["flag"]);
  assert.deepEqual(flagsOf({ changes: [change({ kind: "config" })] }), ["config"]);
});

test("a deploy is in flight also where its commits took over its probability", () => {
  const commit = change({ id: "c", kind: "commit", at: onset - 3_000, title: "Batch the query" });
  assert.deepEqual(flagsOf({ changes: [commit, change({ deploys: ["c"] })] }), ["deploy"]);
});

test("an old change, a later one, a merge that is not live and a staging deploy are no context", () => {
  for (const told of [
    { at: onset - inFlightSecondsMax - 60 },
    { at: onset + 600 },
    { kind: "commit" } as const,
    { live: false },
  ]) {
    assert.deepEqual(flagsOf({ changes: [change(told)] }), [], JSON.stringify(told));
  }
  const staging = change({ environment: "staging" });
  assert.deepEqual(flagsOf({ changes: [staging], environment: "production" }), []);
});

test("more requests are traffic; fewer are not", () => {
  const more = madeSeries({ name: "rps", kind: "requests", made: { before: 10, after: 90 } });
  const fewer = madeSeries({ name: "rps", kind: "requests", made: { before: 90, after: 10 } });
  assert.deepEqual(flagsOf({ series: [more] }), ["traffic"]);
  assert.deepEqual(flagsOf({ series: [fewer] }), []);
});

test("a service that asks more of its database without being asked more has no more traffic", () => {
  const statements = madeSeries({
    name: "statements",
    kind: "requests",
    made: { before: 10, after: 90 },
  });
  const asked = madeSeries({ name: "rps", kind: "requests", made: { before: 10 } });
  assert.deepEqual(flagsOf({ series: [statements, asked] }), []);
});

test("a shifted dependency is said, measured at the caller or by itself", () => {
  const atCaller = madeSeries({ callee: "redis", made: { before: 0.1, after: 4 } });
  assert.deepEqual(flagsOf({ series: [atCaller] }), ["dependency-error"]);
  const itself = madeSeries({ service: "payments", made: { before: 0.1, after: 4 } });
  const alert = { service: "checkout" };
  assert.deepEqual(flagsOf({ series: [itself], alert, calls: [["checkout", "payments"]] }), [
    "dependency-error",
  ]);
  assert.deepEqual(flagsOf({ series: [itself], alert }), []);
});

test("trouble on one pod or node is single-node", () => {
  const series = [
    madeSeries({ labels: { pod: "a" }, made: { before: 0.4, after: 4 } }),
    madeSeries({ labels: { pod: "b" }, made: { before: 0.4 } }),
  ];
  assert.deepEqual(flagsOf({ series, alert: { service: "checkout", kind: "latency" } }), [
    "single-node",
  ]);
});
