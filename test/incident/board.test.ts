import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { boardOf, sharedSteps, type OnBoard } from "../../src/incident/board.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import type { TimelineFact } from "../../src/incident/timeline.ts";
import type { OutcomeLabel } from "../../src/vocabulary.ts";
import { at, declared, timeline, type Told } from "./timeline.ts";

const rollBack: OnBoard = {
  id: "sug_1",
  stepId: "roll-back-deploy",
  role: "fix",
  title: "Roll back checkout",
};
const poolWaits: OnBoard = {
  id: "sug_2",
  stepId: "read-pool-waits",
  role: "check",
  title: "Read pool waits",
};
const suggested: TimelineFact = { kind: "suggested", list: 1, suggestions: ["sug_1", "sug_2"] };
const claimed = (by: string, step = poolWaits): TimelineFact => ({
  kind: "claimed",
  suggestion: step.id,
  stepId: step.stepId,
  by,
});
const said = (label: OutcomeLabel, by: string, step = poolWaits): TimelineFact => ({
  kind: "outcome",
  suggestion: step.id,
  stepId: step.stepId,
  label,
  by,
  note: null,
});

function stateOf(step: OnBoard, ...facts: readonly Told[]) {
  const incident = foldIncident(timeline(declared(), suggested, ...facts));
  return boardOf(incident, [rollBack, poolWaits]).find((line) => line.stepId === step.stepId)
    ?.state;
}

describe("the board", () => {
  it("holds each offered step once, in the order of the first offer", () => {
    const again: OnBoard = { ...rollBack, id: "sug_3", title: "Roll back checkout to 9c1d2e0" };
    const incident = foldIncident(
      timeline(declared(), suggested, { kind: "suggested", list: 2, suggestions: ["sug_3"] }),
    );
    const board = boardOf(incident, [again, poolWaits, rollBack]);
    assert.deepEqual(
      board.map(({ suggestion, title }) => [suggestion, title]),
      [
        ["sug_3", "Roll back checkout to 9c1d2e0"],
        ["sug_2", "Read pool waits"],
      ],
    );
  });

  it("shows a step that nobody has in hand as free", () => {
    assert.deepEqual(stateOf(rollBack), { state: "free" });
  });

  it("shows who has a step in hand since when", () => {
    assert.deepEqual(stateOf(poolWaits, ["14:09", claimed("UBO")]), {
      state: "claimed",
      owners: [{ by: "UBO", since: at("14:09") }],
    });
  });

  it("tells two people who are on the same step", () => {
    const facts = [
      ["14:09", claimed("UBO")],
      ["14:11", claimed("UANA")],
    ] as const;
    assert.deepEqual(stateOf(poolWaits, ...facts), {
      state: "claimed",
      owners: [
        { by: "UBO", since: at("14:09") },
        { by: "UANA", since: at("14:11") },
      ],
    });
    const incident = foldIncident(timeline(declared(), suggested, ...facts));
    assert.deepEqual(
      sharedSteps(boardOf(incident, [rollBack, poolWaits])).map((line) => line.stepId),
      ["read-pool-waits"],
    );
  });

  it("shows an outcome in place of the claim that led to it", () => {
    assert.deepEqual(
      stateOf(poolWaits, ["14:09", claimed("UBO")], ["14:14", said("ruled_out", "UBO")]),
      { state: "out", label: "ruled_out", by: "UBO", at: at("14:14") },
    );
    assert.deepEqual(
      stateOf(
        rollBack,
        ["14:09", claimed("UBO", rollBack)],
        ["14:14", said("resolved", "UBO", rollBack)],
      ),
      { state: "good", label: "resolved", by: "UBO", at: at("14:14") },
    );
  });

  it("lets the newest word decide, and a new claim be another try", () => {
    assert.deepEqual(
      stateOf(poolWaits, ["14:10", said("no_effect", "UBO")], ["14:12", said("helped", "UANA")]),
      { state: "good", label: "helped", by: "UANA", at: at("14:12") },
    );
    assert.deepEqual(
      stateOf(poolWaits, ["14:10", said("no_effect", "UBO")], ["14:12", claimed("UANA")]),
      { state: "claimed", owners: [{ by: "UANA", since: at("14:12") }] },
    );
  });
});
