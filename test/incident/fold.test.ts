import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { foldIncident } from "../../src/incident/fold.ts";
import type { TimelineEntry, TimelineFact } from "../../src/incident/timeline.ts";
import { runs, seed } from "../property-runs.ts";
import { at, checkoutP99, declared, evidenceRead, timeline, type Told } from "./timeline.ts";

const outcome = (
  label: "no_effect" | "helped" | "resolved",
  by: string,
  suggestion: `sug_${string}` = "sug_1",
): TimelineFact => ({
  kind: "outcome",
  suggestion,
  stepId: "restart-service",
  label,
  by,
  note: null,
});

const other = { id: "inc_7", name: "INC-7", channel: "C7" } as const;
const fired = (group: string): TimelineFact => ({
  kind: "alert-fired",
  alert: { group, title: "HighLatency", service: null, firing: 1, link: null, past: null },
});

describe("an incident is the fold of its timeline", () => {
  it("begins open, with what was declared", () => {
    const incident = foldIncident(timeline(declared()));
    assert.equal(incident.state, "open");
    assert.equal(incident.state === "open" && incident.status, "investigating");
    assert.equal(incident.title, "checkout is slow");
    assert.equal(incident.severity, 2);
    assert.equal(incident.lead, null);
    assert.deepEqual(incident.since, at("14:05"));
  });

  it("follows severity, lead, status and mute, the last word counting", () => {
    const incident = foldIncident(
      timeline(
        declared(),
        { kind: "severity-set", severity: 1 },
        { kind: "severity-set", severity: 3 },
        { kind: "lead-set", lead: "UANA" },
        { kind: "status-set", status: "identified" },
        { kind: "muted", by: "UBO" },
      ),
    );
    assert.equal(incident.severity, 3);
    assert.equal(incident.lead, "UANA");
    assert.equal(incident.state === "open" && incident.status, "identified");
    assert.deepEqual(incident.muted, { by: "UBO", at: at("14:10") });
    assert.equal(incident.seq, 6);
  });

  it("keeps the newest evidence and the one before", () => {
    const first = evidenceRead({}, { snapshot: "snap-1" });
    const second = evidenceRead({}, { snapshot: "snap-2" });
    const third = evidenceRead({}, { snapshot: "snap-3" });
    const incident = foldIncident(timeline(declared(), first, second, third));
    assert.equal(incident.evidence?.snapshot, "snap-3");
    assert.equal(incident.previousEvidence?.snapshot, "snap-2");
    assert.deepEqual(incident.evidence?.at, at("14:08"));
  });

  it("counts from the onset once a reading shows a shift, and not from one that shows none", () => {
    const shifted = foldIncident(timeline(declared(), evidenceRead()));
    assert.deepEqual(shifted.since, at("14:02"));
    const calm = foldIncident(timeline(declared(), evidenceRead({ metrics: [] })));
    assert.deepEqual(calm.since, at("14:05"));
    const recovered = foldIncident(
      timeline(declared(), evidenceRead({ metrics: [checkoutP99] }), evidenceRead({ metrics: [] })),
    );
    assert.deepEqual(recovered.since, at("14:02"));
  });

  it("moves a changed vote and adds the vote of another", () => {
    const incident = foldIncident(
      timeline(
        declared(),
        outcome("no_effect", "UBO"),
        outcome("helped", "UANA"),
        outcome("resolved", "UBO"),
      ),
    );
    assert.deepEqual(
      incident.outcomes.map(({ by, label }) => [by, label]),
      [
        ["UANA", "helped"],
        ["UBO", "resolved"],
      ],
    );
  });

  it("is resolved with its time and actor, and open again when reopened", () => {
    const entries = timeline(declared(), ["14:21", { kind: "resolved", by: "UANA" }]);
    const resolved = foldIncident(entries);
    assert.ok(resolved.state === "resolved");
    assert.deepEqual(resolved.resolvedAt, at("14:21"));
    assert.equal(resolved.resolvedBy, "UANA");
    assert.ok(!("status" in resolved));

    const again = foldIncident(
      timeline(declared(), { kind: "resolved", by: "UANA" }, { kind: "reopened", by: "UBO" }),
    );
    assert.ok(again.state === "open");
    assert.ok(!("resolvedAt" in again));
  });

  it("keeps the first resolution when a second one follows", () => {
    const incident = foldIncident(
      timeline(
        declared(),
        ["14:21", { kind: "resolved", by: "UANA" }],
        ["14:30", { kind: "resolved", by: "UBO" }],
      ),
    );
    assert.ok(incident.state === "resolved");
    assert.equal(incident.resolvedBy, "UANA");
  });

  it("keeps the latest word on what ended it", () => {
    const incident = foldIncident(
      timeline(
        declared(),
        { kind: "credited", credit: "by-itself", by: "UBO" },
        { kind: "credited", credit: "several", by: "UANA" },
      ),
    );
    assert.deepEqual(incident.credit, { credit: "several", by: "UANA" });
  });

  it("goes by seq, not by the order of arrival nor by time", () => {
    const facts: TimelineFact[] = [
      { kind: "severity-set", severity: 1 },
      { kind: "lead-set", lead: "UANA" },
      evidenceRead(),
      outcome("helped", "UBO"),
      { kind: "status-set", status: "monitoring" },
      { kind: "resolved", by: "UANA" },
      { kind: "reopened", by: "UBO" },
      { kind: "merged", by: "UANA", from: other },
      { kind: "parted", from: other.id, groups: ["g1"] },
      { kind: "merged", by: "UANA", into: other },
    ];
    const entries: readonly TimelineEntry[] = timeline(declared(), ...facts);
    const expected = foldIncident(entries);
    fc.assert(
      fc.property(fc.shuffledSubarray([...entries], { minLength: entries.length }), (shuffled) => {
        assert.deepEqual(foldIncident(shuffled), expected);
      }),
      { numRuns: runs(200), seed },
    );
  });

  it("ends where it was merged, and has no other place once it is taken up again", () => {
    const into: TimelineFact = { kind: "merged", by: "UANA", into: other };
    const merged = foldIncident(timeline(declared(), ["14:21", into]));
    assert.ok(merged.state === "resolved");
    assert.deepEqual([merged.mergedInto, merged.resolvedAt], [other, at("14:21")]);
    const again = foldIncident(timeline(declared(), into, { kind: "reopened", by: "UBO" }));
    assert.deepEqual([again.state, again.mergedInto], ["open", null]);
  });

  it("holds what it took in once, and lets go of it with its alerts", () => {
    const from: TimelineFact = { kind: "merged", by: "UANA", from: other };
    const taken = [declared(), fired("g1"), from, fired("g2"), from];
    const incident = foldIncident(timeline(...taken));
    assert.deepEqual(incident.tookIn, [other]);
    const parted: TimelineFact = { kind: "parted", from: other.id, groups: ["g2"] };
    const alone = foldIncident(timeline(...taken, parted));
    assert.deepEqual([alone.tookIn, alone.alerts.map(({ group }) => group)], [[], ["g1"]]);
  });

  it("is the same however facts about different things were interleaved", () => {
    const strands: readonly (readonly Told[])[] = [
      [
        ["14:06", { kind: "severity-set", severity: 1 }],
        ["14:09", { kind: "severity-set", severity: 3 }],
      ],
      [
        ["14:06", { kind: "lead-set", lead: "UANA" }],
        ["14:10", { kind: "lead-set", lead: "UBO" }],
      ],
      [
        ["14:07", { kind: "muted", by: "UBO" }],
        ["14:12", { kind: "resumed", by: "UBO" }],
      ],
      [
        ["14:08", evidenceRead({}, { snapshot: "s1" })],
        ["14:10", evidenceRead({}, { snapshot: "s2" })],
      ],
      [
        ["14:08", fired("g1")],
        ["14:13", { kind: "alert-cleared", group: "g1" }],
        ["14:15", fired("g1")],
      ],
      [
        ["14:09", { kind: "merged", by: "UANA", from: other }],
        ["14:11", fired("g2")],
        ["14:14", { kind: "parted", from: other.id, groups: ["g2"] }],
      ],
      [
        ["14:09", outcome("no_effect", "UBO")],
        ["14:16", outcome("helped", "UBO")],
      ],
      [
        ["14:20", { kind: "resolved", by: "UANA" }],
        ["14:22", { kind: "reopened", by: "UBO" }],
        ["14:30", { kind: "merged", by: "UBO", into: other }],
      ],
    ];
    const all = strands.flatMap((strand, index) => strand.map(() => index));
    const expected = foldIncident(timeline(declared(), ...strands.flat()));
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (turns) => {
        const next = strands.map((strand) => [...strand]);
        const woven = turns.map((turn) => next[turn]?.shift() ?? declared());
        assert.deepEqual(foldIncident(timeline(declared(), ...woven)), expected);
      }),
      { numRuns: runs(200), seed },
    );
  });

  it("refuses a timeline that does not begin with a declaration", () => {
    assert.throws(() => foldIncident([]), /at least one entry/);
    assert.throws(
      () => foldIncident(timeline({ kind: "muted", by: "UBO" })),
      /begins with "declared", not with "muted"/,
    );
  });
});
