import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { KeptStep } from "../../src/model/proposed-step.ts";
import { modelSteps } from "../../src/suggestion/model-steps.ts";
import { rollBack, situation, step } from "./situation.ts";

const poolWaits = step({ id: "read-pool-waits" });
const why = { text: "The p99 of checkout shifted.", cites: ["metric:0", "examined:cart"] };
const named = (stepId: string): KeptStep => ({ kind: "canonical", stepId, why });
const made = (title: string, role: "fix" | "check" = "check"): KeptStep => {
  return { kind: "new", role, title, service: "checkout", why, expect: "It shows.", command: null };
};

function added(kept: readonly KeptStep[], told: Partial<Parameters<typeof modelSteps>[0]> = {}) {
  return modelSteps({
    steps: [poolWaits, rollBack],
    situation: situation(),
    tallies: [],
    chances: new Map(),
    done: [],
    listed: [],
    kept,
    ...told,
  });
}
const ids = (all: ReturnType<typeof added>) => all.offered.map(({ stepId }) => stepId);

describe("the steps of a model", () => {
  test("are the playbook's own where it has them, in its words and marked", () => {
    const { offered } = added([named("read-pool-waits")]);
    const [one] = offered;
    assert.deepEqual(
      [one?.title, one?.origin, one?.why?.text, one?.propensity],
      ["read pool waits", "named-by-model", why.text, 0],
    );
    assert.deepEqual(one?.why?.cites, ["metric:0"], "only what has a page");
  });

  test("are new otherwise: the same words are the same step, with the record that it has by now", () => {
    const tallies = [
      {
        stepId: "model-ask-the-callers",
        symptom: "latency",
        service: "checkout",
        trials: 2,
        successes: 1,
        minutes: [],
        ledToFix: 0,
      },
    ] as const;
    const { offered } = added([made("Ask the callers!")], { tallies });
    const [one] = offered;
    assert.deepEqual(
      [one?.stepId, one?.risk, one?.record.tried, one?.origin],
      ["model-ask-the-callers", "read-only", 2, "new-from-model"],
    );
    assert.equal(added([made("Free the memory", "fix")]).offered[0]?.risk, "disruptive");
  });

  test("are two at most, none that is in the list or was done, and each once", () => {
    const all = [
      named("read-pool-waits"),
      made("Ask A"),
      made("ask a"),
      made("Ask B"),
      made("Ask C"),
    ];
    const result = added(all, { listed: ["read-pool-waits"], done: ["model-ask-c"] });
    assert.deepEqual(ids(result), ["model-ask-a", "model-ask-b"]);
    assert.deepEqual(result.fell, []);
    const more = added([made("Ask A"), made("Ask B"), made("Ask C")]);
    assert.deepEqual(more.fell, [{ text: "Ask C", because: "is beyond the 2 that a list takes" }]);
  });

  test("do not go past a rule, nor past the evidence that a fix needs", () => {
    const rule = { forbid: [{ kind: "step", id: "read-pool-waits" }], because: "not now" } as const;
    const ruled = added([named("read-pool-waits")], {
      situation: situation({ constraints: [rule] }),
    });
    assert.deepEqual([ids(ruled), ruled.fell[0]?.because], [[], "is forbidden by a rule: not now"]);
    const bare = added([named("roll-back-deploy")]);
    assert.match(bare.fell[0]?.because ?? "", /nothing in the evidence speaks for/);
  });

  test("mend nothing where nothing is shown to be broken, or where it is over", () => {
    const { diagnosis } = situation();
    const quiet = situation({ diagnosis: { ...diagnosis, confidence: "none" } });
    for (const calm of [quiet, situation({ isOver: true })]) {
      const result = added([made("Free the memory", "fix"), made("Ask A")], { situation: calm });
      assert.deepEqual(ids(result), ["model-ask-a"]);
    }
  });

  test("are not offered again where people found them harmful", () => {
    const wrong = ["U1", "U2"].map((actor, n) => ({ incidentId: `inc_${n}` as const, actor }));
    const none = { symptom: "latency", service: null, trials: 2, successes: 0 } as const;
    const tallies = [{ stepId: "model-ask-a", ...none, minutes: [], ledToFix: 0, wrong }];
    assert.deepEqual(ids(added([made("Ask A")], { tallies })), []);
  });
});
