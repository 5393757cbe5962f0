import assert from "node:assert/strict";
import { test } from "node:test";

import { answerDiagnose, parseDiagnose } from "../../../src/edges/stdio/diagnose-line.ts";

const onset = 1_732_262_400;

function errorOf(request: unknown): string {
  const parsed = parseDiagnose(typeof request === "string" ? request : JSON.stringify(request));
  return parsed.ok ? "" : parsed.error;
}

test("only the onset is needed, and null is the same as missing", () => {
  const bare = answerDiagnose(JSON.stringify({ onset }));
  const nulls = {
    onset,
    end: null,
    alert: null,
    series: null,
    calls: null,
    changes: null,
    logs: null,
  };
  assert.deepEqual(bare, answerDiagnose(JSON.stringify(nulls)));
  assert.ok("confidence" in bare && bare.confidence === "none");
});

test("a line that is not valid is told by its first offending field", () => {
  assert.match(errorOf("{"), /^line: not JSON/);
  assert.match(errorOf([]), /^line: /);
  assert.match(errorOf({}), /^onset: /);
  assert.match(errorOf({ onset: "now" }), /^onset: /);
  assert.match(errorOf({ onset, alert: { kind: "speed" } }), /^alert\.kind: /);
  assert.match(
    errorOf({ onset, series: [{ kind: "cpu" }, { kind: "none" }] }),
    /^series\.1\.kind: /,
  );
  assert.match(
    errorOf({
      onset,
      series: [
        {
          points: [
            [1, 2],
            [1, "x"],
          ],
        },
      ],
    }),
    /^series\.0\.points\.1\.1: /,
  );
  assert.match(errorOf({ onset, series: [{ points: [[1, 2, 3]] }] }), /^series\.0\.points\.0: /);
  assert.match(errorOf({ onset, calls: [["a"]] }), /^calls\.0/);
  assert.match(errorOf({ onset, changes: [{ id: 7 }] }), /^changes\.0\.id: /);
  assert.match(errorOf({ onset, logs: [{ count: -1 }] }), /^logs\.0\.count: /);
  assert.match(errorOf({ onset: 1, end: "x", logs: 3 }), /^end: /);
  assert.match(String(parseDiagnose(null).ok), /false/);
});

test("values that JSON has no number for are gaps", () => {
  const points = [
    [onset, null],
    [onset + 60, "NaN"],
    [onset + 120, "+Inf"],
    [onset + 180, 4],
  ];
  const parsed = parseDiagnose(JSON.stringify({ onset, series: [{ service: "a", points }] }));
  assert.ok(parsed.ok);
  const values = parsed.input.series?.[0]?.points.map(([, value]) => value);
  assert.deepEqual(values, [Number.NaN, Number.NaN, Number.NaN, 4]);
});

test("a series without a kind is of the kind that its name tells", () => {
  const request = {
    onset,
    series: [{ service: "a", name: "http_request_duration_seconds", points: [] }],
  };
  const parsed = parseDiagnose(JSON.stringify(request));
  assert.ok(parsed.ok);
  assert.equal(parsed.input.series?.[0]?.kind, "latency");
});

test("a shift is found, and the numbers of the answer survive JSON", () => {
  const points = Array.from({ length: 70 }, (_, cell) => [
    onset + (cell - 60) * 60,
    cell < 60 ? 1 + (cell % 5) / 100 : 9,
  ]);
  const series = [{ service: "cart", name: "cpu_seconds", kind: "cpu", points }];
  const answer = answerDiagnose(JSON.stringify({ onset, series }));
  assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer);
  assert.ok("services" in answer && answer.services[0]?.service === "cart");
});
