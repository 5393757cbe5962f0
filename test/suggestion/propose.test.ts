import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Constraint } from "../../src/catalog/catalog.ts";
import { noDraw } from "../../src/suggestion/draw.ts";
import { proposeSteps, type ProposeInput } from "../../src/suggestion/propose.ts";
import { tally } from "./rows.ts";
import { liveDeploy, poolWaits, restart, rollBack, situation, step } from "./situation.ts";

const traces = step({ id: "read-traces", mechanism: "dependency", priors: { "*": 0.5 } });
const offCpu = step({ id: "profile-off-cpu", mechanism: "lock", minutes: 8, priors: { "*": 0.3 } });
const steps = [restart, offCpu, traces, rollBack, poolWaits];

function propose(told: Partial<ProposeInput> = {}) {
  return proposeSteps({
    steps,
    situation: situation(liveDeploy),
    tallies: [],
    chances: new Map(),
    draw: noDraw,
    done: [],
    suggestionsMax: 5,
    ...told,
  });
}

const ids = (all: readonly { readonly stepId: string }[]) => all.map((each) => each.stepId);
const forbid = (constraint: Partial<Constraint>): Constraint => ({
  forbid: [{ kind: "step", id: "roll-back-deploy" }],
  because: "the migration cannot go back",
  ...constraint,
});

describe("which steps are offered", () => {
  it("puts fixes first at SEV1 and SEV2, and below where one is promising; else checks", () => {
    assert.deepEqual(ids(propose().offered), [
      "roll-back-deploy",
      "read-pool-waits",
      "read-traces",
      "restart-service",
      "profile-off-cpu",
    ]);
    const calm = propose({ situation: situation({ ...liveDeploy, severity: 3 }) });
    assert.deepEqual(ids(calm.offered).slice(0, 2), ["roll-back-deploy", "read-pool-waits"]);
    const unclear = propose({ situation: situation({ severity: 3 }) });
    assert.equal(unclear.offered[0]?.role, "check");
  });

  it("offers at most so many and counts the rest", () => {
    const { offered, more } = propose({ suggestionsMax: 3 });
    assert.equal(offered.length, 3);
    assert.equal(more, 2);
  });

  it("leaves out what the thread has done", () => {
    const { offered, leftOutAsDone } = propose({ done: ["restart-service", "unknown-step"] });
    assert.ok(!ids(offered).includes("restart-service"));
    assert.deepEqual(leftOutAsDone, [{ stepId: "restart-service", title: "restart service" }]);
  });

  it("leaves out what does not apply, and does not count it", () => {
    const jvm = step({ id: "dump-threads", needs: { runtimes: ["jvm"] } });
    const { offered, more, leftOutAsDone } = propose({
      steps: [...steps, jvm],
      done: ["dump-threads"],
    });
    assert.ok(!ids(offered).includes("dump-threads"));
    assert.equal(more, 0);
    assert.deepEqual(leftOutAsDone, []);
  });

  it("never shows what a rule forbids, and says which rule", () => {
    const rule = forbid({});
    const { offered, hiddenByRule } = propose({
      situation: situation({ ...liveDeploy, constraints: [rule] }),
    });
    assert.ok(!ids(offered).includes("roll-back-deploy"));
    assert.deepEqual(hiddenByRule, [
      { stepId: "roll-back-deploy", title: "Roll back the last deploy", constraint: rule },
    ]);
  });

  it("holds the rule against the command as it would be shown", () => {
    const rule = forbid({ forbid: [{ kind: "command", words: ["kubectl", "rollout"] }] });
    const { hiddenByRule } = propose({
      situation: situation({ ...liveDeploy, constraints: [rule] }),
    });
    assert.deepEqual(ids(hiddenByRule), ["roll-back-deploy"]);
  });

  it("says what else could have been offered, and what the evidence speaks of each", () => {
    const rule = forbid({ forbid: [{ kind: "step", id: restart.id }] });
    const { offered, considered } = propose({
      situation: situation({ ...liveDeploy, constraints: [rule] }),
      suggestionsMax: 2,
    });
    assert.equal(offered.length, 2);
    assert.deepEqual(ids(considered).toSorted(), [
      "profile-off-cpu",
      "read-pool-waits",
      "read-traces",
      "roll-back-deploy",
    ]);
    const odds = (id: string) => considered.find((each) => each.stepId === id)?.odds ?? 0;
    assert.ok(odds("roll-back-deploy") > 1, "a deploy is suspected");
    const { foretold } = offered.find((each) => each.stepId === "roll-back-deploy") ?? {};
    assert.equal(foretold, null, "nothing was learned");
  });

  it("sets aside what is not for this service, and what two people found harmful", () => {
    const { offered, setAside } = propose({
      tallies: [
        tally({ stepId: "read-traces", isNotForUs: true }),
        tally({ stepId: "read-pool-waits", service: "cart", isNotForUs: true }),
        tally({
          stepId: "restart-service",
          wrong: [
            { incidentId: "inc_1", actor: "U1" },
            { incidentId: "inc_2", actor: "U2" },
          ],
        }),
      ],
    });
    assert.deepEqual(setAside, [
      { stepId: "read-traces", because: "not-for-us" },
      { stepId: "restart-service", because: "quarantined" },
    ]);
    assert.deepEqual(ids(offered), ["roll-back-deploy", "read-pool-waits", "profile-off-cpu"]);
  });

  it("fills the title, and says what the record is", () => {
    const facts = {
      runtime: "node",
      platform: "kubernetes",
      values: { service: "checkout", previousVersion: "9c1d2e0" },
    } as const;
    const [first] = propose({
      situation: situation({ ...liveDeploy, facts }),
      tallies: [tally({ trials: 5, successes: 4, counts: { tried: 5, worked: 4 } })],
    }).offered;
    assert.equal(first?.title, "Roll back checkout to 9c1d2e0");
    assert.equal(first?.how?.isFilled, true);
    assert.equal(first?.record.worked, 4);
    assert.equal(first?.propensity, 1);
  });
});

describe("another angle", () => {
  it("is third, of another mechanism than the first two, cheap, safe and little tried", () => {
    const same = step({ id: "read-pool-size", mechanism: "capacity", priors: { "*": 0.59 } });
    const known = tally({ stepId: "read-traces", trials: 20, successes: 20 });
    const chances = new Map([
      ["read-traces", { p: 0.95, minutes: 3, saves: 0.1, said: [0, 0, 0] as const }],
    ]);
    const { offered } = propose({ steps: [...steps, same], tallies: [known], chances });
    assert.deepEqual(
      offered.map(({ stepId, isOtherAngle }) => [stepId, isOtherAngle]).slice(0, 3),
      [
        ["roll-back-deploy", false],
        ["read-traces", false],
        ["read-pool-waits", true],
      ],
    );
    const third = propose({
      steps: [rollBack, poolWaits, same, offCpu],
    }).offered[2];
    assert.deepEqual([third?.stepId, third?.isOtherAngle], ["profile-off-cpu", true]);
  });

  it("is left out where nothing is eligible, and the list goes on", () => {
    const { offered } = propose({ steps: [rollBack, restart, poolWaits] });
    assert.deepEqual(
      offered.map(({ stepId, isOtherAngle }) => [stepId, isOtherAngle]),
      [
        ["roll-back-deploy", false],
        ["read-pool-waits", false],
        ["restart-service", false],
      ],
    );
  });
});
