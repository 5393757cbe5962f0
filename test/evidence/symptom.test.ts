import assert from "node:assert/strict";
import { test } from "node:test";

import { diagnose } from "../../src/evidence/diagnose.ts";
import { symptomOf } from "../../src/evidence/symptom.ts";
import type { Alert } from "../../src/evidence/input.ts";
import { madeSeries, onset } from "./made-series.ts";

const nothing = diagnose({ onset });

test("an alert's kind is its symptom, unless its words tell more", () => {
  const table: [Alert, string][] = [
    [{ kind: "latency" }, "latency"],
    [{ kind: "cpu" }, "saturation"],
    [{ kind: "restarts" }, "crash-loop"],
    [{ kind: "errors", text: "pods are crash-looping" }, "crash-loop"],
    [{ kind: "other", text: "orders table is stale" }, "data-stale"],
    [{ text: "checkout is slow" }, "latency"],
    [{ metric: "http_5xx_ratio" }, "other"],
    [{ text: "5xx above 2 %" }, "errors"],
    [{ text: "site is down" }, "availability"],
    [{}, "other"],
  ];
  for (const [alert, symptom] of table)
    assert.equal(symptomOf(alert, nothing), symptom, JSON.stringify(alert));
});

test("without an alert the most shifted metric tells, those without a symptom aside", () => {
  const diagnosis = diagnose({
    onset,
    series: [
      madeSeries({ name: "rps", kind: "requests", made: { before: 1, after: 99 } }),
      madeSeries({ name: "rss", kind: "memory", made: { before: 1, after: 2 } }),
    ],
  });
  assert.equal(symptomOf(undefined, diagnosis), "memory");
});
