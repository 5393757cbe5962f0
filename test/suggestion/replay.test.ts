import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { unitFrom } from "../../src/learning/numbers.ts";
import { ledgerBefore, type KeptLedger } from "../../src/suggestion/kept-ledger.ts";
import { orderBefore, replayIncident } from "../../src/suggestion/replay-incident.ts";
import { replay } from "../../src/suggestion/replay.ts";
import { causes, outcomeLabels } from "../../src/vocabulary.ts";
import { runs, seed } from "../property-runs.ts";
import { after, fixes, kept, ledger, offered, organisation, said, steps, turn } from "./kept.ts";

/** Minutes that the replayed order saves against the playbook's, an incident. */
function gain(of: KeptLedger): number {
  const { replayed, playbook } = replay(steps, of).orders;
  return (playbook.minutes ?? 0) - (replayed.minutes ?? 0);
}

describe("the ledger as it was", () => {
  const incident = kept(1, {
    causes: [
      { cause: "deploy", recordedAt: after(2, 0) },
      { cause: "capacity", recordedAt: after(4, 0) },
    ],
    turns: [
      turn(1, 0),
      turn(1, 61, { endedAt: after(1, 60) }),
      turn(5, 0),
      turn(5, 30, { endedAt: after(5, 30) }),
    ],
  });
  const words = [
    said(1, "scale-out", "no_effect"),
    said(1, "scale-out", "resolved", { minute: 90 }),
  ];
  const known = (time: Date) => ledgerBefore(time, ledger([incident], words), "inc_9");

  test("has no word, end or cause that was recorded at that moment or later", () => {
    assert.deepEqual(known(after(1, 30)), { incidents: [], rows: [] });
    assert.deepEqual(
      known(after(1, 31)).rows.map(({ label }) => label),
      ["no_effect"],
    );
    assert.deepEqual(known(after(1, 61)).incidents, [], "over, and nobody had said so");
    const ended = (time: Date) => known(time).incidents.map(({ cause }) => cause);
    assert.deepEqual(ended(after(1, 62)), [null]);
    assert.deepEqual(ended(after(2, 1)), ["deploy"]);
    assert.deepEqual(ended(after(4, 1)), ["capacity"]);
  });

  test("has an incident that was opened again as it was at each time", () => {
    const end = (time: Date) => known(time).incidents.map(({ closedAt }) => closedAt);
    assert.deepEqual(end(after(4, 0)), [after(1, 60)]);
    assert.deepEqual(end(after(5, 1)), []);
    assert.deepEqual(end(after(5, 31)), [after(5, 30)]);
  });

  test("has nothing of the incident at hand", () => {
    const own = ledgerBefore(after(9, 0), ledger([incident], words), "inc_1");
    assert.deepEqual(own, { incidents: [], rows: [] });
  });
});

