import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { drawFor, noDraw } from "../../src/suggestion/draw.ts";
import { proposeSteps } from "../../src/suggestion/propose.ts";
import { liveDeploy, poolWaits, restart, rollBack, situation, step } from "./situation.ts";

const angles = ["dependency", "lock", "network"] as const;
const steps = [
  rollBack,
  restart,
  poolWaits,
  ...angles.map((mechanism) => step({ id: `read-${mechanism}`, mechanism, priors: { "*": 0.2 } })),
];

function thirdOf(draw: typeof noDraw) {
  const known = { tallies: [], chances: new Map(), done: [], suggestionsMax: 5 };
  const third = proposeSteps({ steps, situation: situation(liveDeploy), ...known, draw })
    .offered[2];
  assert.ok(third?.isOtherAngle);
  return third;
}

describe("the third place of a list", () => {
  test("holds the best of the eligible for certain where nothing is left to chance", () => {
    const { stepId, propensity } = thirdOf(noDraw);
    assert.equal(stepId, "read-dependency");
    assert.equal(propensity, 1);
  });

  test("says what would stand there without chance", () => {
    const drawn = thirdOf({ epsilon: 0.3, whether: 0, which: 0.5 });
    assert.equal(drawn.stepId, "read-lock");
    const { stepId, p } = thirdOf(noDraw);
    assert.deepEqual(drawn.greedy, { stepId, p });
    assert.deepEqual(thirdOf(noDraw).greedy, { stepId, p });
  });

  test("is drawn as often as it says", () => {
    const epsilon = 0.3;
    const weights = new Map<string, number>();
    const told = new Map<string, number>();
    // Every way that the draw can go, with how often it goes so.
    for (const isDrawn of [true, false]) {
      for (const [n] of angles.entries()) {
        const draw = { epsilon, whether: isDrawn ? 0.29 : 0.3, which: (n + 0.5) / angles.length };
        const { stepId, propensity } = thirdOf(draw);
        const weight = (isDrawn ? epsilon : 1 - epsilon) / angles.length;
        weights.set(stepId, (weights.get(stepId) ?? 0) + weight);
        assert.equal(told.get(stepId) ?? propensity, propensity);
        told.set(stepId, propensity);
      }
    }
    assert.equal(told.size, angles.length);
    for (const [stepId, propensity] of told)
      assert.ok(Math.abs(propensity - (weights.get(stepId) ?? 0)) < 1e-12, stepId);
  });
});

describe("a draw", () => {
  test("is the same for the same list, and another for another", () => {
    const first = drawFor(2, 0, [0, "inc_1", 1]);
    assert.deepEqual(drawFor(2, 0, [0, "inc_1", 1]), first);
    assert.notDeepEqual(drawFor(2, 0, [0, "inc_1", 2]), first);
  });

  test("is rarer once a hundred incidents have ended, and never made in a SEV1", () => {
    const epsilon = (severity: 1 | 2, ended: number) => drawFor(severity, ended, []).epsilon;
    assert.deepEqual([epsilon(2, 99), epsilon(2, 100), epsilon(1, 0)], [0.3, 0.1, 0]);
  });
});
