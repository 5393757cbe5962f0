import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { proposeSteps, type Situation } from "../../src/suggestion/propose.ts";
import type { Step } from "../../src/playbook/step.ts";
import { checkoutP99, nothing, unix } from "../incident/timeline.ts";
import { liveDeploy, rollBack, situation, step } from "./situation.ts";

const restart = step({
  id: "restart-service",
  role: "fix",
  mechanism: "runtime",
  risk: "disruptive",
  minutes: 8,
  priors: { "*": 0.1 },
});
const poolWaits = step({ id: "read-pool-waits", mechanism: "capacity", priors: { "*": 0.6 } });

function offeredIn(steps: readonly Step[], told: Partial<Situation>) {
  return proposeSteps({
    steps,
    situation: situation(told),
    tallies: [],
    done: [],
    suggestionsMax: 5,
  }).offered;
}

function firstOf(told: Partial<Situation>): string | undefined {
  return offeredIn([rollBack, restart, poolWaits], told)[0]?.stepId;
}

describe("a rollback", () => {
  it("may be first where a suspect was live before onset", () => {
    assert.equal(firstOf(liveDeploy), "roll-back-deploy");
  });

  it("is never first where nothing went live", () => {
    assert.equal(firstOf({}), "restart-service");
  });

  it("is never first where nobody knows whether the commit was live", () => {
    const [commit] = liveDeploy.changes;
    assert.ok(commit);
    const { diagnosis } = liveDeploy;
    assert.equal(firstOf({ changes: [commit], diagnosis }), "restart-service");
    assert.equal(firstOf({ changes: [{ ...commit, live: false }], diagnosis }), "restart-service");
  });

  it("is never first for what went live after it began", () => {
    const late = [
      { id: "late", kind: "deploy", at: unix("14:20"), service: "checkout", title: "Deploy" },
    ] as const;
    const diagnosis = {
      ...nothing,
      changes: [{ id: "late", p: 0.9, because: [] }],
      noChange: 0.1,
    };
    assert.equal(firstOf({ changes: late, diagnosis }), "restart-service");
  });

  it("leaves the first place to a check where it is the only fix", () => {
    const offered = offeredIn([rollBack, poolWaits], {});
    assert.deepEqual(
      offered.map((each) => each.stepId),
      ["read-pool-waits", "roll-back-deploy"],
    );
  });

  it("says why: since when the suspect was live and what it touched, with its citation", () => {
    const [offered] = offeredIn([rollBack], liveDeploy);
    assert.deepEqual(offered?.why, {
      text: "live 90 s before onset; touched orders/query.ts",
      cites: ["change:3f2a91c"],
    });
  });

  it("names no author", () => {
    assert.ok(!JSON.stringify(offeredIn([rollBack, poolWaits], liveDeploy)).includes("Mallory"));
  });
});

describe("why a step is offered now", () => {
  const boosted = step({
    id: "read-slow-queries",
    boosts: [
      { when: { logWord: "pool" }, odds: 3 },
      { when: { shiftedKind: "latency" }, odds: 2 },
      { when: { flag: "traffic" }, odds: 4 },
      { when: { shiftedKind: "cpu" }, odds: 5 },
    ],
  });

  it("tells the evidence that raised it, strongest first, and nothing that is not there", () => {
    const base = situation();
    const logs = [
      {
        service: "checkout",
        template: "pool exhausted, waited <n> ms",
        before: 0,
        after: 1204,
        example: "pool exhausted, waited 30 ms",
      },
    ];
    const [offered] = offeredIn([boosted], { diagnosis: { ...base.diagnosis, logs } });
    assert.deepEqual(offered?.why, {
      text: '1,204× "pool exhausted, waited <n> ms" in the logs of checkout; p99 of checkout up from 0.4 s to 4 s',
      cites: ["log:0", "metric:0"],
    });
  });

  it("cites the calls that fail where a dependency's errors raised it", () => {
    const failOver = step({
      id: "fail-over-dependency",
      boosts: [{ when: { flag: "dependency-error" }, odds: 4 }],
    });
    const calls = {
      ...checkoutP99,
      name: "call_errors_ratio",
      callee: "payments",
      kind: "errors",
      unit: "ratio",
      before: 0.001,
      after: 0.3,
    } as const;
    const [offered] = offeredIn([failOver], {
      flags: ["dependency-error"],
      diagnosis: { ...nothing, metrics: [checkoutP99, calls] },
    });
    assert.deepEqual(offered?.why, {
      text: "call_errors_ratio of calls checkout → payments up from 0.1 % to 30 %",
      cites: ["metric:1"],
    });
  });

  it("is silent where nothing in the evidence speaks for it", () => {
    const [offered] = offeredIn([boosted], { diagnosis: nothing });
    assert.ok(offered);
    assert.equal(offered.why, undefined);
  });
});
