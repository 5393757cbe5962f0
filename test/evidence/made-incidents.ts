/** Arbitrary incidents for properties: any of a few services, shifts, calls, changes and log lines, with gaps and oddities. */

import * as fc from "fast-check";

import type {
  ChangeRecord,
  EvidenceInput,
  LogLine,
  Point,
  Series,
} from "../../src/evidence/input.ts";
import { metricKinds } from "../../src/vocabulary.ts";
import { madePoints, onset } from "./made-series.ts";

const services = ["frontend", "checkout", "payments", "redis", "search"];
const titles = [
  "Shrink the connection pool",
  "refactor: tidy the handler",
  "docs: update the guide",
  "Raise the query timeout",
  "new-retry off to on",
];
const files = ["db/pool.yaml", "docs/guide.md", "api/handler.go", "api/handler_test.go", "go.mod"];
const diffs = [
  "-max: 50\n+max: 5",
  "+// a comment about the pool",
  "-timeout: 5s\n+timeout: 300ms\n context of queries",
  "+SELECT * FROM items WHERE id = 1",
];
const lines = [
  "pool exhausted, waited 12 ms",
  "handled request in 7 ms",
  "query timeout after 300 ms",
  "provider returned 503",
];

const service = fc.constantFrom(...services);
const level = fc.double({ min: 0.01, max: 1_000, noNaN: true });

const points: fc.Arbitrary<Point[]> = fc
  .record({
    before: level,
    factor: fc.constantFrom(1, 1, 1, 0.3, 1.5, 4, 50),
    noise: fc.double({ min: 0.001, max: 0.3, noNaN: true }),
    movedAfter: fc.constantFrom(0, 0, -120, 90),
    backAfter: fc.constantFrom(Infinity, Infinity, 180, 300),
    cellsBefore: fc.integer({ min: 0, max: 60 }),
    cellsAfter: fc.integer({ min: 0, max: 30 }),
    salt: fc.integer({ min: 1, max: 1_000 }),
    gap: fc.integer({ min: 2, max: 12 }),
  })
  .map(({ factor, gap, ...made }) =>
    madePoints({ ...made, after: made.before * factor }).map(([at, value], cell): Point => [
      at,
      cell % gap === 1 ? Number.NaN : value,
    ]),
  );

/** One name is one metric: told apart by the index, so that no two series are the same. */
const series: fc.Arbitrary<Series[]> = fc
  .array(
    fc.record(
      {
        service,
        kind: fc.constantFrom(...metricKinds),
        callee: service,
        labels: fc.record({
          version: fc.constantFrom("40", "41"),
          zone: fc.constantFrom("a", "b"),
        }),
        points,
      },
      { requiredKeys: ["service", "kind", "points"] },
    ),
    { maxLength: 12 },
  )
  .map((all) => all.map((one, index) => ({ ...one, name: `metric_pool_${index % 4}` })));

const changes: fc.Arbitrary<ChangeRecord[]> = fc
  .array(
    fc.record(
      {
        kind: fc.constantFrom("commit", "deploy", "flag", "config"),
        minutesBefore: fc.integer({ min: -20, max: 300 }),
        service,
        environment: fc.constantFrom("production", "staging"),
        live: fc.boolean(),
        title: fc.constantFrom(...titles),
        files: fc.subarray(files),
        diff: fc.constantFrom(...diffs),
        carried: fc.integer({ min: 0, max: 7 }),
      },
      { requiredKeys: ["kind", "minutesBefore", "title"] },
    ),
    { maxLength: 8 },
  )
  .map((all) =>
    all.map(({ minutesBefore, carried, ...change }, index) => ({
      ...change,
      id: `c${index}`,
      // A second apart, so that no two deploys are at one time.
      at: onset - minutesBefore * 60 + index,
      ...(change.kind === "deploy" && carried !== undefined ? { deploys: [`c${carried}`] } : {}),
    })),
  );

const logs: fc.Arbitrary<LogLine[]> = fc.array(
  fc.record(
    {
      at: fc.integer({ min: onset - 3_600, max: onset + 900 }),
      service,
      level: fc.constantFrom("info", "error"),
      text: fc.constantFrom(...lines),
      count: fc.integer({ min: 1, max: 50 }),
    },
    { requiredKeys: ["at", "service", "text"] },
  ),
  { maxLength: 40 },
);

export const incidents: fc.Arbitrary<EvidenceInput> = fc.record(
  {
    onset: fc.constant(onset),
    end: fc.constant(onset + 900),
    alert: fc.record(
      {
        service,
        metric: fc.constantFrom("metric_pool_0", "metric_pool_1"),
        kind: fc.constantFrom(...metricKinds),
      },
      { requiredKeys: [] },
    ),
    series,
    calls: fc.array(fc.tuple(service, service), { maxLength: 8 }),
    changes,
    logs,
  },
  { requiredKeys: ["onset"] },
);
