import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Situation } from "../../src/suggestion/propose.ts";
import { unix } from "../incident/timeline.ts";
import {
  liveDeploy,
  offeredIn,
  poolWaits,
  restart,
  rollBack,
  situation,
  step,
} from "./situation.ts";

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
      ...situation().diagnosis,
      changes: [{ id: "late", p: 0.9, because: [] }],
      noChange: 0.1,
    };
    assert.equal(firstOf({ changes: late, diagnosis }), "restart-service");
  });

  it("is never first where no change at all is likelier, and says since when it was live", () => {
    const { changes } = liveDeploy;
    const diagnosis = { ...liveDeploy.diagnosis, noChange: 0.71 };
    const offered = offeredIn([rollBack, restart, poolWaits], { changes, diagnosis });
    assert.deepEqual(
      offered.map((each) => each.stepId),
      ["restart-service", "read-pool-waits", "roll-back-deploy"],
    );
    assert.match(offered[2]?.why?.text ?? "", /^live 90 s before onset/);
  });

  it("is likelier to help the likelier its changes are, and no likelier than against no change", () => {
    const chanceAt = (p: number, noChange: number) => {
      const { changes } = liveDeploy;
      const suspects = [{ id: "3f2a91c", p, because: [] }];
      const diagnosis = { ...liveDeploy.diagnosis, changes: suspects, noChange };
      const offered = offeredIn([rollBack, poolWaits], { changes, diagnosis });
      return offered.find((each) => each.stepId === "roll-back-deploy")?.p ?? 0;
    };
    assert.ok(chanceAt(0.5, 0.1) > chanceAt(0.3, 0.1));
    assert.ok(chanceAt(0.3, 0.1) > chanceAt(0.3, 0.6) && chanceAt(0.3, 0.6) > 0);
  });

  it("counts no change of another service than the one that it takes back", () => {
    const elsewhere = liveDeploy.changes.map((change) => ({ ...change, service: "cart" }));
    const { diagnosis } = liveDeploy;
    assert.equal(firstOf({ changes: elsewhere, diagnosis }), "restart-service");
  });

  it("leaves the first place to a check where it is the only fix", () => {
    const { changes } = liveDeploy;
    const diagnosis = { ...liveDeploy.diagnosis, noChange: 0.71 };
    const offered = offeredIn([rollBack, poolWaits], { changes, diagnosis });
    assert.deepEqual(
      offered.map((each) => each.stepId),
      ["read-pool-waits", "roll-back-deploy"],
    );
  });

  it("is not offered where nothing went live and it never worked", () => {
    assert.deepEqual(
      offeredIn([rollBack, poolWaits], {}).map((each) => each.stepId),
      ["read-pool-waits"],
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

describe("a flag", () => {
  const turnOff = step({
    id: "turn-off-flag",
    role: "fix",
    mechanism: "flag",
    risk: "reversible",
    priors: { "*": 0.1 },
  });
  const changes = (title: string, diff = "") =>
    [
      {
        id: "3f2a91c",
        kind: "commit",
        at: unix("13:58"),
        service: "checkout",
        title,
        diff,
        live: true,
      },
      { id: "new-retry", kind: "flag", at: unix("14:01"), service: "checkout", title: "On" },
    ] as const;
  const diagnosis = {
    ...situation().diagnosis,
    changes: [
      { id: "3f2a91c", p: 0.5, because: [] },
      { id: "new-retry", p: 0.1, because: [] },
    ],
    noChange: 0.3,
  };
  const isFirst = (told: ReturnType<typeof changes>) =>
    offeredIn([turnOff, restart], { changes: told, diagnosis })[0]?.stepId === "turn-off-flag";

  it("takes back also a commit of its service that stands behind it, by title or diff", () => {
    assert.ok(isFirst(changes("Retry, behind the flag new-retry")));
    assert.ok(isFirst(changes("Retry", '+  if (isOn("new-retry")) retry();')));
  });

  it("takes back no other commit", () => {
    assert.ok(!isFirst(changes("Retry")));
    assert.ok(!isFirst(changes("Retry", "+  new-retry-2")));
  });
});
