import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { closeIncident, type Learner } from "../../src/learning/learner.ts";
import { idsIn, learnerWith, open, orderIn, say, step } from "./telling.ts";

const causes = ["deploy", "traffic", "lock", "disk"];

function withChecks(): Learner {
  return learnerWith(
    ...causes.map((cause) => step(`mend-${cause}`, { prior: { "*": 0.25 }, mechanism: cause })),
    ...["halves", "idle-1", "idle-2"].map((id) =>
      step(id, { role: "check", minutes: 5, prior: { "*": 0.5 } }),
    ),
  );
}

/** "halves" points on for the first two causes and rules out for the others; "idle-1" always says the same. */
function liveWith(learner: Learner, number: number): void {
  const cause = causes[(number * 7) % 4] ?? "";
  const id = `i${number}`;
  open(learner, id);
  say(learner, id, { step: "halves", label: causes.indexOf(cause) < 2 ? "helped" : "ruled_out" });
  say(learner, id, { step: "idle-1", label: "helped" });
  say(learner, id, { step: `mend-${cause}`, label: "resolved" });
  closeIncident(learner, id, { cause, resolvedBy: `mend-${cause}` });
}

describe("what a check is worth", () => {
  it("one that halves what may be behind it comes before one that always answers the same, and never falls by use", () => {
    const learner = withChecks();
    let last = Number.POSITIVE_INFINITY;
    for (let number = 0; number < 32; number += 1) {
      open(learner, "asked");
      const checks = orderIn(learner, "asked").filter(({ role }) => role === "check");
      const place = checks.findIndex((item) => item.step === "halves");
      assert.ok(place <= last, `use ${number}: from ${last} to ${place}`);
      last = place;
      liveWith(learner, number);
    }
    assert.equal(last, 0);
  });

  it("its answer moves the fixes of the causes that it speaks for", () => {
    const learner = withChecks();
    for (let number = 0; number < 24; number += 1) liveWith(learner, number);
    const firstFix = (answer: "helped" | "ruled_out", incident: string) => {
      open(learner, incident);
      say(learner, incident, { step: "halves", label: answer });
      const fixes = idsIn(learner, incident).filter((id) => id.startsWith("mend-"));
      return fixes.slice(0, 2).toSorted();
    };
    assert.deepEqual(firstFix("helped", "on"), ["mend-deploy", "mend-traffic"]);
    assert.deepEqual(firstFix("ruled_out", "off"), ["mend-disk", "mend-lock"]);
  });

  it("a check that does not answer falls", () => {
    const learner = withChecks();
    for (let number = 0; number < 10; number += 1) {
      open(learner, `i${number}`);
      say(learner, `i${number}`, { step: "idle-1", label: "no_effect" });
      say(learner, `i${number}`, { step: "mend-lock", label: "resolved" });
      closeIncident(learner, `i${number}`, { resolvedBy: "mend-lock" });
    }
    open(learner, "now");
    const checks = orderIn(learner, "now").filter(({ role }) => role === "check");
    assert.equal(checks.at(-1)?.step, "idle-1");
  });

  it("before anything is known, one about the mechanism of a likely fix tells more than one about no fix's", () => {
    const learner = learnerWith(
      step("roll-back", { mechanism: "deploy" }),
      step("add-nodes", { mechanism: "traffic" }),
      step("read-rollout", { role: "check", mechanism: "deploy", prior: { "*": 0.5 } }),
      step("read-locks", { role: "check", mechanism: "lock", prior: { "*": 0.5 } }),
    );
    for (let number = 0; number < 4; number += 1) {
      const fix = number % 2 === 0 ? "roll-back" : "add-nodes";
      open(learner, `i${number}`);
      say(learner, `i${number}`, { step: fix, label: "resolved" });
      closeIncident(learner, `i${number}`, { resolvedBy: fix });
    }
    open(learner, "now");
    const checks = idsIn(learner, "now").filter((id) => id.startsWith("read-"));
    assert.deepEqual(checks, ["read-rollout", "read-locks"]);
  });
});
