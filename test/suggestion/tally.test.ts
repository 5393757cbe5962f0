import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { StepRole } from "../../src/playbook/step.ts";
import { tallyOf, type LedgerRow } from "../../src/suggestion/tally.ts";
import { outcomeLabels, type OutcomeLabel } from "../../src/vocabulary.ts";
import { runs, seed } from "../property-runs.ts";
import { row } from "./rows.ts";

function only(...rows: readonly LedgerRow[]) {
  const tallies = tallyOf(rows);
  assert.equal(tallies.length, 1);
  const [tally] = tallies;
  assert.ok(tally);
  return tally;
}

/** [label, role, trials, successes], as the table of DESIGN §9 has it. */
const table: readonly (readonly [OutcomeLabel, StepRole, number, number])[] = [
  ["resolved", "fix", 1, 1],
  ["resolved", "check", 0, 0],
  ["helped", "fix", 1, 0.5],
  ["helped", "check", 1, 1],
  ["ruled_out", "fix", 1, 0],
  ["ruled_out", "check", 1, 1],
  ["no_effect", "fix", 1, 0],
  ["no_effect", "check", 1, 0],
  ["wrong", "fix", 1, 0],
  ["wrong", "check", 1, 0],
  ["not_for_us", "fix", 0, 0],
  ["not_for_us", "check", 0, 0],
  ["already_considered", "fix", 0, 0],
  ["already_considered", "check", 0, 0],
];

