import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { wallClock } from "../../src/catalog/window.ts";
import { nextWorkingMorning, workingMorningsAround } from "../../src/catalog/working-morning.ts";
import { runs, seed } from "../property-runs.ts";

/** [now, zone, morning] */
const told = [
  ["2026-11-23T14:07:31Z", "UTC", "2026-11-24T09:00:00Z"],
  ["2026-11-24T03:10:00Z", "UTC", "2026-11-24T09:00:00Z"],
  ["2026-11-24T09:00:00Z", "UTC", "2026-11-25T09:00:00Z"],
  ["2026-11-27T18:00:00Z", "UTC", "2026-11-30T09:00:00Z"],
  ["2026-11-28T02:00:00Z", "UTC", "2026-11-30T09:00:00Z"],
  ["2026-11-23T14:07:00Z", "Europe/Berlin", "2026-11-24T08:00:00Z"],
  ["2026-11-23T23:30:00Z", "Asia/Tokyo", "2026-11-24T00:00:00Z"],
  ["2026-11-24T00:30:00Z", "Asia/Tokyo", "2026-11-25T00:00:00Z"],
  ["2026-11-27T23:30:00Z", "America/Los_Angeles", "2026-11-30T17:00:00Z"],
  ["2026-03-27T20:00:00Z", "Europe/Berlin", "2026-03-30T07:00:00Z"],
  ["2026-10-23T20:00:00Z", "Europe/Berlin", "2026-10-26T08:00:00Z"],
] as const;

describe("the next working morning", () => {
  for (const [now, zone, morning] of told)
    test(`after ${now} in ${zone} is ${morning}`, () => {
      const found = nextWorkingMorning(new Date(now), zone);
      assert.equal(found.toISOString(), new Date(morning).toISOString());
    });

  test("is nine o'clock of a working day, later than now and within four days, anywhere", () => {
    const zones = ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kolkata", "Pacific/Apia"];
    const from = Date.UTC(2026, 0, 1);
    fc.assert(
      fc.property(fc.nat(730 * 24 * 60), fc.constantFrom(...zones), (minutes, zone) => {
        const now = new Date(from + minutes * 60_000 + 17_000);
        const morning = nextWorkingMorning(now, zone);
        const { day, minute } = wallClock(morning, zone);
        assert.ok(day < 5 && minute === 9 * 60);
        const hours = (morning.getTime() - now.getTime()) / 3_600_000;
        assert.ok(hours > 0 && hours <= 73, `${hours} h`);
      }),
      { numRuns: runs(300), seed },
    );
  });
});

describe("the working mornings around a day", () => {
  const told = [
    ["2026-12-02", "UTC", "2026-12-01T09:00:00Z", "2026-12-03T09:00:00Z"],
    ["2026-11-30", "UTC", "2026-11-27T09:00:00Z", "2026-12-01T09:00:00Z"],
    ["2026-11-27", "UTC", "2026-11-26T09:00:00Z", "2026-11-30T09:00:00Z"],
    ["2026-11-29", "UTC", "2026-11-27T09:00:00Z", "2026-11-30T09:00:00Z"],
    ["2026-12-02", "Asia/Tokyo", "2026-12-01T00:00:00Z", "2026-12-03T00:00:00Z"],
    ["2026-12-02", "America/Los_Angeles", "2026-12-01T17:00:00Z", "2026-12-03T17:00:00Z"],
    ["2026-03-29", "Europe/Berlin", "2026-03-27T08:00:00Z", "2026-03-30T07:00:00Z"],
  ] as const;
  for (const [day, zone, before, after] of told)
    test(`${day} in ${zone} are ${before} and ${after}`, () => {
      const found = workingMorningsAround(day, zone);
      assert.deepEqual(found, { before: new Date(before), after: new Date(after) });
    });
});
