import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { noDraw } from "../../src/suggestion/draw.ts";
import { proposeSteps } from "../../src/suggestion/propose.ts";
import { checkoutP99, nothing } from "../incident/timeline.ts";
import { tally } from "./rows.ts";
import {
  liveDeploy,
  offeredIn,
  poolWaits,
  restart,
  rollBack,
  situation,
  step,
} from "./situation.ts";

describe("evidence or silence", () => {
  const restartAnyway = step({ ...restart, id: "restart-anyway", boosts: [] });
  const slowCheck = step({ id: "profile-off-cpu", minutes: 8 });

  it("a fix for which nothing speaks is not offered", () => {
    assert.deepEqual(
      offeredIn([restartAnyway, poolWaits], {}).map((each) => each.stepId),
      ["read-pool-waits"],
    );
  });

  it("a fix that worked in a similar incident is, though nothing else speaks for it", () => {
    const { offered } = proposeSteps({
      steps: [restartAnyway, poolWaits],
      situation: situation(),
      tallies: [tally({ stepId: "restart-anyway", trials: 1, successes: 1 })],
      chances: new Map(),
      draw: noDraw,
      done: [],
      suggestionsMax: 5,
    });
    assert.ok(offered.some((each) => each.stepId === "restart-anyway"));
  });

  it("where nothing shifted only quick checks are, whatever went live", () => {
    const told = {
      ...liveDeploy,
      diagnosis: { ...liveDeploy.diagnosis, confidence: "none", metrics: [] },
    } as const;
    assert.deepEqual(
      offeredIn([rollBack, poolWaits, slowCheck], told).map((each) => each.stepId),
      ["read-pool-waits"],
    );
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
      diagnosis: { ...situation().diagnosis, metrics: [checkoutP99, calls] },
    });
    assert.deepEqual(offered?.why, {
      text: "failed calls checkout → payments up from 0.1 % to 30 %",
      cites: ["metric:1"],
    });
  });

  it("tells what shifted at the service that the step acts on, not elsewhere, and counts only that", () => {
    const cpu = { ...checkoutP99, name: "cpu", kind: "cpu", service: "orders-db" } as const;
    const readThrottling = step({
      id: "read-throttling",
      boosts: [{ when: { shiftedKind: "cpu" }, odds: 5 }],
    });
    const offeredWith = (service: string) =>
      offeredIn([readThrottling], {
        diagnosis: { ...situation().diagnosis, metrics: [checkoutP99, { ...cpu, service }] },
      })[0];
    const elsewhere = offeredWith("orders-db");
    const here = offeredWith("checkout");
    assert.equal(elsewhere?.why, undefined);
    assert.deepEqual(here?.why?.cites, ["metric:1"]);
    assert.ok((here?.p ?? 0) > (elsewhere?.p ?? 1));
  });

  it("neither tells nor counts what another service logs", () => {
    const line = { template: "pool exhausted", before: 0, after: 9, example: "pool exhausted" };
    const offeredWith = (service: string) =>
      offeredIn([boosted], {
        diagnosis: { ...situation().diagnosis, metrics: [], logs: [{ ...line, service }] },
      })[0];
    assert.equal(offeredWith("orders-db")?.why, undefined);
    assert.deepEqual(offeredWith("checkout")?.why?.cites, ["log:0"]);
    assert.ok((offeredWith("checkout")?.p ?? 0) > (offeredWith("orders-db")?.p ?? 1));
  });

  it("tells what shifted at the dependency where the step acts on it", () => {
    const slow = { ...checkoutP99, service: "payments" };
    const shorten = step({
      id: "shorten-timeouts",
      role: "fix",
      mechanism: "dependency",
      risk: "reversible",
      boosts: [{ when: { shiftedKind: "latency" }, odds: 1.5 }],
    });
    const values = { service: "checkout", dependency: "payments" };
    const [offered] = offeredIn([shorten], {
      facts: { runtime: "node", platform: "kubernetes", values },
      diagnosis: { ...situation().diagnosis, metrics: [slow] },
    });
    assert.deepEqual(offered?.why?.cites, ["metric:0"]);
  });

  it("tells the load that comes in where the service does not count its own", () => {
    const scaleOut = step({
      id: "scale-out-service",
      role: "fix",
      mechanism: "capacity",
      risk: "reversible",
      boosts: [{ when: { flag: "traffic" }, odds: 6 }],
    });
    const asked = {
      ...checkoutP99,
      name: "requests",
      kind: "requests",
      service: "frontend",
    } as const;
    const [offered] = offeredIn([scaleOut], {
      flags: ["traffic"],
      diagnosis: { ...situation().diagnosis, metrics: [checkoutP99, asked] },
    });
    assert.deepEqual(offered?.why?.cites, ["metric:1"]);
  });

  it("tells the slice where only one node is bad", () => {
    const moveAway = step({
      id: "move-off-node",
      role: "fix",
      mechanism: "platform",
      risk: "reversible",
      boosts: [{ when: { flag: "single-node" }, odds: 10 }],
    });
    const cut = { ...checkoutP99, labels: { node: "n7" } };
    const [offered] = offeredIn([moveAway], {
      flags: ["single-node"],
      diagnosis: {
        ...situation().diagnosis,
        metrics: [checkoutP99, cut],
        scope: { everywhere: false, labels: { node: "n7" }, share: 1 },
      },
    });
    assert.deepEqual(offered?.why?.cites, ["metric:1"]);
  });

  it("is silent where nothing in the evidence speaks for it", () => {
    const [offered] = offeredIn([boosted], { diagnosis: nothing });
    assert.ok(offered);
    assert.equal(offered.why, undefined);
  });
});
