import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { withExploration } from "../../src/learning/exploration.ts";
import { configure } from "../../src/learning/learner.ts";
import { runs, seed } from "../property-runs.ts";
import { idsIn, learnerWith, live, open, orderIn, say, step } from "./telling.ts";

const letters = ["a", "b", "c", "d", "e", "f"];

function exploring(slots = 5) {
  const learner = learnerWith(
    ...letters.map((id, index) => step(id, { prior: { "*": 0.6 - index / 10 } })),
  );
  configure(learner, { seed: 7, explore: true, slots });
  return learner;
}

describe("exploration", () => {
  it("places are drawn as often as their propensities say, each step is there once, the first two are greedy", () => {
    const epsilon = 0.3;
    const counts = new Map<string, { seen: number; said: number }>();
    const lists = 4000;
    for (let list = 0; list < lists; list += 1) {
      const placed = withExploration(letters, (letter) => letter !== "e", {
        epsilon,
        draw: [list],
      });
      assert.deepEqual(placed.map(({ item }) => item).toSorted(), letters);
      assert.deepEqual(
        placed.slice(0, 2).map(({ item, propensity }) => [item, propensity]),
        [
          ["a", 1],
          ["b", 1],
        ],
      );
      for (const [at, { item, propensity }] of placed.entries()) {
        const count = counts.get(`${at}${item}`) ?? { seen: 0, said: propensity };
        assert.ok(
          Math.abs(count.said - propensity) < 1e-9,
          "the same place has the same propensity",
        );
        counts.set(`${at}${item}`, { ...count, seen: count.seen + 1 });
      }
    }
    for (const [place, { seen, said }] of counts) {
      assert.ok(
        Math.abs(seen / lists - said) < 0.03,
        `${place}: ${seen / lists} seen, ${said} said`,
      );
    }
    assert.ok(!counts.has("2e"), "what is not eligible is not drawn");
    assert.ok(Math.abs((counts.get("2c")?.said ?? 0) - (1 - epsilon + epsilon / 3)) < 1e-9);
  });

  it("the propensities of a place sum to 1 over the draws", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 8 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (count, epsilon) => {
          const items = Array.from({ length: count }, (_, index) => index);
          const seen = items.map(() => new Map<number, number>());
          for (let draw = 0; draw < 400; draw += 1) {
            for (const [at, { item, propensity }] of withExploration(items, () => true, {
              epsilon,
              draw: [draw],
            }).entries()) {
              seen[at]?.set(item, propensity);
            }
          }
          for (const place of seen) {
            const total = [...place.values()].reduce((sum, one) => sum + one, 0);
            assert.ok(total <= 1 + 1e-9, String(total));
          }
        },
      ),
      { numRuns: runs(200), seed },
    );
  });

  it("a new list draws anew, the same list never, and another seed gives other lists", () => {
    const [one, other] = [exploring(), exploring()];
    configure(other, { seed: 8, explore: true, slots: 5 });
    const lists = (learner: typeof one) =>
      Array.from({ length: 40 }, (_, number) => {
        open(learner, `i${number}`);
        const list = idsIn(learner, `i${number}`);
        assert.deepEqual(idsIn(learner, `i${number}`), list);
        return list.join("");
      });
    const [ours, theirs] = [lists(one), lists(other)];
    assert.ok(new Set(ours).size > 1);
    assert.notDeepEqual(ours, theirs);
    assert.deepEqual(lists(exploring()), ours);
    say(one, "i0", { step: "a", label: "no_effect" });
    assert.equal(one.shown.get("i0")?.length, 1);
    orderIn(one, "i0");
    assert.equal(one.shown.get("i0")?.length, 2);
  });

  it("there is none in the worst severity, with too few places, or where it was not asked for", () => {
    const isGreedy = (learner: ReturnType<typeof exploring>, severity: number) =>
      Array.from({ length: 40 }, (_, number) => {
        open(learner, `i${number}`, { severity });
        return orderIn(learner, `i${number}`);
      }).every((list) => list.every(({ propensity, explore }) => propensity === 1 && !explore));
    assert.ok(isGreedy(exploring(), 1));
    assert.ok(isGreedy(exploring(2), 3));
    assert.ok(isGreedy(learnerWith(...letters.map((id) => step(id))), 3));
    assert.ok(!isGreedy(exploring(), 2));
  });

  it("it grows rarer once a hundred incidents have ended", () => {
    const learner = exploring();
    open(learner, "early");
    const early = orderIn(learner, "early").map(({ propensity }) => propensity);
    for (let number = 0; number < 100; number += 1) live(learner, `i${number}`, {});
    open(learner, "late");
    const late = orderIn(learner, "late").map(({ propensity }) => propensity);
    assert.ok(
      early.slice(2, 3).every((one) => one < 0.8) &&
        late.slice(2, 3).every((one) => one > 0.9 || one < 0.03),
    );
  });
});
