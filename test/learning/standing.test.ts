import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chanceIn, idsIn, learnerWith, open, say, step } from "./telling.ts";

describe("what is not offered", () => {
  it("a step that two people in two incidents said made it worse", () => {
    const learner = learnerWith(step("a"), step("b"));
    open(learner, "1");
    open(learner, "2");
    open(learner, "now");
    say(learner, "1", { step: "a", label: "wrong", by: "ana" });
    say(learner, "1", { step: "a", label: "wrong", by: "ben" });
    assert.ok(idsIn(learner, "now").includes("a"), "one incident is one event");
    say(learner, "2", { step: "a", label: "wrong", by: "ben", confidence: 0 });
    open(learner, "later");
    assert.ok(idsIn(learner, "later").includes("a"), "confidence 0 is no vote");
    say(learner, "2", { step: "a", label: "wrong", by: "ben" });
    open(learner, "last");
    assert.deepEqual(idsIn(learner, "last"), ["b"]);
  });

  it("one person in two incidents takes nothing away, and who changes their mind brings it back", () => {
    const learner = learnerWith(step("a"), step("b"));
    for (const incident of ["1", "2"]) {
      open(learner, incident);
      say(learner, incident, { step: "a", label: "wrong", by: "ana" });
    }
    open(learner, "now");
    assert.ok(idsIn(learner, "now").includes("a"));
    say(learner, "2", { step: "a", label: "wrong", by: "ben" });
    open(learner, "then");
    assert.ok(!idsIn(learner, "then").includes("a"));
    say(learner, "2", { step: "a", label: "no_effect", by: "ben" });
    open(learner, "after");
    assert.ok(idsIn(learner, "after").includes("a"));
  });

  it("a step that is not for a service: one person moves it down there, two take it away there", () => {
    const learner = learnerWith(step("a"), step("b"));
    open(learner, "1");
    say(learner, "1", { step: "a", label: "not_for_us", by: "ana" });
    assert.ok(chanceIn(learner, "a") < 0.1);
    assert.ok(Math.abs(chanceIn(learner, "a", { service: "search" }) - 0.2) < 0.01, "no vote");
    say(learner, "1", { step: "a", label: "not_for_us", by: "ben" });
    open(learner, "here");
    open(learner, "there", { service: "search" });
    assert.deepEqual(idsIn(learner, "here"), ["b"]);
    assert.equal(idsIn(learner, "there").length, 2);
  });
});
