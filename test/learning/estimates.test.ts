import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Said } from "../../src/learning/facts.ts";
import type { Learner } from "../../src/learning/learner.ts";
import { logistic } from "../../src/learning/numbers.ts";
import { idsIn, learnerWith, live, open, orderIn, say, step } from "./telling.ts";

/** What each estimate says of a step in an open incident. */
function saidOf(learner: Learner, incident: string, id: string): Said {
  orderIn(learner, incident);
  const said = learner.lists.get(incident)?.said.get(id);
  assert.ok(said);
  return said;
}

describe("the three estimates", () => {
  it("the pooled one learns the step, its service and its flags", () => {
    const learner = learnerWith(step("a"));
    for (let number = 0; number < 8; number += 1) {
      live(learner, `i${number}`, { resolved: "a", facts: { flags: ["deploy"] } });
      live(learner, `j${number}`, { failed: ["a"], facts: { service: "search" } });
    }
    open(learner, "here", { flags: ["deploy"] });
    open(learner, "bare");
    open(learner, "there", { service: "search" });
    const [here, bare, there] = ["here", "bare", "there"].map((id) => saidOf(learner, id, "a")[0]);
    assert.ok(here !== undefined && bare !== undefined && there !== undefined);
    assert.ok(here > bare && bare > there, `${here}, ${bare}, ${there}`);
  });

  it("the similar one leans on incidents that were told in the same words", () => {
    const learner = learnerWith(step("a"));
    for (let number = 0; number < 6; number += 1) {
      live(learner, `i${number}`, { resolved: "a", facts: { text: "pool exhausted" } });
      live(learner, `j${number}`, { failed: ["a"], facts: { text: "certificate expired" } });
    }
    open(learner, "like", { text: "pool exhausted" });
    open(learner, "unlike", { text: "certificate expired" });
    assert.ok(saidOf(learner, "like", "a")[1] > saidOf(learner, "unlike", "a")[1] + 0.5);
  });

  it("the one by causes turns to other causes when a step fails", () => {
    const learner = learnerWith(step("a"), step("b"));
    for (let number = 0; number < 10; number += 1) {
      live(learner, `i${number}`, { resolved: number % 2 === 0 ? "a" : "b" });
    }
    open(learner, "now");
    const before = saidOf(learner, "now", "b")[2];
    say(learner, "now", { step: "a", label: "no_effect" });
    const after = saidOf(learner, "now", "b")[2];
    assert.ok(after > before + 0.4, `${before}, ${after}`);
  });

  it("causes that people named tell what works against them where the step that worked was not the usual one", () => {
    const told = [true, false].map((isLabelled) => {
      const learner = learnerWith(step("a"), step("b"));
      for (let number = 0; number < 12; number += 1) {
        const [cause, symptom] = number % 2 === 0 ? ["deploy", "latency"] : ["disk", "errors"];
        live(learner, `i${number}`, {
          ...(number % 4 === 1 ? { resolved: "b" } : { resolved: "a" }),
          facts: { symptom },
          ending: { cause: isLabelled ? cause : null },
        });
      }
      open(learner, "now");
      return saidOf(learner, "now", "a")[2];
    });
    assert.notEqual(told[0], told[1]);
  });

  it("from a hundred outcomes on, what was said too high before is said lower", () => {
    const learner = learnerWith(
      step("a", { prior: { "*": 0.5 } }),
      step("b", { prior: { "*": 0.5 } }),
    );
    const meanOf = (said: Said) => logistic((said[0] + said[1] + 3 * said[2]) / 5);
    const gap = () => {
      open(learner, "asked");
      return Math.abs(
        (orderIn(learner, "asked").find((item) => item.step === "a")?.p ?? 0) -
          meanOf(saidOf(learner, "asked", "a")),
      );
    };
    for (let number = 0; number < 140; number += 1) {
      if (number === 40) assert.ok(gap() < 1e-9, "before, the mean");
      open(learner, `i${number}`, { symptom: `s${number % 35}` });
      idsIn(learner, `i${number}`);
      say(learner, `i${number}`, { step: "a", label: number % 3 === 0 ? "resolved" : "no_effect" });
    }
    assert.ok(gap() > 0.005, String(gap()));
  });

  it("a word that takes another's place keeps its turn, so that what failed before stays so", () => {
    const learner = learnerWith(step("a"), step("b"));
    open(learner, "1");
    say(learner, "1", { step: "a", label: "helped" });
    say(learner, "1", { step: "b", label: "no_effect" });
    say(learner, "1", { step: "a", label: "no_effect" });
    const turns = [...(learner.incidents.get("1")?.words.values() ?? [])].map((word) => [
      word.step,
      word.turn,
    ]);
    assert.deepEqual(turns, [
      ["a", 0],
      ["b", 1],
    ]);
  });
});
