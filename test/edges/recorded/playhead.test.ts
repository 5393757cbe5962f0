import assert from "node:assert/strict";
import { test } from "node:test";
import { assert as check, double, integer, option, property, record } from "fast-check";
import { stretches, type Play } from "../../../src/edges/recorded/playhead.ts";
import { runs, seed } from "../../property-runs.ts";

const seconds = integer({ min: 0, max: 20_000 });
const cases = record({
  normal: integer({ min: 60, max: 900 }),
  fault: integer({ min: 60, max: 900 }),
  recovery: integer({ min: 60, max: 900 }),
  stepSeconds: integer({ min: 1, max: 30 }),
  startedAt: double({ min: 1e9, max: 2e9, noNaN: true }),
  elapsed: seconds,
  mendedAfter: option(seconds),
});

test("a play shows an unbroken grid of points up to its present, whenever it was mended", () => {
  check(
    property(cases, ({ normal, fault, recovery, stepSeconds, startedAt, elapsed, mendedAfter }) => {
      const onset = normal + 7;
      const mendedAt = onset + fault;
      const recording = { onset, mendedAt, end: mendedAt + recovery, stepSeconds };
      const isMended = mendedAfter !== null && mendedAfter <= elapsed;
      const play: Play = {
        channel: "C1",
        id: "sample",
        speed: 1,
        startedAt,
        mendedAt: isMended ? startedAt + mendedAfter : null,
      };
      const to = startedAt + elapsed;
      const shown: number[] = [];
      for (const { after, until, shift } of stretches(recording, play, { from: 0, to }))
        for (let at = 3; at <= recording.end; at += stepSeconds)
          if (at > after && at <= until) shown.push(at + shift);
      const gaps = shown.slice(1).map((at, index) => at - (shown[index] ?? 0));
      assert.ok(
        gaps.every((gap) => gap === stepSeconds),
        `gaps of ${new Set(gaps).size} sizes`,
      );
      const latest = shown.at(-1) ?? 0;
      assert.ok(latest <= to && latest > to - stepSeconds, `latest ${latest} of ${to}`);
    }),
    { numRuns: runs(2000), seed },
  );
});

test("a window far into a play without a mend is answered by the stretches that it needs", () => {
  const recording = { onset: 600, mendedAt: 1020, end: 1320, stepSeconds: 5 };
  const play: Play = { channel: "C1", id: "s", speed: 10, startedAt: 1e9, mendedAt: null };
  const to = 1e9 + 30 * 86_400;
  assert.ok(stretches(recording, play, { from: to - 3600, to }).length < 40);
});
