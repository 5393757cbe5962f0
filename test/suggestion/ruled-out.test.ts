import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inLine, isContrary, ruledOutIn } from "../../src/suggestion/ruled-out.ts";
import type { OutcomeLabel } from "../../src/vocabulary.ts";

const suggestions = [
  { id: "sug_fix", stepId: "fix", role: "fix", mechanism: "capacity", title: "Scale out" },
  { id: "sug_a", stepId: "a", role: "check", mechanism: "capacity", title: "Read pool waits" },
  { id: "sug_b", stepId: "b", role: "check", mechanism: "capacity", title: "Read the queue" },
  { id: "sug_other", stepId: "c", role: "fix", mechanism: "deploy", title: "Roll back" },
] as const;
type Id = (typeof suggestions)[number]["id"];

const ruledOut = (...said: readonly (readonly [Id, OutcomeLabel])[]) =>
  ruledOutIn(
    said.map(([suggestion, label]) => ({ suggestion, label })),
    suggestions,
  );

describe("a kind of cause", () => {
  test("is ruled out by a check that excluded it, and by no fix and no check that found no answer", () => {
    assert.equal(ruledOut(["sug_a", "ruled_out"]).get("capacity")?.title, "Read pool waits");
    for (const said of [
      ["sug_fix", "ruled_out"],
      ["sug_a", "no_effect"],
      ["sug_a", "already_considered"],
    ] as const) {
      assert.equal(ruledOut(said).size, 0, said.join(" "));
    }
  });

  test("is not ruled out while another check points to it, in either order", () => {
    assert.equal(ruledOut(["sug_a", "ruled_out"], ["sug_b", "helped"]).size, 0);
    assert.equal(ruledOut(["sug_b", "helped"], ["sug_a", "ruled_out"]).size, 0);
  });

  test("that is ruled out puts its fixes last in line, and its checks nowhere else", () => {
    const order = inLine(suggestions, ruledOut(["sug_a", "ruled_out"])).map(({ id }) => id);
    assert.deepEqual(order, ["sug_a", "sug_b", "sug_other", "sug_fix"]);
    assert.deepEqual(inLine(suggestions, new Map()), suggestions);
  });
});

describe("an earlier incident had another cause", () => {
  const fix = { stepId: "fix", mechanism: "capacity", title: "Scale out", minutes: null } as const;
  const none = { cause: null, ruledOut: new Map() };

  test("where its label was ruled out here, else what its fix is for", () => {
    const here = { ...none, ruledOut: ruledOut(["sug_a", "ruled_out"]) };
    assert.equal(isContrary({ cause: "capacity", fix: null }, here), true);
    assert.equal(isContrary({ cause: null, fix }, here), true);
    assert.equal(isContrary({ cause: "unknown", fix }, here), true);
    assert.equal(isContrary({ cause: "traffic", fix }, here), false);
    assert.equal(isContrary({ cause: null, fix: null }, here), false);
    assert.equal(isContrary({ cause: "capacity", fix }, none), false);
  });

  test("where both are labelled, and not alike", () => {
    const here = { ...none, cause: "deploy" } as const;
    assert.equal(isContrary({ cause: "capacity", fix: null }, here), true);
    assert.equal(isContrary({ cause: "deploy", fix }, here), false);
    assert.equal(isContrary({ cause: "unknown", fix: null }, here), false);
    assert.equal(isContrary({ cause: "capacity", fix }, { ...none, cause: "unknown" }), false);
  });
});