describe("the ledger as counts", () => {
  for (const [label, role, trials, successes] of table)
    it(`${label} on a ${role} is ${trials} trial, ${successes} success`, () => {
      const tally = only(row({ label, role }));
      assert.deepEqual([tally.trials, tally.successes], [trials, successes]);
    });

  it("weighs by confidence, and takes a resolved that nobody attested for helped", () => {
    const observed = only(row({ confidence: 0.6 }));
    assert.deepEqual([observed.trials, observed.successes], [0.6, 0.6]);
    const guessed = only(row({ confidence: 0.3 }));
    assert.deepEqual([guessed.trials, guessed.successes], [0.3, 0.15]);
    const known = only(row({ confidence: 0 }));
    assert.deepEqual([known.trials, known.successes], [0, 0]);
  });

  it("lets the latest vote of an actor on a suggestion count alone", () => {
    const tally = only(row({ label: "no_effect" }), row({ label: "resolved" }));
    assert.deepEqual([tally.trials, tally.successes], [1, 1]);
    const back = only(row({ label: "resolved" }), row({ label: "not_for_us" }));
    assert.deepEqual([back.trials, back.successes], [0, 0]);
  });

  it("so does the latest of an actor on a step, whichever list it was offered in; what was taken back takes back none but its own", () => {
    const listed = (list: number, label: OutcomeLabel, confidence = 1) =>
      row({ suggestionId: `sug_${list}`, label, confidence });
    const moved = only(listed(2, "wrong"), listed(1, "resolved"));
    assert.deepEqual([moved.trials, moved.successes, moved.wrong], [1, 1, []]);
    const back = only(listed(1, "resolved"), listed(2, "no_effect"), listed(2, "no_effect", 0));
    assert.deepEqual([back.trials, back.successes], [1, 1]);
  });

  it("takes many votes on one step of one incident for one trial", () => {
    const tally = only(
      row({ actor: "U1", label: "helped", role: "check" }),
      row({ actor: "U2", label: "helped", role: "check" }),
      row({ actor: "U3", label: "no_effect", role: "check" }),
    );
    assert.equal(tally.trials, 1);
    assert.ok(Math.abs(tally.successes - 2 / 3) < 1e-9);
    assert.deepEqual(tally.counts, { tried: 1, worked: 1, helped: 0, worsened: 0, selfHealed: 0 });
  });

  it("tells a fix that helped, or made it worse, from one that did nothing", () => {
    const counts = (told: Parameters<typeof row>[0]) => only(row(told)).counts;
    const tried = { tried: 1, worked: 0, helped: 0, worsened: 0, selfHealed: 0 };
    assert.deepEqual(counts({ label: "no_effect" }), tried);
    assert.deepEqual(counts({ label: "helped" }), { ...tried, helped: 1 });
    assert.deepEqual(counts({ label: "wrong" }), { ...tried, worsened: 1 });
    assert.deepEqual(counts({ label: "resolved" }), { ...tried, worked: 1 });
    assert.deepEqual(counts({ label: "resolved", confidence: 0.3 }), { ...tried, helped: 1 });
  });

  it("gives an incident one credit, shared among the fixes that did it", () => {
    const tallies = tallyOf([
      row({ stepId: "roll-back-deploy" }),
      row({ stepId: "restart-service" }),
      row({ stepId: "read-pool-waits", role: "check", label: "helped" }),
    ]);
    const successes = Object.fromEntries(tallies.map((each) => [each.stepId, each.successes]));
    assert.deepEqual(successes, {
      "roll-back-deploy": 0.5,
      "restart-service": 0.5,
      "read-pool-waits": 1,
    });
  });

  it("counts no try of an incident that healed by itself, and what was said against a step there all the same", () => {
    const rows = [
      row({ incidentId: "inc_1", minutes: 6 }),
      row({ incidentId: "inc_2", label: "helped", minutes: 1 }),
      row({ incidentId: "inc_3", label: "wrong" }),
      row({ incidentId: "inc_3", label: "not_for_us", actor: "U2" }),
    ];
    const [tally] = tallyOf(rows, new Set(["inc_2", "inc_3"] as const));
    assert.deepEqual([tally?.trials, tally?.successes, tally?.minutes], [1, 1, [6]]);
    const counts = { tried: 1, worked: 1, helped: 0, worsened: 0, selfHealed: 2 };
    assert.deepEqual(tally?.counts, counts);
    assert.deepEqual(tally?.wrong, [{ incidentId: "inc_3", actor: "U1" }]);
    assert.equal(tally?.isNotForUs, true);
  });

  it("keeps symptoms and services apart", () => {
    const tallies = tallyOf([
      row({ incidentId: "inc_1" }),
      row({ incidentId: "inc_2", service: "cart" }),
      row({ incidentId: "inc_3", symptom: "errors" }),
      row({ incidentId: "inc_4", service: null }),
    ]);
    assert.deepEqual(
      tallies.map(({ symptom, service, trials }) => [symptom, service, trials]),
      [
        ["errors", "checkout", 1],
        ["latency", "cart", 1],
        ["latency", "checkout", 1],
        ["latency", null, 1],
      ],
    );
  });

  it("carries minutes, links to the fix, quarantine votes and applicability", () => {
    const tally = only(
      row({ incidentId: "inc_1", minutes: 6 }),
      row({ incidentId: "inc_2", minutes: 9, hasLedToFix: true }),
      row({ incidentId: "inc_3", label: "wrong", actor: "U2" }),
      row({ incidentId: "inc_4", label: "not_for_us" }),
    );
    assert.deepEqual(new Set(tally.minutes), new Set([6, 9]));
    assert.equal(tally.ledToFix, 1);
    assert.deepEqual(tally.wrong, [{ incidentId: "inc_3", actor: "U2" }]);
    assert.equal(tally.isNotForUs, true);
    assert.deepEqual(tally.counts, { tried: 3, worked: 2, helped: 0, worsened: 1, selfHealed: 0 });
  });

  it("is the same whatever the order of rows, and no incident gives fixes more than one success", () => {
    const rows = fc.array(
      fc
        .record({
          incident: fc.integer({ min: 1, max: 4 }),
          step: fc.constantFrom("a", "b", "c"),
          actor: fc.constantFrom("U1", "U2", "U3"),
          label: fc.constantFrom(...outcomeLabels),
          confidence: fc.constantFrom(0, 0.3, 0.6, 1),
        })
        .map(({ incident, step, ...rest }) =>
          row({
            ...rest,
            incidentId: `inc_${incident}`,
            stepId: step,
            role: step === "c" ? "check" : "fix",
          }),
        ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        rows.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          ),
        ),
        ([all, shuffled]) => {
          const tallies = tallyOf(all);
          assert.deepEqual(tallyOf(shuffled), tallies);
          const incidents = new Set(all.map((each) => each.incidentId)).size;
          const fixes = tallies.filter((each) => each.stepId !== "c");
          const credits = fixes.reduce((total, each) => total + each.successes, 0);
          assert.ok(credits <= incidents + 1e-9, `${credits} credits of ${incidents} incidents`);
          for (const each of tallies) assert.ok(each.successes <= each.trials + 1e-9);
        },
      ),
      { numRuns: runs(2000), seed },
    );
  });
});
