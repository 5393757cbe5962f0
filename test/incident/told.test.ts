import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { foldIncident } from "../../src/incident/fold.ts";
import type { TimelineFact } from "../../src/incident/timeline.ts";
import type { ToldState } from "../../src/incident/told.ts";
import { openStatuses, severities } from "../../src/vocabulary.ts";
import { runs, seed } from "../property-runs.ts";
import { at, declared, evidenceRead, timeline, type Told } from "./timeline.ts";

const told = (says: ToldState, rest: Partial<Extract<TimelineFact, { kind: "told" }>> = {}) =>
  ({ kind: "told", teller: "generic", isOwner: true, of: null, says, ...rest }) as const;
const folded = (...facts: readonly Told[]) => foldIncident(timeline(declared(), ...facts));

describe("what the tool that runs an incident tells of it", () => {
  test("holds: severity, status, title, and a lead whom Slack knows or only the tool", () => {
    const says = { severity: 1, status: "identified", title: "Payments down" } as const;
    const incident = folded(told({ ...says, lead: { user: "UANA" } }));
    assert.equal(incident.severity, 1);
    assert.equal(incident.state === "open" && incident.status, "identified");
    assert.equal(incident.title, "Payments down");
    assert.deepEqual([incident.lead, incident.leadName], ["UANA", null]);
    const named = folded(told({ lead: { user: "UANA" } }), told({ lead: { name: "Earline" } }));
    assert.deepEqual([named.lead, named.leadName], [null, "Earline"]);
  });

  test("ends the incident when it was over there, and takes it up again", () => {
    const resolved = folded(["14:21", told({ status: "resolved" })]);
    assert.ok(resolved.state === "resolved");
    assert.deepEqual(resolved.resolvedAt, at("14:21"));
    const again = folded(
      ["14:30", told({ status: "investigating" })],
      ["14:21", told({ status: "resolved" })],
    );
    assert.equal(again.state, "open");
  });

  test("of several incidents of one tool the first is followed", () => {
    const incident = folded(
      told({ severity: 2 }, { of: "P1" }),
      told({ status: "resolved", severity: 4 }, { of: "P2" }),
    );
    assert.equal(incident.state, "open");
    assert.equal(incident.severity, 2);
  });

  test("is told beside what people here say where it does not run the incident", () => {
    const incident = folded(
      { kind: "severity-set", severity: 3 },
      told({ severity: 1, status: "resolved", lead: { user: "UANA" } }, { isOwner: false }),
    );
    assert.equal(incident.state, "open");
    assert.deepEqual([incident.severity, incident.lead], [3, null]);
    assert.equal(incident.told?.severity?.value, 1);
  });
});

test("the order in which things are told does not count, only when they were so", () => {
  const lead = fc.constantFrom({ user: "UANA" }, { user: "UBO" }, { name: "Earline" });
  const says = fc.record(
    {
      severity: fc.constantFrom(...severities),
      status: fc.constantFrom(...openStatuses, "resolved" as const),
      lead,
      title: fc.constantFrom("checkout is slow", "payments down"),
    },
    { requiredKeys: [] },
  );
  const news = fc.tuple(fc.constantFrom("14:06", "14:07", "14:08", "14:09"), says);
  const other: readonly Told[] = [{ kind: "muted", by: "UBO" }, evidenceRead()];
  const story = fc.array(news, { minLength: 2, maxLength: 6 }).chain((all) => {
    const facts = all.map(([clock, each]): Told => [clock, told(each)]);
    const whole = [...facts, ...other];
    return fc.tuple(fc.constant(whole), fc.shuffledSubarray(whole, { minLength: whole.length }));
  });
  const withoutTimes = (facts: readonly Told[]) => {
    const timed = facts.map((fact): Told => ("kind" in fact ? ["14:20", fact] : fact));
    return folded(...timed);
  };
  fc.assert(
    fc.property(story, ([whole, shuffled]) => {
      assert.deepEqual(withoutTimes(shuffled), withoutTimes(whole));
    }),
    { numRuns: runs(200), seed },
  );
});
