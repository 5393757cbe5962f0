import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { daysOf, weekBefore, weeksUpTo } from "../../src/digest/week.ts";

const at = (text: string) => new Date(text);
const told = ({ key, from, to }: ReturnType<typeof weekBefore>) => [
  key,
  from.toISOString().slice(0, 16),
  to.toISOString().slice(0, 16),
];

describe("the week before", () => {
  test("is the last whole one, from Monday to Monday", () => {
    const week = ["2026-W47", "2026-11-16T00:00", "2026-11-23T00:00"];
    for (const now of ["2026-11-23T00:00:00Z", "2026-11-23T09:00:00Z", "2026-11-29T23:59:59Z"]) {
      assert.deepEqual(told(weekBefore(at(now), "UTC")), week, now);
    }
    assert.equal(weekBefore(at("2026-11-22T23:59:59Z"), "UTC").key, "2026-W46");
  });

  test("begins and ends at the zone's midnight, also where the clocks are set", () => {
    const berlin = (now: string) => told(weekBefore(at(now), "Europe/Berlin"));
    assert.deepEqual(berlin("2026-03-30T09:00:00+02:00"), [
      "2026-W13",
      "2026-03-22T23:00",
      "2026-03-29T22:00",
    ]);
    assert.deepEqual(berlin("2026-10-26T09:00:00+01:00"), [
      "2026-W43",
      "2026-10-18T22:00",
      "2026-10-25T23:00",
    ]);
  });

  test("begins an hour late where midnight was left out", () => {
    // Iran set its clocks forward at midnight of Monday, 22 March 2021.
    const tehran = weekBefore(at("2021-03-29T12:00:00Z"), "Asia/Tehran");
    assert.equal(tehran.from.toISOString(), "2021-03-21T20:30:00.000Z");
  });

  test("has the number and the year of its Thursday", () => {
    assert.equal(weekBefore(at("2027-01-04T09:00:00Z"), "UTC").key, "2026-W53");
    assert.equal(weekBefore(at("2026-01-05T09:00:00Z"), "UTC").key, "2026-W01");
    assert.equal(weekBefore(at("2024-01-01T09:00:00Z"), "UTC").key, "2023-W52");
  });

  test("is another in Auckland than in Honolulu on one and the same moment", () => {
    const now = at("2026-11-22T18:00:00Z");
    assert.equal(weekBefore(now, "Pacific/Auckland").key, "2026-W47");
    assert.equal(weekBefore(now, "Pacific/Honolulu").key, "2026-W46");
  });
});

test("weeks follow one another without a gap, over a year's end and both clock changes", () => {
  for (const zone of ["UTC", "Europe/Berlin", "America/Santiago", "Asia/Beirut", "Pacific/Apia"]) {
    const weeks = weeksUpTo(weekBefore(at("2027-06-01T12:00:00Z"), zone), 60, zone);
    for (const [index, week] of weeks.entries()) {
      const next = weeks[index + 1];
      if (next) assert.equal(week.to.getTime(), next.from.getTime(), `${zone} ${week.key}`);
      assert.equal(weekBefore(week.to, zone).key, week.key);
      assert.notEqual(weekBefore(new Date(week.to.getTime() - 1), zone).key, week.key);
    }
    assert.equal(new Set(weeks.map(({ key }) => key)).size, 60);
  }
});

test("a week's days are those of its number, in any zone and over a year's end", () => {
  for (const zone of ["UTC", "Pacific/Auckland", "Pacific/Honolulu"]) {
    const days = weeksUpTo(weekBefore(new Date("2027-01-20T12:00:00Z"), zone), 4, zone).map(daysOf);
    assert.deepEqual(days, [
      ["2026-12-21", "2026-12-27"],
      ["2026-12-28", "2027-01-03"],
      ["2027-01-04", "2027-01-10"],
      ["2027-01-11", "2027-01-17"],
    ]);
  }
});
