import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { remarkDecision, remarksMax, withRemark, type Remarks } from "../../src/incident/budget.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import type { TimelineFact } from "../../src/incident/timeline.ts";
import { runs, seed } from "../property-runs.ts";
import { at, declared, timeline } from "./timeline.ts";

const none: Remarks = { posted: [], heldBack: [] };

test("six remarks are posted and the seventh is not; one that is there is edited", () => {
  let remarks = none;
  const keys = ["a", "b", "c", "d", "e", "f"];
  for (const key of keys) {
    assert.equal(remarkDecision({ muted: null, remarks }, key), "post");
    remarks = withRemark(remarks, key, true);
  }
  assert.equal(remarkDecision({ muted: null, remarks }, "g"), "hold");
  assert.equal(remarkDecision({ muted: null, remarks }, "a"), "edit");
});

test("a muted incident posts none, and one that was held back may be posted later", () => {
  const muted = { by: "UBO", at: at("14:10") };
  assert.equal(remarkDecision({ muted, remarks: none }, "a"), "hold");
  const held = withRemark(none, "a", false);
  assert.deepEqual(held, { posted: [], heldBack: ["a"] });
  assert.equal(remarkDecision({ muted: null, remarks: held }, "a"), "post");
  assert.deepEqual(withRemark(held, "a", true), { posted: ["a"], heldBack: [] });
});

test("whatever is remarked, muted and resumed, the timeline tells of at most six, each once", () => {
  const deed = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 40 }).map((key) => `remark ${key}`) },
    { weight: 1, arbitrary: fc.constantFrom("mute", "resume") },
  );
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 300 }), (deeds) => {
      const facts: TimelineFact[] = [declared()];
      let { muted, remarks } = foldIncident(timeline(declared()));
      const asked = new Set<string>();
      for (const each of deeds) {
        if (each === "mute") muted = { by: "UBO", at: at("14:10") };
        else if (each === "resume") muted = null;
        else {
          asked.add(each);
          const decision = remarkDecision({ muted, remarks }, each);
          if (decision === "edit") continue;
          facts.push({ kind: "remark", key: each, isPosted: decision === "post" });
          remarks = withRemark(remarks, each, decision === "post");
        }
      }
      const told = foldIncident(timeline(...facts)).remarks;
      assert.deepEqual(told, remarks);
      assert.ok(told.posted.length <= remarksMax);
      assert.equal(new Set(told.posted).size, told.posted.length);
      assert.deepEqual(new Set([...told.posted, ...told.heldBack]), asked);
    }),
    { numRuns: runs(300), seed },
  );
});
