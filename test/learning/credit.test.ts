import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { closeIncident, type Learner } from "../../src/learning/learner.ts";
import { episodesOf } from "../../src/learning/episodes.ts";
import { runs, seed } from "../property-runs.ts";
import { chanceIn, learnerWith, live, open, say, step } from "./telling.ts";

/** What each try of an incident is credited with. */
function creditIn(learner: Learner, incident: string): Record<string, number> {
  const episodes = episodesOf([...learner.incidents.values()], learner);
  const episode = episodes.find(({ opening }) => opening.incident === incident);
  return Object.fromEntries((episode?.trials ?? []).map((one) => [one.step, one.success]));
}

describe("who is credited", () => {
  it("the one that was named, alone, whoever claimed before", () => {
    const learner = learnerWith(step("a"), step("b"));
    open(learner, "1");
    say(learner, "1", { step: "a", label: "resolved" });
    closeIncident(learner, "1", { resolvedBy: "b" });
    assert.deepEqual(creditIn(learner, "1"), { a: 0, b: 1 });
  });

  it("unasked, those who claim share it, the later and the likelier the more", () => {
    const learner = learnerWith(step("a"), step("b"), step("likely", { prior: { "*": 0.6 } }));
    open(learner, "1");
    say(learner, "1", { step: "a", label: "resolved", at: 0 });
    say(learner, "1", { step: "b", label: "resolved", at: 3600 });
    closeIncident(learner, "1", { resolvedBy: null, at: 3600 });
    const { a = 0, b = 0 } = creditIn(learner, "1");
    assert.ok(b > 3 * a && a > 0 && a + b <= 1);
    open(learner, "2");
    say(learner, "2", { step: "b", label: "resolved" });
    say(learner, "2", { step: "likely", label: "resolved" });
    closeIncident(learner, "2", { resolvedBy: null });
    const shares = creditIn(learner, "2");
    assert.ok((shares["likely"] ?? 0) > (shares["b"] ?? 0));
  });

  it("nobody, where nothing was tried or all of it failed", () => {
    const learner = learnerWith(step("a"), step("b"));
    live(learner, "1", {});
    live(learner, "2", { failed: ["a"] });
    assert.deepEqual(creditIn(learner, "1"), {});
    assert.deepEqual(creditIn(learner, "2"), { a: 0 });
    assert.ok(chanceIn(learner, "b") <= 0.2 + 1e-9);
  });

  it("no check, though it is named: a check mends nothing, and its own words stand", () => {
    const learner = learnerWith(step("a"), step("look", { role: "check" }));
    live(learner, "1", { failed: ["a"], ending: { resolvedBy: "look" } });
    open(learner, "2");
    say(learner, "2", { step: "look", label: "no_effect", confidence: 0.6 });
    closeIncident(learner, "2", { resolvedBy: "look" });
    assert.deepEqual(creditIn(learner, "1"), { a: 0 });
    const episode = episodesOf([...learner.incidents.values()], learner).at(-1);
    const tried = episode?.trials.map(({ success, weight }) => [success, weight]);
    assert.deepEqual(tried, [[0, 0.6]]);
  });

  it("nobody, where people say that it healed by itself; such a class is known to heal", () => {
    const [healed, unsaid] = [true, false].map((isSelfHealed) => {
      const learner = learnerWith(step("a"), step("b"));
      for (let number = 0; number < 12; number += 1) {
        open(learner, `i${number}`);
        say(learner, `i${number}`, { step: "a", label: "helped" });
        closeIncident(learner, `i${number}`, { resolvedBy: null, isSelfHealed });
      }
      const given = creditIn(learner, "i3");
      open(learner, "claimed");
      say(learner, "claimed", { step: "b", label: "resolved" });
      closeIncident(learner, "claimed", { resolvedBy: null });
      return { given, claim: creditIn(learner, "claimed")["b"] ?? 0, p: chanceIn(learner, "a") };
    });
    assert.ok(healed !== undefined && unsaid !== undefined);
    assert.deepEqual(healed.given, { a: 0 });
    assert.ok((unsaid.given["a"] ?? 0) > 0.3);
    assert.ok(healed.claim < unsaid.claim - 0.2, `${healed.claim} and ${unsaid.claim}`);
    assert.ok(healed.p < 0.2 && unsaid.p > 0.3, `${healed.p} and ${unsaid.p}`);
  });

  it("`resolved` that was only observed faintly counts as helped: half at most", () => {
    const learner = learnerWith(step("a"));
    open(learner, "1");
    say(learner, "1", { step: "a", label: "resolved", confidence: 0.5 });
    closeIncident(learner, "1", { resolvedBy: null });
    const { a = 1 } = creditIn(learner, "1");
    assert.ok(a > 0 && a <= 0.5);
  });

  it("an incident gives at most one credit, whatever is said in it", () => {
    const labels = ["resolved", "helped", "no_effect", "ruled_out"] as const;
    const words = fc.array(
      fc.record({
        step: fc.constantFrom("a", "b", "c"),
        label: fc.constantFrom(...labels),
        by: fc.constantFrom("u", "v"),
        confidence: fc.constantFrom(0, 0.5, 1),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        words,
        fc.option(fc.constantFrom("a", "b")),
        fc.boolean(),
        (said, resolvedBy, isClosed) => {
          const learner = learnerWith(step("a"), step("b"), step("c"));
          open(learner, "1");
          for (const one of said) say(learner, "1", one);
          if (isClosed) closeIncident(learner, "1", { resolvedBy });
          const given = Object.values(creditIn(learner, "1")).reduce((sum, one) => sum + one, 0);
          assert.ok(given <= 1 + 1e-9, String(given));
        },
      ),
      { numRuns: runs(500), seed },
    );
  });

  it("a step that does nothing gains nothing in a class that heals by itself", () => {
    for (const healing of [3, 6, 9]) {
      const learner = learnerWith(
        step("useless", { prior: { "*": 0.1 } }),
        step("real", { prior: { "*": 0.1 } }),
      );
      for (let number = 0; number < 200; number += 1) {
        const [heals, isTried] = [(number * 7) % 10 < healing, (number * 3) % 5 < 3];
        open(learner, `i${number}`);
        if (isTried)
          say(learner, `i${number}`, { step: "useless", label: heals ? "resolved" : "no_effect" });
        if (!heals) say(learner, `i${number}`, { step: "real", label: "resolved" });
        closeIncident(learner, `i${number}`, { resolvedBy: heals ? null : "real" });
      }
      const lift = chanceIn(learner, "useless") - 0.1;
      assert.ok(lift < 0.05, `${healing * 10} % heal: ${lift}`);
      assert.ok(healing === 9 || chanceIn(learner, "real") > 0.5);
    }
  });

  it("failures count more where many of them are known and not recorded", () => {
    const [all, few] = [1, 0].map((confidence) => {
      const learner = learnerWith(step("a"), step("b"));
      for (let number = 0; number < 60; number += 1) {
        open(learner, `i${number}`);
        const weight = number % 2 === 0 ? 1 : confidence;
        say(learner, `i${number}`, { step: "a", label: "no_effect", confidence: weight });
        closeIncident(learner, `i${number}`, { resolvedBy: "b" });
      }
      const [episode] = episodesOf([...learner.incidents.values()], learner).filter(
        ({ opening }) => opening.incident === "i58",
      );
      return episode?.trials.find((one) => one.step === "a")?.lost ?? 0;
    });
    assert.ok((few ?? 0) > (all ?? 0), `${few} and ${all}`);
  });

  it("a claim that earned no credit is no failure that was recorded: it weighs as it was told", () => {
    const learner = learnerWith(step("a"), step("b"));
    for (let number = 0; number < 60; number += 1) {
      open(learner, `i${number}`);
      say(learner, `i${number}`, { step: "a", label: "resolved" });
      say(learner, `i${number}`, { step: "b", label: "no_effect", confidence: number % 2 });
      closeIncident(learner, `i${number}`, { resolvedBy: "b" });
    }
    const episode = episodesOf([...learner.incidents.values()], learner).at(-1);
    const claim = episode?.trials.find((one) => one.step === "a");
    assert.deepEqual([claim?.won, claim?.lost], [0, 1]);
  });
});
