import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { digestOf } from "../../src/digest/digest.ts";
import type { IncidentFacts, StepFacts } from "../../src/digest/facts.ts";
import { spreadOf } from "../../src/digest/spread.ts";
import { statisticsOf } from "../../src/digest/statistics.ts";
import { after, incidentFacts, stepFacts, weeks } from "./facts.ts";

const about = { team: null, weeks, actions: null } as const;
const of = (incidents: readonly IncidentFacts[], steps: readonly StepFacts[] = []) =>
  digestOf({ incidents, steps, told: [], model: null }, about);
const earlier = new Date("2026-10-06T10:00:00Z");
const fix = { stepId: "s", title: "Raise the pool", place: 1, minutes: 12 };

describe("a week's digest", () => {
  test("counts the incidents that began in the week, and the period's for its own record", () => {
    const digest = of([
      incidentFacts({ beganAt: earlier, number: 1, severity: 1 }),
      incidentFacts({ number: 2, severity: 3 }),
      incidentFacts({ number: 3, resolvedAt: null, mitigatedAt: null }),
    ]);
    assert.equal(digest.incidents, 2);
    assert.deepEqual(digest.severities, [
      { severity: 2, incidents: 1 },
      { severity: 3, incidents: 1 },
    ]);
    assert.equal(digest.stillOpen, 1);
    assert.equal(digest.record.ended, 2);
    assert.deepEqual(
      digest.weeks.map(({ incidents }) => incidents),
      [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2],
    );
  });

  test("begins and ends to the moment", () => {
    const [week] = weeks.slice(-1);
    assert.ok(week);
    const at = (beganAt: Date) => of([incidentFacts({ beganAt })]).incidents;
    assert.equal(at(week.from), 1);
    assert.equal(at(new Date(week.from.getTime() - 1)), 0);
    assert.equal(at(new Date(week.to.getTime() - 1)), 1);
    assert.equal(at(week.to), 0);
  });

  test("names a repeat once, with how often it came in the period", () => {
    const same = [earlier, new Date("2026-11-17T00:00:00Z"), new Date("2026-11-19T00:00:00Z")];
    const digest = of([
      ...same.map((beganAt, index) => incidentFacts({ beganAt, number: index + 1 })),
      incidentFacts({ number: 9, service: "cart" }),
      incidentFacts({ number: 10, service: null }),
      incidentFacts({ number: 11, service: null }),
    ]);
    assert.deepEqual(digest.repeats, [
      { service: "checkout", symptom: "latency", nth: 3, number: 3 },
    ]);
  });

  test("a clock that was set back takes no minutes away", () => {
    const beganAt = new Date("2026-11-18T14:00:00Z");
    const digest = of([incidentFacts({ beganAt, mitigatedAt: after(beganAt, -3) })]);
    assert.deepEqual(digest.mitigate, { count: 1, least: 0, most: 0, usual: null });
  });
});

