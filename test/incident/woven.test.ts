import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { foldIncident } from "../../src/incident/fold.ts";
import type { TimelineEntry, TimelineFact } from "../../src/incident/timeline.ts";
import { runs, seed } from "../property-runs.ts";
import { declared, evidenceRead, timeline, type Told } from "./timeline.ts";

const other = { id: "inc_7", name: "INC-7", channel: "C7" } as const;
const step = { suggestion: "sug_1", stepId: "roll-back-deploy" } as const;
const alert = (group: string) =>
  ({ group, title: "HighLatency", service: null, firing: 1, link: null, past: null }) as const;

/** Facts about one thing each, in the order in which they can come; whatever stands in another strand is about another thing. */
const strands: readonly (readonly Told[])[] = [
  [["14:06", { kind: "joined", channel: "C42" }]],
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
    ["14:11", { kind: "reading-failed" }],
    ["14:12", { kind: "reading-stopped", because: "archived" }],
  ],
  [["14:09", { kind: "log-shared", file: "F1", service: null }]],
  [
    ["14:08", { kind: "suggested", list: 1, suggestions: ["sug_1"] }],
    ["14:09", { kind: "list-expanded", list: 1, by: "UBO" }],
    ["14:10", { kind: "model-read", snapshot: "s1", list: 1, suggestions: ["sug_3"] }],
    ["14:13", { kind: "suggested", list: 2, suggestions: ["sug_2"] }],
  ],
  [["14:09", { kind: "forbidden", steps: [{ stepId: "restart-service", because: "sale" }] }]],
  [
    ["14:09", { kind: "claimed", ...step, by: "UBO" }],
    ["14:10", { kind: "withdrawn", what: "claim", suggestion: "sug_1", by: "UBO" }],
  ],
  [
    ["14:09", { kind: "outcome", ...step, label: "no_effect", by: "UANA", note: null }],
    ["14:16", { kind: "outcome", ...step, label: "helped", by: "UANA", note: null }],
  ],
  [
    ["14:09", { kind: "question-put", ts: "1.1", by: "UBO" }],
    [
      "14:10",
      {
        kind: "question-answered",
        ts: "1.1",
        sentences: [],
        fell: [],
        looked: ["p99 of checkout"],
      },
    ],
  ],
  [
    [
      "14:09",
      {
        kind: "deeds-read",
        deeds: [{ stepId: "restart-service", label: "no_effect", by: "UBO", ts: "1.2" }],
      },
    ],
  ],
  [["14:09", { kind: "not-counted", suggestion: "sug_1", because: "not-a-member", by: "UCHIDI" }]],
  [["14:09", { kind: "claimed-away", about: { kind: "thing", thing: "database" }, by: "UANA" }]],
  [
    ["14:10", { kind: "observed", suggestion: "sug_1", change: "deploy-2", words: "went back" }],
    ["14:11", { kind: "driven", suggestion: "sug_1", answer: "me", by: "UBO" }],
  ],
  [["14:11", { kind: "credited", credit: "several", by: "UANA" }]],
  [["14:12", { kind: "pointed", fix: "sug_1", pointer: "skip", check: null, by: "UBO" }]],
  [["14:12", { kind: "cause-labelled", cause: "deploy", by: "UBO" }]],
  [["14:12", { kind: "asked", question: "cause", channel: "D1" }]],
  [
    ["14:08", { kind: "alert-fired", alert: alert("g1") }],
    ["14:13", { kind: "alert-cleared", group: "g1" }],
    ["14:15", { kind: "alert-fired", alert: alert("g1") }],
  ],
  [["14:09", { kind: "collecting" }]],
  [["14:14", { kind: "still-on", by: "UBO" }]],
  [["14:14", { kind: "remark", key: "first:sug_1", isPosted: true }]],
  [["14:14", { kind: "update-posted", by: "UBO", known: "slow", impact: "", nextAt: null }]],
  [["14:14", { kind: "told", teller: "generic", isOwner: false, of: null, says: { severity: 1 } }]],
  [
    ["14:09", { kind: "merged", by: "UANA", from: other }],
    ["14:11", { kind: "alert-fired", alert: alert("g2") }],
    ["14:14", { kind: "parted", from: other.id, groups: ["g2"] }],
  ],
  [
    ["14:19", { kind: "status-set", status: "monitoring" }],
    ["14:20", { kind: "resolved", by: "UANA" }],
    ["14:22", { kind: "reopened", by: "UBO" }],
  ],
];

/** A kind that is added has to be woven in too. */
const kinds: Readonly<Record<TimelineFact["kind"], true>> = {
  "alert-cleared": true,
  "alert-fired": true,
  asked: true,
  "cause-labelled": true,
  claimed: true,
  "claimed-away": true,
  collecting: true,
  credited: true,
  declared: true,
  "deeds-read": true,
  "question-answered": true,
  "question-put": true,
  driven: true,
  "evidence-read": true,
  forbidden: true,
  joined: true,
  "lead-set": true,
  "list-expanded": true,
  "log-shared": true,
  merged: true,
  "model-read": true,
  muted: true,
  "not-counted": true,
  observed: true,
  outcome: true,
  parted: true,
  pointed: true,
  "reading-failed": true,
  "reading-stopped": true,
  remark: true,
  reopened: true,
  resolved: true,
  resumed: true,
  "severity-set": true,
  "status-set": true,
  "still-on": true,
  suggested: true,
  told: true,
  "update-posted": true,
  withdrawn: true,
};

const factOf = (told: Told): TimelineFact => ("kind" in told ? told : told[1]);

test("the strands hold a fact of every kind", () => {
  const woven = strands.flat().map((told) => factOf(told).kind);
  assert.deepEqual([...new Set(["declared", ...woven])].toSorted(), Object.keys(kinds).toSorted());
});

test("an incident is the fold of its timeline: the same however facts about different things came in between, and in whatever order the entries are read", () => {
  const all = strands.flatMap((strand, index) => strand.map(() => index));
  const expected = foldIncident(timeline(declared(), ...strands.flat()));
  const weave = (turns: readonly number[]): readonly TimelineEntry[] => {
    const next = strands.map((strand) => [...strand]);
    return timeline(declared(), ...turns.map((turn) => next[turn]?.shift() ?? declared()));
  };
  const story = fc
    .shuffledSubarray(all, { minLength: all.length })
    .map(weave)
    .chain((entries) =>
      fc.tuple(
        fc.constant(entries),
        fc.shuffledSubarray([...entries], { minLength: entries.length }),
      ),
    );
  fc.assert(
    fc.property(story, ([entries, shuffled]) => {
      assert.deepEqual(foldIncident(entries), expected);
      assert.deepEqual(foldIncident(shuffled), expected);
    }),
    { numRuns: runs(300), seed },
  );
});
