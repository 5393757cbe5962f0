import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { readingAfter } from "../../src/incident/cadence.ts";
import { runs, seed } from "../property-runs.ts";
import { at } from "./timeline.ts";

const declaredAt = at("14:00");
const minuteMs = 60_000;
const later = (ms: number) => new Date(declaredAt.getTime() + ms);
const dueMs = (ageMs: number, done?: number) => {
  const next = readingAfter(declaredAt, later(ageMs), done);
  return next === null ? null : next.at.getTime() - declaredAt.getTime();
};
const parameters = { numRuns: runs(2_000), seed };
const age = fc.integer({ min: 0, max: 24 * 60 * minuteMs - 1 });

test("a reading is planned for the next two minutes of the first half hour, for the next ten after that", () => {
  const minutes = [0, 1.9, 2, 28, 29.5, 30, 35, 40, 1_435].map(
    (minute) => (dueMs(minute * minuteMs) ?? 0) / minuteMs,
  );
  assert.deepEqual(minutes, [2, 2, 4, 30, 30, 40, 40, 50, 1_440]);
});

test("nothing is planned after a day", () => {
  assert.equal(dueMs(24 * 60 * minuteMs), null);
});

test("the next reading is later than now, and never further away than the pace", () => {
  fc.assert(
    fc.property(age, (ms) => {
      const due = dueMs(ms) ?? 0;
      const pace = ms < 30 * minuteMs ? 2 : 10;
      assert.ok(due > ms && due - ms <= pace * minuteMs);
    }),
    parameters,
  );
});

test("whoever plans between two readings plans the same one", () => {
  fc.assert(
    fc.property(age, fc.double({ min: 0, max: 1, noNaN: true }), (ms, share) => {
      const due = dueMs(ms) ?? 0;
      const meanwhile = ms + Math.floor(share * (due - 1 - ms));
      assert.deepEqual(
        readingAfter(declaredAt, later(meanwhile)),
        readingAfter(declaredAt, later(ms)),
      );
    }),
    parameters,
  );
});

test("a reading that a fast clock began early plans the one after itself", () => {
  assert.equal(dueMs(2 * minuteMs - 500, 1), 4 * minuteMs);
  assert.equal(dueMs(30 * minuteMs - 500, 15), 40 * minuteMs);
});
