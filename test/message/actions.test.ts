import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { parseClick, type Click } from "../../src/message/actions.ts";
import { runs, seed } from "../property-runs.ts";

const clicks: readonly (readonly [string, string, Click | null])[] = [
  ["step:claim", "sug_1", { kind: "claim", suggestion: "sug_1" }],
  ["step:outcome", "sug_1 claim", { kind: "claim", suggestion: "sug_1" }],
  [
    "step:outcome:helped",
    "sug_1 helped",
    { kind: "outcome", suggestion: "sug_1", label: "helped" },
  ],
  [
    "step:outcome",
    "sug_1 not_for_us",
    { kind: "outcome", suggestion: "sug_1", label: "not_for_us" },
  ],
  ["step:outcome", "sug_1 take-back", { kind: "take-back", suggestion: "sug_1" }],
  ["step:more", "inc_42 2", { kind: "more", incident: "inc_42", list: 2 }],
  ["step:why-order", "inc_42 1", { kind: "why-order", incident: "inc_42", list: 1 }],
  ["step:hidden", "inc_42 1", { kind: "hidden", incident: "inc_42", list: 1 }],
  ["incident:steps", "inc_42", { kind: "steps", incident: "inc_42" }],
  ["incident:lead", "inc_42", { kind: "lead", incident: "inc_42" }],
  ["incident:mute", "inc_42", { kind: "mute", incident: "inc_42" }],
  ["incident:resume", "inc_42", { kind: "resume", incident: "inc_42" }],
  ["incident:resolve", "inc_42", { kind: "resolve", incident: "inc_42", at: null }],
  [
    "incident:resolve",
    "inc_42 1764166860",
    { kind: "resolve", incident: "inc_42", at: new Date(1_764_166_860_000) },
  ],
  ["alert:declare", "5f0c", { kind: "declare-alert", group: "5f0c" }],
  ["incident:still-on", "inc_42", { kind: "still-on", incident: "inc_42" }],
  ["incident:severity", "inc_42", { kind: "ask-severity", incident: "inc_42" }],
  ["incident:severity:3", "inc_42 3", { kind: "severity", incident: "inc_42", severity: 3 }],
  [
    "incident:credit:by-itself",
    "inc_42 by-itself",
    { kind: "credit", incident: "inc_42", credit: "by-itself" },
  ],
  ["incident:declare", "checkout is slow", { kind: "declare", title: "checkout is slow" }],
  ["incident:open-page", "", { kind: "page" }],
  ["step:outcome", "sug_1 brilliant", null],
  ["step:outcome", "sug_1", null],
  ["step:claim", "inc_42", null],
  ["step:more", "inc_42", null],
  ["step:more", "inc_42 many", null],
  ["incident:credit", "inc_42 me", null],
  ["somebody:else", "inc_42", null],
  ["toString", "inc_42", null],
];

describe("a click", () => {
  for (const [actionId, value, expected] of clicks)
    it(`${actionId} with "${value}" means ${expected?.kind ?? "nothing"}`, () => {
      assert.deepEqual(parseClick(actionId, value), expected);
    });

  it("that was spoilt is nothing, never an exception", () => {
    const word = fc.oneof(fc.string(), fc.constantFrom("inc_1", "sug_1", "step", "constructor"));
    fc.assert(
      fc.property(fc.array(word), fc.array(word), (id, value) => {
        const click = parseClick(id.join(":"), value.join(" "));
        assert.ok(click === null || typeof click.kind === "string");
      }),
      { numRuns: runs(2000), seed },
    );
  });
});
