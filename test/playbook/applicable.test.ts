import assert from "node:assert/strict";
import { test } from "node:test";
import type { Situation } from "../../src/playbook/applicable.ts";
import { isApplicable } from "../../src/playbook/applicable.ts";
import { parsePlaybook } from "../../src/playbook/parse.ts";
import type { Step } from "../../src/playbook/step.ts";
import { builtInFiles } from "./built-in.ts";

const { steps } = parsePlaybook(builtInFiles);

const situation: Situation = {
  runtime: "node",
  platform: "kubernetes",
  flags: ["deploy"],
  shiftedKinds: ["latency", "cpu"],
  hasSuspectDependency: false,
};

const unknown: Situation = {
  runtime: "other",
  platform: "other",
  flags: [],
  shiftedKinds: [],
  hasSuspectDependency: false,
};

const cases: readonly (readonly [needs: Step["needs"], isOffered: boolean])[] = [
  [undefined, true],
  [{}, true],
  [{ flags: ["deploy"] }, true],
  [{ flags: ["deploy", "flag"] }, false],
  [{ shiftedKinds: ["memory", "cpu"] }, true],
  [{ shiftedKinds: ["memory"] }, false],
  [{ runtimes: ["node", "jvm"] }, true],
  [{ runtimes: ["wasm"] }, false],
  [{ platforms: ["kubernetes"] }, true],
  [{ platforms: ["fly"] }, false],
  [{ suspectDependency: true }, false],
  [{ suspectDependency: false }, true],
  [{ flags: ["deploy"], shiftedKinds: ["latency"], runtimes: ["go"] }, false],
];

for (const [needs, isOffered] of cases) {
  test(`a step that needs ${JSON.stringify(needs ?? "nothing")} is ${isOffered ? "" : "not "}offered`, () => {
    const [first] = steps;
    assert.ok(first);
    const { needs: _, ...step } = first;
    assert.equal(
      isApplicable(needs === undefined ? step : { ...step, needs }, situation),
      isOffered,
    );
  });
}

test("where nothing is known there is still plenty to do", () => {
  const offered = steps.filter((step) => isApplicable(step, unknown));
  assert.ok(offered.filter((step) => step.role === "fix").length >= 5);
  assert.ok(offered.filter((step) => step.role === "check").length >= 20);
});

const offeredWith = (hasSuspectDependency: boolean) =>
  steps
    .filter((step) => isApplicable(step, { ...situation, hasSuspectDependency }))
    .map((step) => step.id);

test("a suspect dependency brings the steps that need one", () => {
  assert.equal(offeredWith(false).includes("fail-over-dependency"), false);
  assert.equal(offeredWith(true).includes("fail-over-dependency"), true);
});
