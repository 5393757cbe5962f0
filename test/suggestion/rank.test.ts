import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { chance, isQuarantined, rank, type Candidate } from "../../src/suggestion/rank.ts";
import { mechanisms, risks, symptoms } from "../../src/vocabulary.ts";
import { runs, seed } from "../property-runs.ts";
import { tally } from "./rows.ts";

const about = { symptom: "latency", service: "checkout" } as const;

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

describe("the chance of a step", () => {
  it("is the playbook's where nothing was tried", () => {
    near(chance(0.2, [], about), 0.2);
  });

  it("moves from everything to the symptom to the service, each with the strength of four", () => {
    const elsewhere = tally({ symptom: "errors", service: "cart", trials: 4, successes: 4 });
    near(chance(0.2, [elsewhere], about), (4 * 0.2 + 4) / 8);
    const similar = tally({ service: "cart", trials: 4, successes: 4 });
    const global = (4 * 0.2 + 4) / 8;
    near(chance(0.2, [similar], about), (4 * global + 4) / 8);
    const here = tally({ trials: 4, successes: 4 });
    const symptom = (4 * global + 4) / 8;
    near(chance(0.2, [here], about), (4 * symptom + 4) / 8);
  });

  it("stays within (0, 1) after ten thousand outcomes either way", () => {
    for (const successes of [0, 10_000]) {
      const p = chance(0.5, [tally({ trials: 10_000, successes })], about);
      assert.ok(p > 0 && p < 1);
    }
  });

  it("takes an unknown service for none in particular", () => {
    const nowhere = tally({ service: null, trials: 8, successes: 8 });
    const p = chance(0.2, [nowhere], { symptom: "latency", service: null });
    const q = chance(0.2, [nowhere], { symptom: "latency", service: "checkout" });
    near(p, q);
  });
});

describe("the order of fixes", () => {
  it("is by chance per minute, a risk counting as minutes", () => {
    const quick = candidate({ stepId: "quick", prior: 0.2, minutes: 5 });
    const slow = candidate({ stepId: "slow", prior: 0.25, minutes: 30 });
    const risky = candidate({ stepId: "risky", prior: 0.2, minutes: 5, risk: "disruptive" });
    assert.deepEqual(order(rank([slow, risky, quick], [], about).fixes), [
      "quick",
      "risky",
      "slow",
    ]);
  });

  it("changes with what was recorded", () => {
    const both = [
      candidate({ stepId: "roll-back-deploy", prior: 0.3 }),
      candidate({ stepId: "restart-service", prior: 0.25, mechanism: "runtime" }),
    ];
    assert.deepEqual(order(rank(both, [], about).fixes), ["roll-back-deploy", "restart-service"]);
    const record = [
      tally({ stepId: "restart-service", trials: 1, successes: 1 }),
      tally({ stepId: "roll-back-deploy", trials: 1, successes: 0 }),
    ];
    assert.deepEqual(order(rank(both, record, about).fixes), [
      "restart-service",
      "roll-back-deploy",
    ]);
  });

  it("follows the evidence by its factor on the odds", () => {
    const [plain] = rank([candidate({})], [], about).fixes;
    const [boosted] = rank([candidate({ odds: 4 })], [], about).fixes;
    near(plain?.p ?? 0, 0.2);
    near(boosted?.p ?? 0, 0.5);
  });

  it("learns minutes as a geometric mean drawn to the playbook's", () => {
    const [ranked] = rank(
      [candidate({ minutes: 8 })],
      [tally({ minutes: [2, 2, 2, 2] })],
      about,
    ).fixes;
    near(ranked?.minutes ?? 0, 4);
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
    assert.deepEqual(order(rank([...fixes, ...checks], [], about).checks), [
      "b-pool-check",
      "a-kernel-check",
    ]);
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
        fc
          .record({
            stepId: fc.constantFrom(...all.map((each) => each.stepId)),
            symptom: fc.constantFrom(...symptoms),
            service: fc.constantFrom("checkout", "cart", null),
            trials: fc.double({ min: 0, max: 10_000, noNaN: true }),
            share: fc.double({ min: 0, max: 1, noNaN: true }),
            minutes: fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { maxLength: 5 }),
          })
          .map(({ share, ...rest }) => tally({ ...rest, successes: rest.trials * share })),
        { maxLength: 30 },
      ),
    ),
  );
  it("the order does not depend on the order of what came in, and nothing is NaN", () => {
    fc.assert(
      fc.property(
        world.chain(([all, record]) =>
          fc.tuple(fc.constant({ all, record }), shuffled(all), shuffled(record)),
        ),
        ([{ all, record }, otherAll, otherRecord]) => {
          const ranked = rank(all, record, about);
          assert.deepEqual(rank(otherAll, otherRecord, about), ranked);
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

  it("a success never lowers a step's chance, a failure never raises it", () => {
    fc.assert(
      fc.property(world, ([all, record]) => {
        const [first] = all;
        assert.ok(first);
        const own = record.filter((each) => each.stepId === first.stepId);
        const add = (successes: number) => tally({ stepId: first.stepId, trials: 1, successes });
        const p = chance(first.prior, own, about);
        assert.ok(chance(first.prior, [...own, add(1)], about) >= p - 1e-12);
        assert.ok(chance(first.prior, [...own, add(0)], about) <= p + 1e-12);
      }),
      { numRuns: runs(2000), seed },
    );
  });
});
