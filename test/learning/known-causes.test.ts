import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KnownCause } from "../../src/learning/known-causes.ts";
import { mendingChance } from "../../src/learning/known-causes.ts";
import { fitWithout, type Learner } from "../../src/learning/learner.ts";
import { learnerWith, live, open, say, step } from "./telling.ts";

/** Deploys show as latency and are mended by a, full disks as errors and by b; ten of each were labelled. */
function learnerOfTwo(): Learner {
  const learner = learnerWith(step("a"), step("b"));
  for (let number = 0; number < 10; number += 1) {
    live(learner, `deploy ${number}`, { resolved: "a", ending: { cause: "deploy" } });
    live(learner, `disk ${number}`, {
      failed: ["a"],
      resolved: "b",
      facts: { symptom: "errors" },
      ending: { cause: "disk" },
    });
  }
  return learner;
}

function causeIn(learner: Learner, name: string): KnownCause {
  const cause = fitWithout(learner, "").labels.known.find((one) => one.name === name);
  assert.ok(cause);
  return cause;
}

describe("what is known of a cause", () => {
  it("a label that fits nothing else of its incident hardly counts for its cause", () => {
    const learner = learnerOfTwo();
    live(learner, "wrong", { failed: ["b"], resolved: "a", ending: { cause: "disk" } });
    const won = causeIn(learner, "disk").tries.get("a")?.won ?? 0;
    assert.ok(won < 0.2, String(won));
  });

  it("an incident that nobody labelled counts for the cause that it looks like", () => {
    const learner = learnerOfTwo();
    const before = causeIn(learner, "deploy").mass;
    live(learner, "silent", { resolved: "a" });
    const gained = causeIn(learner, "deploy").mass - before;
    assert.ok(gained > 0.7 && gained < 1, String(gained));
  });

  it("where hardly anybody labels, an incident without a label counts hardly", () => {
    const learner = learnerWith(step("a"));
    live(learner, "told", { resolved: "a", ending: { cause: "deploy" } });
    for (let number = 0; number < 20; number += 1) live(learner, `i${number}`, { resolved: "a" });
    assert.ok(causeIn(learner, "deploy").mass < 2);
  });

  it("one success makes a fix that nobody believed in likely, a few failures make one unlikely", () => {
    assert.ok(mendingChance(0.05, { won: 1, lost: 0 }) > 0.25);
    assert.ok(mendingChance(0.3, { won: 0, lost: 3 }) < 0.05);
    assert.ok(mendingChance(0.05, { won: 50, lost: 50 }) < 0.6);
  });

  it("is not found anew for an incident that has only been opened, and is for one that was heard of", () => {
    const learner = learnerOfTwo();
    open(learner, "first");
    const fit = fitWithout(learner, "first");
    open(learner, "second");
    assert.equal(fitWithout(learner, "second"), fit);
    say(learner, "first", { step: "a", label: "resolved" });
    assert.equal(fitWithout(learner, "first"), fit, "nothing is learned from oneself");
    assert.notEqual(fitWithout(learner, "second"), fit);
  });
});
