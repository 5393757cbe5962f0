import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { isQuarantined, rank, type Candidate } from "../../src/suggestion/rank.ts";
import { mechanisms, risks } from "../../src/vocabulary.ts";
import { runs, seed } from "../property-runs.ts";
import { tally } from "./rows.ts";

/** Nothing was learned. */
const nothing = new Map();

function candidate(told: Partial<Candidate>): Candidate {
  return {
    stepId: "roll-back-deploy",
    role: "fix",
    mechanism: "deploy",
    risk: "reversible",
    minutes: 6,
    prior: 0.2,
    odds: 1,
    ...told,
  };
}

const order = (ranked: readonly { readonly stepId: string }[]) => ranked.map((each) => each.stepId);
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

describe("the order of fixes", () => {
  it("is by chance per minute, a risk counting as minutes", () => {
    const quick = candidate({ stepId: "quick", prior: 0.2, minutes: 5 });
    const slow = candidate({ stepId: "slow", prior: 0.25, minutes: 30 });
    const risky = candidate({ stepId: "risky", prior: 0.2, minutes: 5, risk: "disruptive" });
    assert.deepEqual(order(rank([slow, risky, quick], nothing).fixes), ["quick", "risky", "slow"]);
  });

  it("changes with what was learned", () => {
    const both = [
      candidate({ stepId: "roll-back-deploy", prior: 0.3 }),
      candidate({ stepId: "restart-service", prior: 0.25, mechanism: "runtime" }),
    ];
    assert.deepEqual(order(rank(both, nothing).fixes), ["roll-back-deploy", "restart-service"]);
    const learned = new Map([
      ["restart-service", { p: 0.6, minutes: 6, saves: 1, said: [0, 0, 0] as const }],
    ]);
    assert.deepEqual(order(rank(both, learned).fixes), ["restart-service", "roll-back-deploy"]);
    const slow = new Map([
      ["restart-service", { p: 0.6, minutes: 60, saves: 1, said: [0, 0, 0] as const }],
    ]);
    assert.deepEqual(order(rank(both, slow).fixes), ["roll-back-deploy", "restart-service"]);
  });

  it("follows the evidence by its factor on the odds", () => {
    const [plain] = rank([candidate({})], nothing).fixes;
    const [boosted] = rank([candidate({ odds: 4 })], nothing).fixes;
    near(plain?.p ?? 0, 0.2);
    near(boosted?.p ?? 0, 0.5);
  });
});

describe("the order of checks", () => {
  it("prefers the check that tells likely fixes apart over one about nothing likely", () => {
    const fixes = [
      candidate({ stepId: "fix-deploy", mechanism: "deploy", prior: 0.3 }),
      candidate({ stepId: "fix-pool", mechanism: "capacity", prior: 0.3 }),
    ];
    const check = { role: "check", risk: "read-only", minutes: 3, prior: 0.5 } as const;
    const checks = [
      candidate({ stepId: "a-kernel-check", mechanism: "kernel", ...check }),
      candidate({ stepId: "b-pool-check", mechanism: "capacity", ...check }),
    ];
    assert.deepEqual(order(rank([...fixes, ...checks], nothing).checks), [
      "b-pool-check",
      "a-kernel-check",
    ]);
  });

  it("prefers the check whose answer saves more of the time to a fix", () => {
    const check = { role: "check", risk: "read-only", minutes: 3, prior: 0.5 } as const;
    const checks = ["a-check", "b-check"].map((stepId) => candidate({ stepId, ...check }));
    const learned = new Map([
      ["a-check", { p: 0.5, minutes: 3, saves: 0.1, said: [0, 0, 0] as const }],
      ["b-check", { p: 0.5, minutes: 3, saves: 0.3, said: [0, 0, 0] as const }],
    ]);
    assert.deepEqual(order(rank(checks, nothing).checks), ["a-check", "b-check"]);
    assert.deepEqual(order(rank(checks, learned).checks), ["b-check", "a-check"]);
  });
});

type WrongVote = readonly [incident: `inc_${string}`, actor: string];
function isHeldBack(...votes: readonly WrongVote[]): boolean {
  const wrong = votes.map(([incidentId, actor]) => ({ incidentId, actor }));
  return isQuarantined("roll-back-deploy", [tally({ wrong })]);
}

describe("quarantine", () => {
  it("needs two people in two incidents", () => {
    assert.equal(isHeldBack(["inc_1", "U1"]), false);
    assert.equal(isHeldBack(["inc_1", "U1"], ["inc_2", "U1"]), false);
    assert.equal(isHeldBack(["inc_1", "U1"], ["inc_1", "U2"]), false);
    assert.equal(isHeldBack(["inc_1", "U1"], ["inc_2", "U2"]), true);
  });
  it("is of the step alone", () => {
    const wrong = [
      { incidentId: "inc_1", actor: "U1" },
      { incidentId: "inc_2", actor: "U2" },
    ] as const;
    assert.equal(isQuarantined("restart-service", [tally({ wrong })]), false);
  });
});

function shuffled<T>(all: readonly T[]) {
  return fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });
}

describe("whatever was recorded", () => {
  const candidates = fc.uniqueArray(
    fc.record({
      stepId: fc.string({ minLength: 1, maxLength: 8 }),
      role: fc.constantFrom("fix", "check"),
      mechanism: fc.constantFrom(...mechanisms),
      risk: fc.constantFrom(...risks),
      minutes: fc.integer({ min: 0, max: 120 }),
      prior: fc.double({ min: 0, max: 1, noNaN: true }),
      odds: fc.double({ min: 0.125, max: 8, noNaN: true }),
    }),
    { selector: (each) => each.stepId, minLength: 1, maxLength: 12 },
  );
  const world = candidates.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.array(
        fc.tuple(
          fc.constantFrom(...all.map((each) => each.stepId)),
          fc.record({
            p: fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
            minutes: fc.double({ min: 0, max: 1e4, noNaN: true }),
            saves: fc.double({ min: 0.1, max: 1, noNaN: true }),
            said: fc.constant([0, 0, 0] as const),
          }),
        ),
        { maxLength: 30 },
      ),
    ),
  );
  it("the order does not depend on the order of what came in, and nothing is NaN", () => {
    fc.assert(
      fc.property(
        world.chain(([all, learned]) =>
          fc.tuple(fc.constant({ all, learned: new Map(learned) }), shuffled(all)),
        ),
        ([{ all, learned }, otherAll]) => {
          const ranked = rank(all, learned);
          assert.deepEqual(rank(otherAll, learned), ranked);
          for (const { p, minutes, score } of [...ranked.fixes, ...ranked.checks]) {
            assert.ok(p > 0 && p < 1);
            assert.ok(Number.isFinite(minutes) && minutes > 0);
            assert.ok(Number.isFinite(score) && score > 0);
          }
          assert.equal(ranked.fixes.length + ranked.checks.length, all.length);
        },
      ),
      { numRuns: runs(2000), seed },
    );
  });
});
