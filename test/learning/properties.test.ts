import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { evaluate } from "../../src/learning/evaluate.ts";
import { closeIncident, configure, type Learner } from "../../src/learning/learner.ts";
import { outcomeLabels, risks } from "../../src/vocabulary.ts";
import { runs, seed } from "../property-runs.ts";
import { idsIn, learnerWith, live, open, orderIn, say, step } from "./telling.ts";

const ids = ["a", "b", "c", "d", "look"];
const names = fc.constantFrom(...ids);

const word = fc.record({
  step: names,
  label: fc.constantFrom(...outcomeLabels),
  by: fc.constantFrom("ana", "ben", "cem"),
  confidence: fc.constantFrom(0, 0.3, 0.6, 1),
  minutes: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
});
const incident = fc.record({
  symptom: fc.constantFrom("latency", "errors", "zzz", null),
  service: fc.constantFrom("cart", "shop", null),
  flags: fc.uniqueArray(fc.constantFrom("deploy", "odd"), { maxLength: 2 }),
  text: fc.constantFrom("", "pool exhausted", "a killed; b slow"),
  words: fc.array(word, { maxLength: 5 }),
  ending: fc.option(
    fc.record({
      cause: fc.option(fc.constantFrom("deploy", "traffic")),
      resolvedBy: fc.option(names),
    }),
  ),
});
type Lived = typeof incident extends fc.Arbitrary<infer T> ? T : never;
type Event = (learner: Learner) => void;

function learnerWithAll(): Learner {
  return learnerWith(
    ...ids.map((id, index) =>
      step(id, {
        role: id === "look" ? "check" : "fix",
        risk: risks[index % 4] ?? null,
        mechanism: index % 2 === 0 ? "deploy" : "traffic",
      }),
    ),
  );
}

/** The events of one incident, in their own order; its times say which came first. */
function eventsOf({ words, ending, ...facts }: Lived, number: number): Event[] {
  const id = `i${number}`;
  return [
    (learner) => open(learner, id, { ...facts, at: number * 3600 }),
    ...words.map(
      (one): Event =>
        (learner) =>
          say(learner, id, one),
    ),
    ...(ending === null
      ? []
      : [
          (learner: Learner) =>
            void closeIncident(learner, id, { ...ending, at: number * 3600 + 900 }),
        ]),
  ];
}

const history = fc.array(incident, { maxLength: 12 });

function asked(learner: Learner) {
  open(learner, "now", { text: "pool exhausted; a killed", flags: ["deploy"], at: 1e6 });
  return orderIn(learner, "now");
}

function assertClose(a: ReturnType<typeof asked>, b: ReturnType<typeof asked>): void {
  assert.deepEqual(
    a.map((item) => item.step),
    b.map((item) => item.step),
  );
  for (const [at, item] of a.entries()) assert.ok(Math.abs(item.p - (b[at]?.p ?? 0)) < 1e-9);
}

describe("whatever is told", () => {
  it("in any order of arrival across incidents, and asked in between or not, the past is the same", () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(), { minLength: 80, maxLength: 80 }), (lived, picks) => {
        const [inOrder, mixed] = [learnerWithAll(), learnerWithAll()];
        for (const [number, one] of lived.entries()) {
          for (const event of eventsOf(one, number)) event(inOrder);
        }
        const queues = lived.map(eventsOf);
        for (const pick of picks.concat(Array.from({ length: 200 }, () => 0))) {
          const waiting = queues.filter((queue) => queue.length > 0);
          waiting[pick % Math.max(waiting.length, 1)]?.shift()?.(mixed);
          if (pick % 7 === 3) asked(mixed);
        }
        assertClose(asked(inOrder), asked(mixed));
      }),
      { numRuns: runs(300), seed },
    );
  });

  it("chances lie between 0 and 1, minutes are finite, what is irreversible is not first, nothing tried comes back", () => {
    fc.assert(
      fc.property(history, incident, (lived, now) => {
        const learner = learnerWithAll();
        configure(learner, { seed: 3, explore: true, slots: 5 });
        for (const [number, one] of lived.entries()) {
          for (const event of eventsOf(one, number)) {
            event(learner);
            for (const { p, minutes, propensity } of orderIn(learner, `i${number}`)) {
              assert.ok(p > 0 && p < 1 && Number.isFinite(minutes) && minutes > 0);
              assert.ok(propensity > 0 && propensity <= 1);
            }
          }
        }
        for (const event of eventsOf({ ...now, ending: null }, 99)) event(learner);
        const order = idsIn(learner, "i99");
        const reversible = order.filter((id) => learner.steps.get(id)?.risk !== "irreversible");
        assert.ok(order[0] === reversible[0] || reversible.length === 0);
        assert.ok(now.words.every((one) => !order.includes(one.step)));
        const { snips, sndr, ess, n } = evaluate(learner.incidents.values(), learner.shown);
        assert.ok([snips ?? 0, sndr ?? 0, ess, n].every(Number.isFinite));
      }),
      { numRuns: runs(300), seed },
    );
  });

  it("the order of declaration plays no part", () => {
    const steps = ids.map((id) => step(id));
    const orders = [steps, steps.toReversed()].map((declared) => {
      const learner = learnerWith(...declared);
      for (let number = 0; number < 6; number += 1)
        live(learner, `i${number}`, { failed: ["a"], resolved: "c" });
      return asked(learner);
    });
    assertClose(orders[0] ?? [], orders[1] ?? []);
  });

  it("ten thousand outcomes are as sound as none", () => {
    const learner = learnerWithAll();
    for (let number = 0; number < 3400; number += 1) {
      live(learner, `i${number}`, {
        failed: ["a", "b"],
        resolved: number % 50 === 0 ? "d" : "c",
        facts: { service: `s${number % 9}`, symptom: `y${number % 5}` },
      });
    }
    const order = asked(learner);
    assert.equal(order.length, 5);
    assert.ok(order.every(({ p, minutes }) => p > 0 && p < 1 && Number.isFinite(minutes)));
    assert.equal(order.find(({ role }) => role === "fix")?.step, "c");
  });
});
