import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Alert } from "../../src/alert/alert.ts";
import { newsOf } from "../../src/alert/alert.ts";
import { alertsMax, foldAlerts, isFiring } from "../../src/alert/fold.ts";
import { runs, seed } from "../property-runs.ts";
import { delivered, fired, resolved } from "./some-alert.ts";

const now = 10_000;
const folded = (...told: readonly Alert[]) =>
  told.reduce((known, alert) => foldAlerts(known, [alert], now), foldAlerts([], [], now));
const fires = (...told: readonly Alert[]) => folded(...told).some(isFiring);

describe("an alert", () => {
  test("fires from its start until its end, in whatever order both are told", () => {
    assert.equal(fires(fired(100)), true);
    assert.equal(fires(fired(100), resolved(100, 200)), false);
    assert.equal(fires(resolved(100, 200), fired(100)), false);
    assert.equal(fires(resolved(100, 100), fired(100)), false, "one that ended as it began");
  });

  test("has its title on one line, whatever its sender put there", () => {
    assert.equal(folded(fired(100, { title: " a\n\n# b\t c " }))[0]?.title, "a # b c");
  });

  test("fires again with a later start, and a late word of the former episode changes nothing", () => {
    assert.equal(fires(fired(100), resolved(100, 200), fired(300)), true);
    assert.equal(fires(fired(300), resolved(100, 200), fired(100)), true);
    assert.equal(fires(fired(300), resolved(300, 350), resolved(100, 200)), false);
  });

  test("ends though its sender corrected the start in between", () => {
    assert.equal(fires(fired(110), resolved(100, 200)), false);
    assert.equal(fires(fired(100), fired(110), resolved(100, 200)), false);
  });

  test("whose clock is ahead began and ended by now, so that a later one still fires", () => {
    const [ahead] = folded(resolved(50_000, 99_000));
    assert.deepEqual([ahead?.firedAt, ahead?.clearedAt], [now, now]);
    const known = foldAlerts([], [resolved(50_000, 99_000)], now);
    assert.equal(foldAlerts(known, [fired(now + 60)], now + 100).some(isFiring), true);
  });

  test("that is resolved without a time ended now", () => {
    assert.equal(folded({ ...resolved(100, 0), endsAt: null })[0]?.clearedAt, now);
  });

  test("keeps the words of its newest episode", () => {
    const [state] = folded(fired(300, { title: "new" }), fired(100, { title: "old" }));
    assert.equal(state?.title, "new");
  });
});

const told = fc
  .record({
    fingerprint: fc.constantFrom("a", "b", "c"),
    startsAt: fc.integer({ min: 0, max: 20 }),
    lasted: fc.option(fc.integer({ min: 0, max: 20 })),
  })
  .map(({ fingerprint, startsAt, lasted }) =>
    lasted === null
      ? fired(startsAt, { fingerprint })
      : resolved(startsAt, startsAt + lasted, { fingerprint }),
  );

describe("the alerts of a group", () => {
  test("are the same whatever the order, the packing and the repeats of what was told", () => {
    fc.assert(
      fc.property(
        fc.array(told, { maxLength: 12 }).chain((all) =>
          fc.record({
            all: fc.constant(all),
            shuffled: fc.shuffledSubarray([...all, ...all], {
              minLength: all.length * 2,
              maxLength: all.length * 2,
            }),
          }),
        ),
        ({ all, shuffled }) => {
          assert.deepEqual(folded(...shuffled), foldAlerts([], all, now));
        },
      ),
      { numRuns: runs(500), seed },
    );
  });

  test("are at most 1,000, of which those that fired last are kept", () => {
    const many = Array.from({ length: 1_500 }, (_, at) => fired(at, { fingerprint: `f${at}` }));
    const states = foldAlerts([], many, now);
    assert.equal(states.length, alertsMax);
    assert.equal(states.at(-1)?.firedAt, 500);
  });
});

describe("a delivery is the same news", () => {
  test("whatever the order of its alerts, and another where one fires again or ends at another time", () => {
    const [a, b] = [fired(1, { fingerprint: "a" }), resolved(1, 5, { fingerprint: "b" })];
    const news = (...alerts: readonly Alert[]) => newsOf(delivered("g", ...alerts)).join();
    assert.equal(news(a, b), news(b, a));
    assert.notEqual(news(a), news({ ...a, startsAt: 2 }));
    assert.notEqual(news(b), news({ ...b, endsAt: 6 }));
    assert.equal(news(a), news({ ...a, endsAt: 77 }), "the end of a firing one is a guess");
  });
});