describe("a replay", () => {
  test("ranks each incident from those before it: the first as the playbook says, later ones as was learned", () => {
    const of = organisation(40);
    const placeIn = (number: number) => {
      const incident = of.incidents[number];
      assert.ok(incident);
      return orderBefore(steps, of, incident)
        .filter(({ role }) => role === "fix")
        .findIndex(({ stepId }) => stepId === fixes[number % fixes.length]);
    };
    assert.equal(placeIn(3), 3, "nothing was known of this symptom");
    assert.deepEqual([36, 37, 38, 39].map(placeIn), [0, 0, 0, 0]);
  });

  test("of an organisation that can be learned from shows a gain, and with shuffled outcomes none", () => {
    const real = gain(organisation(40));
    const shuffled = Array.from({ length: 5 }, (_, of) =>
      gain(
        organisation(40, (number) => Math.floor(unitFrom("shuffled", of, number) * fixes.length)),
      ),
    );
    const mean = shuffled.reduce((total, one) => total + one, 0) / shuffled.length;
    assert.ok(real > 5, `${real}`);
    assert.ok(mean < real / 8, `${mean} of ${real}`);
  });

  test("is not moved by a fact that came after an incident's beginning", () => {
    const laterThan = (number: number) =>
      fc.integer({ min: 0, max: 4 * 24 * 60 }).map((minutes) => after(number, minutes));
    const hand = 6;
    const of = organisation(10);
    const incident = of.incidents[hand];
    assert.ok(incident);
    const usual = orderBefore(steps, of, incident);
    const word = fc.record({
      number: fc.integer({ min: 0, max: 9 }),
      stepId: fc.constantFrom(...steps.map(({ id }) => id)),
      label: fc.constantFrom(...outcomeLabels),
      actor: fc.constantFrom("U1", "U2", "U3"),
      confidence: fc.constantFrom(0, 0.6, 1),
      recordedAt: laterThan(hand),
    });
    const event = fc.record({
      number: fc.integer({ min: 0, max: 9 }),
      cause: fc.option(fc.constantFrom(...causes)),
      isEnd: fc.boolean(),
      recordedAt: laterThan(hand),
    });
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 30 }),
        fc.array(event, { maxLength: 10 }),
        (words, events) => {
          const rows = words.map(({ number, stepId, label, ...rest }) =>
            said(number, stepId, label, rest),
          );
          const incidents = of.incidents.map((each) => {
            const own = events.filter(({ number }) => number === each.number);
            return {
              ...each,
              causes: own.flatMap(({ cause, recordedAt }) =>
                cause === null ? [] : [{ cause, recordedAt }],
              ),
              turns: [
                ...each.turns,
                ...own.map(({ isEnd, recordedAt }) =>
                  turn(0, 0, { endedAt: isEnd ? recordedAt : null, recordedAt }),
                ),
              ],
            };
          });
          const more = ledger([...incidents, kept(20)], [...rows, ...of.rows]);
          assert.deepEqual(orderBefore(steps, more, incidents[hand] ?? incident), usual);
        },
      ),
      { numRuns: runs(300), seed },
    );
  });

  test("does not depend on the order of incidents and rows", () => {
    const of = organisation(12);
    const { incidents, rows } = of;
    const turned = ledger(incidents.toReversed(), rows.toReversed());
    assert.deepEqual(replay(steps, turned), replay(steps, of));
  });

  test("counts where what resolved it stood, and the minutes until it was done", () => {
    const one = kept(0);
    const words = [
      said(0, "turn-flag-off", "resolved", { minutes: 3 }),
      said(0, "roll-back-deploy", "no_effect", { minutes: 20 }),
    ];
    const { orders, counted, worstMiss, calibration } = replay(steps, ledger([one], words));
    assert.equal(counted, 1);
    assert.deepEqual(
      [orders.shown.first.hits, orders.shown.firstThree.hits, orders.shown.firstFix.of],
      [0, 0, 1],
    );
    assert.equal(orders.shown.minutes, 20 + 8 + 8 + 3);
    assert.equal(worstMiss?.number, 0);
    assert.deepEqual(
      [worstMiss?.stood.stepId, worstMiss?.stood.placeOfFixes],
      ["turn-flag-off", 4],
    );
    assert.deepEqual([calibration.count, calibration.bins[0]?.came], [2, 0.5]);
  });

  test("holds what came of a step against its chance just before, when what failed by then was known", () => {
    const of = organisation(24);
    const last = of.incidents[23];
    assert.ok(last);
    const { told } = replayIncident(steps, of, last);
    const failed = of.rows.filter(
      ({ incidentId, label }) => incidentId === last.id && label === "no_effect",
    );
    const [first, second] = told;
    assert.deepEqual(
      told.map(({ hasWorked }) => hasWorked),
      [false, true],
    );
    const without = { ...of, rows: of.rows.filter((row) => !failed.includes(row)) };
    const [alone] = replayIncident(steps, without, last).told;
    assert.ok((first?.p ?? 1) < 0.3);
    assert.ok((second?.p ?? 0) > (alone?.p ?? 1), "one that failed speaks for the others");
  });

  test("ranks all that could have stood in a list, with what the evidence said, where that was kept", () => {
    const considered = [
      { stepId: "roll-back-deploy", odds: 1, mayLead: true },
      { stepId: "turn-flag-off", odds: 8, mayLead: true },
      { stepId: "scale-out", odds: 4, mayLead: false },
    ];
    const one = kept(0, { offered: [offered(0, "roll-back-deploy", { considered })] });
    const order = orderBefore(steps, ledger([one], []), one);
    assert.deepEqual(
      order.map(({ stepId }) => stepId),
      ["turn-flag-off", "roll-back-deploy", "scale-out"],
    );
  });

  test("leaves out what was quarantined then, and not what is by now", () => {
    const wrong = [said(0, "scale-out", "wrong"), said(1, "scale-out", "wrong", { actor: "U2" })];
    const all = [0, 1, 2].map((number) => kept(number));
    const orderOf = (number: number) =>
      orderBefore(steps, ledger(all, wrong), all[number] ?? kept(number)).map(
        ({ stepId }) => stepId,
      );
    assert.ok(orderOf(1).includes("scale-out"));
    assert.ok(!orderOf(2).includes("scale-out"));
  });

  test("says what could not be counted, and why", () => {
    const all = [0, 1, 2, 3].map((number) =>
      kept(number, {
        offered: [
          offered(number, "restart-service"),
          offered(number, "reboot-moon", { role: "fix", position: 2 }),
        ],
      }),
    );
    const open = kept(4, { turns: [turn(4, 0)] });
    const [healed, mended] = [5, 6].map((number) => {
      const end = { endedAt: after(number, 60), credit: "by-itself" } as const;
      return kept(number, { turns: [turn(number, 0), turn(number, 60, end)] });
    });
    assert.ok(healed !== undefined && mended !== undefined);
    const words = [
      said(5, "restart-service", "helped"),
      said(6, "restart-service", "resolved"),
      said(0, "restart-service", "resolved"),
      said(1, "restart-service", "no_effect"),
      said(3, "reboot-moon", "resolved", { role: "fix" }),
      said(4, "restart-service", "resolved"),
    ];
    const told = replay(
      steps,
      ledger([...all, open, healed, mended], words, { private: 3, external: 1 }),
    );
    assert.deepEqual([told.ended, told.ranked, told.counted], [6, 6, 2]);
    assert.deepEqual(told.notCounted, {
      nothingAttested: 2,
      selfHealed: 1,
      notInPlaybook: 1,
      private: 3,
      external: 1,
    });
  });

  test("of an empty ledger has no number where there is none", () => {
    const { orders, calibration, worstMiss, thirdPlace } = replay(steps, ledger([], []));
    assert.equal(orders.replayed.minutes, null);
    assert.deepEqual([calibration.error, worstMiss], [null, null]);
    assert.equal(thirdPlace.verdict, "too little data");
  });
});

