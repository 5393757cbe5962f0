import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { recordOf, recordWords, shortRecord } from "../../src/suggestion/record.ts";
import type { StepRecord } from "../../src/suggestion/suggestion.ts";
import { tally } from "./rows.ts";

const none: StepRecord = {
  stepId: "roll-back-deploy",
  tried: 0,
  worked: 0,
  triedHere: 0,
  workedHere: 0,
  ledToFix: 0,
  medianMinutes: null,
};

/** [role, record, words] */
const words: readonly (readonly ["fix" | "check", Partial<StepRecord>, string])[] = [
  [
    "fix",
    { tried: 5, worked: 4, triedHere: 2, workedHere: 2, medianMinutes: 6 },
    "Worked in 4 of 5 similar incidents, 2 on checkout, median 6 min.",
  ],
  [
    "fix",
    { tried: 5, worked: 3, triedHere: 2, workedHere: 1 },
    "Worked in 3 of 5 similar incidents, 1 of 2 on checkout.",
  ],
  [
    "fix",
    { tried: 3, worked: 2, medianMinutes: 7.4 },
    "Worked in 2 of 3 similar incidents, median 7 min.",
  ],
  [
    "fix",
    { tried: 1, worked: 1, medianMinutes: 6 },
    "Worked in 1 of 1 similar incident, took 6 min.",
  ],
  ["fix", { tried: 1, worked: 0 }, "Tried in 1 similar incident, did not work."],
  ["fix", { tried: 4, worked: 0 }, "Tried in 4 similar incidents, worked in none."],
  ["fix", { tried: 1, helped: 1 }, "Tried in 1 similar incident, helped."],
  ["fix", { tried: 1, worsened: 1 }, "Tried in 1 similar incident, made it worse."],
  [
    "fix",
    { tried: 4, helped: 2, worsened: 1 },
    "Tried in 4 similar incidents, worked in none, helped in 2, made it worse in 1.",
  ],
  [
    "fix",
    { tried: 5, worked: 3, triedHere: 2, workedHere: 2, medianMinutes: 6, helped: 1, worsened: 1 },
    "Worked in 3 of 5 similar incidents, 2 on checkout, median 6 min, helped in 1, made it worse in 1.",
  ],
  [
    "fix",
    { tried: 5, worked: 4, triedHere: 2, workedHere: 2, medianMinutes: 6, selfHealed: 2 },
    "Worked in 4 of 5 similar incidents, 2 on checkout, median 6 min; 2 that healed by themselves not counted.",
  ],
  [
    "fix",
    { tried: 1, selfHealed: 1 },
    "Tried in 1 similar incident, did not work; 1 that healed by itself not counted.",
  ],
  ["fix", { selfHealed: 1 }, "No record here yet; 1 that healed by itself not counted."],
  [
    "check",
    { tried: 9, worked: 7, selfHealed: 1 },
    "Answered 7 of 9 times; 1 that healed by itself not counted.",
  ],
  ["check", { tried: 2, worked: 1, worsened: 1 }, "Answered 1 of 2 times, made it worse in 1."],
  ["check", { tried: 1, worsened: 1 }, "Done once, no answer, made it worse in 1."],
  ["fix", {}, "From the playbook, no record here yet."],
  ["check", { tried: 9, worked: 7, ledToFix: 4 }, "Answered 7 of 9 times, led to the fix in 4."],
  ["check", { tried: 1, worked: 1 }, "Answered 1 of 1 time."],
  ["check", { tried: 1, worked: 0 }, "Done once, no answer."],
  ["check", { tried: 3, worked: 0 }, "Done 3 times, no answer."],
  ["check", {}, "From the playbook, no record here yet."],
];

describe("a record in words", () => {
  for (const [role, record, expected] of words)
    it(expected, () => {
      assert.equal(recordWords(role, { ...none, ...record }, "checkout"), expected);
    });

  it("is short beside the first step", () => {
    assert.equal(shortRecord("fix", { ...none, tried: 5, worked: 4 }), "worked 4 of 5");
    assert.equal(shortRecord("check", { ...none, tried: 9, worked: 7 }), "answered 7 of 9");
    assert.equal(shortRecord("fix", { ...none, tried: 2, helped: 1 }), "helped 1 of 2");
    assert.equal(shortRecord("fix", none), null);
  });
});

describe("a record", () => {
  it("counts the same symptom, the service as its subset, and the median of minutes", () => {
    const about = { symptom: "latency", service: "checkout" } as const;
    const tallies = [
      tally({ counts: { tried: 2, worked: 2 }, minutes: [4, 6], ledToFix: 1 }),
      tally({
        service: "cart",
        counts: { tried: 3, worked: 2, helped: 1, selfHealed: 1 },
        minutes: [9],
      }),
      tally({ symptom: "errors", counts: { tried: 7, worked: 7 }, minutes: [1] }),
      tally({ stepId: "restart-service", counts: { tried: 7, worked: 7 } }),
    ];
    assert.deepEqual(recordOf("roll-back-deploy", about, tallies), {
      stepId: "roll-back-deploy",
      tried: 5,
      worked: 4,
      helped: 1,
      worsened: 0,
      selfHealed: 1,
      triedHere: 2,
      workedHere: 2,
      ledToFix: 1,
      medianMinutes: 6,
    });
  });

  it("takes the middle of an even number of minutes, and none where none were measured", () => {
    const about = { symptom: "latency", service: null } as const;
    const minutes = (values: readonly number[]) =>
      recordOf("roll-back-deploy", about, [tally({ minutes: values })]).medianMinutes;
    assert.equal(minutes([2, 4]), 3);
    assert.equal(minutes([]), null);
  });
});
