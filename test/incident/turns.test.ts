import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { foldIncident } from "../../src/incident/fold.ts";
import type { TimelineFact } from "../../src/incident/timeline.ts";
import { turnsOf, unturningKinds } from "../../src/incident/turns.ts";
import { runs, seed } from "../property-runs.ts";
import { at, declared, evidenceRead, timeline } from "./timeline.ts";

const told = { kind: "told", teller: "generic", isOwner: true, of: null } as const;
const facts: readonly TimelineFact[] = [
  { kind: "severity-set", severity: 1 },
  { kind: "severity-set", severity: 4 },
  { kind: "status-set", status: "resolved" },
  { kind: "status-set", status: "monitoring" },
  { kind: "resolved", by: "UANA" },
  { kind: "reopened", by: "UBO" },
  { kind: "collecting" },
  { ...told, says: { status: "resolved", title: "Payments down" } },
  { ...told, says: { status: "identified", severity: 2 } },
  { kind: "lead-set", lead: "UANA" },
  { kind: "credited", credit: "by-itself", by: "UBO" },
  { kind: "cause-labelled", cause: "deploy", by: "UBO" },
  { kind: "muted", by: "UBO" },
  { kind: "merged", by: "UBO", into: { id: "inc_2", name: "INC-2", channel: "C2" } },
  { kind: "merged", by: "UBO", from: { id: "inc_3", name: "INC-3", channel: "C3" } },
  { kind: "parted", from: "inc_3", groups: [] },
  { kind: "alert-cleared", group: "g" },
  { kind: "asked", question: "cause", channel: "D1" },
  evidenceRead(),
];
const mayTurn = (kind: string) => !unturningKinds.some((each) => each === kind);

describe("how an incident turned", () => {
  test("is when it ended and was opened again, each with when that became known", () => {
    const entries = timeline(
      ["14:05", declared()],
      ["14:21", { kind: "resolved", by: "UANA" }],
      ["14:30", { kind: "reopened", by: "UBO" }],
    );
    assert.deepEqual(
      turnsOf(entries).map(({ recordedAt, endedAt }) => [recordedAt, endedAt]),
      [
        [at("14:05"), null],
        [at("14:21"), at("14:21")],
        [at("14:30"), null],
      ],
    );
  });

  test("is what the whole timeline says, at every point of it", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...facts), { maxLength: 12 }), (later) => {
        const entries = timeline(declared(), ...later);
        const turns = turnsOf(entries.filter(({ fact }) => mayTurn(fact.kind)));
        for (const [index, { recordedAt }] of entries.entries()) {
          const known = foldIncident(entries.slice(0, index + 1));
          const turn = turns.findLast((each) => each.recordedAt <= recordedAt);
          const hasEnded = known.state === "resolved" && known.mergedInto === null;
          assert.deepEqual(turn, {
            recordedAt: turn?.recordedAt,
            severity: known.severity,
            title: known.title,
            credit: known.credit?.credit ?? null,
            endedAt: hasEnded ? known.resolvedAt : null,
          });
        }
      }),
      { numRuns: runs(500), seed },
    );
  });

  test("is nothing where nobody declared it", () => {
    assert.deepEqual(turnsOf([]), []);
  });
});