describe("the third place of past lists", () => {
  const place = (number: number, told: Parameters<typeof offered>[2]) =>
    kept(number, { offered: [offered(number, "scale-out", { position: 3, p: 0.5, ...told })] });

  test("is what was said of the row that stood there, weighed by how seldom it would have", () => {
    const greedy = { stepId: "scale-out", p: 0.5 };
    const all = [
      place(0, { propensity: 0.8, greedy }),
      place(1, { propensity: 0.4, greedy }),
      place(2, { propensity: 0.1, greedy: { stepId: "restart-service", p: 0.5 } }),
    ];
    const words = [said(0, "scale-out", "helped"), said(2, "scale-out", "resolved")];
    const { snips, n, verdict } = replay(steps, ledger(all, words)).thirdPlace;
    assert.ok(Math.abs((snips ?? 0) - 1.25 / 3.75) < 1e-9);
    assert.deepEqual([n, verdict], [3, "too little data"]);
  });

  test("of rows from before it was kept is what was likelier than not to stand there", () => {
    const all = [place(0, {}), place(1, { propensity: 0.85 }), place(2, { propensity: 0.1 })];
    assert.equal(replay(steps, ledger(all, [])).thirdPlace.n, 2);
  });

  test("has a number once there are enough lists, which a taken-back word does not move", () => {
    const all = Array.from({ length: 40 }, (_, number) => place(number, {}));
    const words = all.map(({ number }) => said(number, "scale-out", "helped"));
    const taken = said(0, "scale-out", "helped", { minute: 40, confidence: 0 });
    const { snips, verdict, ess } = replay(steps, ledger(all, [...words, taken])).thirdPlace;
    assert.deepEqual([snips, verdict, ess], [39 / 40, undefined, 40]);
  });
});
