import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { calibrationOf, shareOf } from "../../src/learning/calibration.ts";
import { replayWords } from "../../src/message/replay-words.ts";
import type { Stood } from "../../src/suggestion/replay-incident.ts";
import type { Replay } from "../../src/suggestion/replay.ts";

const stood: Stood = {
  stepId: "scale-out",
  place: 6,
  placeOfFixes: 4,
  minutes: 41.4,
  leastMinutes: 8,
  first: "restart-service",
};
const figures = (hits: number, minutes: number | null) => ({
  first: shareOf(hits, 20),
  firstThree: shareOf(hits + 4, 20),
  firstFix: shareOf(hits + 2, 20),
  minutes,
});
const usual: Replay = {
  ended: 30,
  ranked: 30,
  counted: 20,
  notCounted: { nothingAttested: 9, selfHealed: 1, notInPlaybook: 1, private: 2, external: 1 },
  orders: { replayed: figures(12, 9.25), shown: figures(10, 11), playbook: figures(5, 14) },
  calibration: calibrationOf([
    { p: 0.15, hasWorked: false },
    { p: 0.15, hasWorked: true },
    { p: 1, hasWorked: true },
  ]),
  worstMiss: { number: 31, stood },
  thirdPlace: { snips: 0.413, sndr: 0.39, ess: 38.4, n: 44 },
};
const words = (told: Partial<Replay> = {}) => replayWords({ ...usual, ...told }, (id) => `<${id}>`);

describe("a replay in words", () => {
  test("sets three orders side by side, with the interval of each share", () => {
    assert.match(words(), /^first \(hit@1\) +60 % \(39–78\) +50 % \(30–70\) +25 % \(11–47\)$/m);
    assert.match(words(), /^minutes until it was done, mean +9\.3 +11\.0 +14\.0$/m);
  });

  test("says what was not counted, and why", () => {
    const said =
      "Counted: 20 of 30. Not counted: 9 in which nobody said which step did it, 1 that healed by itself, 1 whose step is no longer in the playbook, 2 in private channels, 1 in a channel with people from outside.";
    assert.ok(words().includes(said));
    const none = { nothingAttested: 0, selfHealed: 0, notInPlaybook: 0, private: 0, external: 0 };
    assert.match(words({ notCounted: none }), /Counted: 20 of 30\.\n/);
  });

  test("sets what was said against what came, by tenths", () => {
    assert.match(
      words(),
      /Chances of 3 tried steps, each just before it was tried; calibration error 0\.23:/,
    );
    assert.match(words(), /^10 to 20 % +2 +15 % +50 %$/m);
    assert.match(words(), /^90 to 100 % +1 +100 % +100 %$/m);
  });

  test("names the worst miss by its number, and what stood before it", () => {
    const said = `Worst miss: INC-31. "<scale-out>" stood in place 6, 41 min until it was done. First stood "<restart-service>".`;
    assert.ok(words().includes(said));
    assert.ok(!words({ worstMiss: null }).includes("Worst miss"));
  });

  test("says what the third place would have earned, or that there is too little to say", () => {
    const told =
      "helped or resolved in 41 % of lists (SNIPS), 39 % (SNDR); effective sample size 38 of 44 lists.";
    assert.ok(words().includes(told));
    const few = { snips: 1, sndr: 1, ess: 1, n: 1, verdict: "too little data" } as const;
    assert.match(
      words({ thirdPlace: few }),
      /too little data \(effective sample size 1 of 1 list; 30 are needed\)\./,
    );
  });

  test("says that it is biased toward what was shown", () => {
    assert.match(words(), /biased toward what was shown/);
  });

  test("says that there is nothing yet, and of more than it ranks how many those are", () => {
    assert.equal(
      words({ ended: 0 }),
      "No incident of a public channel has ended yet. Not counted: 3 in private channels or with people from outside.\n",
    );
    assert.match(words({ ended: 312, ranked: 200 }), /^Replay of the newest 200 of 312 incidents/);
    assert.ok(!words({ counted: 0 }).includes("what resolved it stood"));
  });
});
