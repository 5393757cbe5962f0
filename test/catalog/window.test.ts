import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { isWithin, parseWindow, wallClock } from "../../src/catalog/window.ts";
import { runs, seed } from "../property-runs.ts";

const within = (text: string, at: string, zone = "UTC"): boolean => {
  const window = parseWindow(text);
  assert.ok(!("problem" in window), JSON.stringify(window));
  return isWithin(window, new Date(at), zone);
};

// 2026-11-20 is a Friday; Berlin is one hour ahead of UTC in winter, two in summer.
const cases: readonly (readonly [text: string, at: string, isIn: boolean])[] = [
  ["Mon-Fri 09:00-17:00 Europe/Berlin", "2026-11-20T08:00:00Z", true],
  ["Mon-Fri 09:00-17:00 Europe/Berlin", "2026-11-20T07:59:59Z", false],
  ["Mon-Fri 09:00-17:00 Europe/Berlin", "2026-11-20T15:59:59Z", true],
  ["Mon-Fri 09:00-17:00 Europe/Berlin", "2026-11-20T16:00:00Z", false],
  ["Mon-Fri 09:00-17:00 Europe/Berlin", "2026-11-21T10:00:00Z", false],
  ["Mon-Fri 09:00-17:00 Europe/Berlin", "2026-07-17T07:00:00Z", true],
  ["Fri 22:00-06:00", "2026-11-20T23:00:00Z", true],
  ["Fri 22:00-06:00", "2026-11-21T05:59:00Z", true],
  ["Fri 22:00-06:00", "2026-11-21T06:00:00Z", false],
  ["Fri 22:00-06:00", "2026-11-20T05:00:00Z", false],
  ["Sun 22:00-06:00", "2026-11-23T03:00:00Z", true],
  ["Fri-Mon 10:00-11:00", "2026-11-22T10:30:00Z", true],
  ["Fri-Mon 10:00-11:00", "2026-11-24T10:30:00Z", false],
  ["Sat,Sun 00:00-24:00", "2026-11-21T00:00:00Z", true],
  ["Sat,Sun 00:00-24:00", "2026-11-20T23:59:59Z", false],
  ["09:00-10:00", "2026-11-22T09:30:00Z", true],
  ["Mon 00:00-24:00 Asia/Tokyo", "2026-11-22T15:00:00Z", true],
  ["mon 00:00-24:00 America/Los_Angeles", "2026-11-23T07:59:00Z", false],
];

for (const [text, at, isIn] of cases) {
  test(`${at} is ${isIn ? "in" : "not in"} "${text}"`, () => assert.equal(within(text, at), isIn));
}

test("hours without a zone are read in the rule's zone", () => {
  assert.equal(within("09:00-10:00", "2026-11-20T00:30:00Z", "Asia/Tokyo"), true);
  assert.equal(within("09:00-10:00", "2026-11-20T00:30:00Z", "UTC"), false);
});

const refused: readonly (readonly [text: string, words: RegExp])[] = [
  ["weekdays", /write it as "Mon-Fri 09:00-17:00 Europe\/Berlin"/],
  ["Mon-Fri", /not a window/],
  ["Mon-Fri 9-17", /not a window/],
  ["Mon-Xyz 09:00-17:00", /are not days/],
  ["Mon-Tue-Wed 09:00-17:00", /are not days/],
  ["09:00-09:00", /00:00-24:00 for all day/],
  ["22:00-00:00", /24:00 for the end of the day/],
  ["24:00-06:00", /no clock shows/],
  ["09:60-10:00", /no clock shows/],
  ["09:00-17:00 Mars/Olympus", /not a time zone/],
];

for (const [text, words] of refused) {
  test(`"${text}" is no window, and the mend is told`, () => {
    const window = parseWindow(text);
    assert.match("problem" in window ? window.problem : "", words);
  });
}

const written = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

test("every moment is in exactly one of a window and its complement", () => {
  const clock = fc.integer({ min: 0, max: 1439 });
  const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata");
  const at = fc.date({
    min: new Date("2020-01-01"),
    max: new Date("2030-01-01"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(clock, clock, zone, at, (from, to, name, moment) => {
      fc.pre(from !== to && from !== 0 && to !== 0);
      const inside = within(`${written(from)}-${written(to)} ${name}`, moment.toISOString());
      const outside = within(`${written(to)}-${written(from)} ${name}`, moment.toISOString());
      assert.notEqual(inside, outside);
    }),
    { numRuns: runs(1000), seed },
  );
});

test("a wall clock shows the zone's date and day", () => {
  assert.deepEqual(wallClock(new Date("2026-11-22T23:30:00Z"), "Europe/Berlin"), {
    date: "2026-11-23",
    day: 0,
    minute: 30,
  });
});