describe("the bot's own record", () => {
  test("tells what is known of the end from what is not, and what healed by itself", () => {
    const { record } = of([
      incidentFacts({ ending: "step", fix }),
      incidentFacts({ ending: "step", fix: { ...fix, place: 4 } }),
      incidentFacts({ ending: "step", fix: { ...fix, place: null } }),
      incidentFacts({ ending: "something-else" }),
      incidentFacts({ ending: "by-itself" }),
      incidentFacts({ ending: null }),
      incidentFacts({ ending: "step", fix, resolvedAt: null }),
    ]);
    assert.deepEqual(
      [record.ended, record.attested, record.byThemselves, record.fixed, record.fixedByFirstThree],
      [6, 5, 1, 4, 1],
    );
  });

  test("its worst miss is what took longest of what it had not among its first three", () => {
    const miss = { ...fix, place: 5, minutes: 41 };
    const { worstMiss } = of([
      incidentFacts({ number: 1, ending: "step", fix: { ...fix, minutes: 300 } }),
      incidentFacts({ number: 2, ending: "step", fix: { ...miss, minutes: 30 } }),
      incidentFacts({ number: 3, ending: "step", fix: miss }),
      incidentFacts({
        number: 4,
        ending: "step",
        fix: { ...miss, minutes: 90 },
        firstOffered: null,
      }),
    ]).record;
    assert.deepEqual(worstMiss, {
      number: 3,
      first: "Roll back checkout",
      fixedBy: "Raise the pool",
      minutes: 41,
    });
  });

  test("says of its worst miss where what it was stands by now, from five lists on", () => {
    const missed = [incidentFacts({ ending: "step", fix: { ...fix, place: 5 } })];
    const placesWith = (late: number) => {
      const lists = { late, early: 7 };
      const step = stepFacts({ stepId: fix.stepId, lists, place: { late: 2, early: 5 } });
      return of(missed, [stepFacts({ stepId: "another" }), step]).record.worstMiss?.places;
    };
    assert.deepEqual(placesWith(5), { from: 5, to: 2 });
    assert.equal(placesWith(4), undefined);
  });

  test("counts fixes and checks apart", () => {
    const { record } = of(
      [incidentFacts()],
      [
        stepFacts({ shown: 5, tried: 3, worked: 2, helped: 1 }),
        stepFacts({ stepId: "check", role: "check", shown: 4, tried: 4, worked: 3 }),
      ],
    );
    assert.deepEqual([record.shown, record.tried, record.helped], [9, 7, 1]);
    assert.deepEqual(record.fixes, { tried: 3, worked: 2 });
    assert.deepEqual(record.checks, { run: 4, answered: 3 });
  });
});

test("a step rises or falls by a place in five lists at least; less is too little to say", () => {
  const lists = { late: 5, early: 9 };
  const { trends } = of(
    [],
    [
      stepFacts({ stepId: "up", place: { late: 1.2, early: 2.9 }, lists }),
      stepFacts({ stepId: "down", place: { late: 4, early: 2 }, lists }),
      stepFacts({ stepId: "still", place: { late: 2, early: 2.9 }, lists }),
      stepFacts({ stepId: "seldom", place: { late: 1, early: 5 }, lists: { late: 4, early: 9 } }),
      stepFacts({ stepId: "new", place: { late: 1, early: null }, lists: { late: 9, early: 0 } }),
    ],
  );
  assert.deepEqual(
    trends.rising.map(({ stepId }) => stepId),
    ["up"],
  );
  assert.deepEqual(
    trends.falling.map(({ stepId }) => stepId),
    ["down"],
  );
  assert.equal(trends.tooLittle, 2);
});

test("a spread has its ends, and from five on its middle half", () => {
  assert.equal(spreadOf([]), null);
  assert.deepEqual(spreadOf([9, 4, 61, 12]), { count: 4, least: 4, most: 61, usual: null });
  assert.deepEqual(spreadOf([5, 1, 3, 2, 4]), { count: 5, least: 1, most: 5, usual: [2, 4] });
});

test("statistics group by severity and service, and count what came before", () => {
  const statistics = statisticsOf({
    incidents: [
      incidentFacts({ severity: 3 }),
      incidentFacts({ severity: 1 }),
      incidentFacts({ severity: 1, service: "cart" }),
      incidentFacts({ severity: 1, service: null }),
    ],
    steps: [],
    told: [],
    model: null,
  });
  assert.deepEqual(
    statistics.severities.map(({ of: severity, incidents }) => [severity, incidents]),
    [
      [1, 3],
      [3, 1],
    ],
  );
  assert.deepEqual(
    statistics.services.map(({ of: service, incidents }) => [service, incidents]),
    [
      ["checkout", 2],
      [null, 1],
      ["cart", 1],
    ],
  );
  assert.equal(statistics.repeated, 1);
});

test("how true the chances were is told from thirty tried fixes on", () => {
  const told = Array.from({ length: 30 }, (_, index) => ({ p: 0.25, hasWorked: index % 3 === 0 }));
  const few = statisticsOf({ incidents: [], steps: [], told: told.slice(1), model: null });
  assert.deepEqual([few.calibration, few.told], [null, 29]);
  const { calibration } = statisticsOf({ incidents: [], steps: [], told, model: null });
  assert.deepEqual(calibration?.bins, [{ from: 0.2, count: 30, said: 0.25, came: 1 / 3 }]);
});
