import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { catchUp } from "../../src/message/catch-up.ts";
import { boardLines } from "../../src/message/board-lines.ts";
import { outcomeClauses, outcomeWords } from "../../src/message/outcome-words.ts";
import { textPen } from "../../src/message/pen.ts";
import { stepsMessage } from "../../src/message/steps-message.ts";
import { tryMessage } from "../../src/message/try-message.ts";
import type { StepRole } from "../../src/playbook/step.ts";
import { recordOf, recordWords, shortRecord } from "../../src/suggestion/record.ts";
import { tallyOf } from "../../src/suggestion/tally.ts";
import { outcomeLabels, type OutcomeLabel } from "../../src/vocabulary.ts";
import { at } from "../incident/timeline.ts";
import { row } from "../suggestion/rows.ts";
import { boardFor, incident, links, restart } from "./incident.ts";

/** What each label is told as: on the board, in the catch-up, and in the record of the next incident, long and short. */
const told: Readonly<Record<OutcomeLabel, readonly [string, string, string, string | null]>> = {
  resolved: [
    "● Restart cart, fixed it according to <@UANA> 14:15",
    "Tried: Restart cart 14:15, fixed it.",
    "Worked in 1 of 1 similar incident, 1 on checkout.",
    "worked 1 of 1",
  ],
  helped: [
    "● Restart cart, helped according to <@UANA> 14:15",
    "Tried: Restart cart 14:15, helped.",
    "Tried in 1 similar incident, helped.",
    "helped 1 of 1",
  ],
  ruled_out: [
    "✕ Restart cart, ruled out by <@UANA> 14:15",
    "Ruled out: Restart cart.",
    "Tried in 1 similar incident, did not work.",
    "worked 0 of 1",
  ],
  no_effect: [
    "✕ Restart cart, no effect according to <@UANA> 14:15",
    "Tried: Restart cart 14:15, no effect.",
    "Tried in 1 similar incident, did not work.",
    "worked 0 of 1",
  ],
  wrong: [
    "✕ Restart cart, made it worse according to <@UANA> 14:15",
    "Tried: Restart cart 14:15, made it worse.",
    "Tried in 1 similar incident, made it worse.",
    "worked 0 of 1",
  ],
  not_for_us: [
    "✕ Restart cart, not for us according to <@UANA> 14:15",
    "Not for us: Restart cart.",
    "From the playbook, no record here yet.",
    null,
  ],
  already_considered: [
    "✕ Restart cart, already done according to <@UANA> 14:15",
    "Done before: Restart cart.",
    "From the playbook, no record here yet.",
    null,
  ],
};

/** The record of a check, whose labels mean something else: it answers or it does not (DESIGN §9). */
const ofCheck: Readonly<Record<OutcomeLabel, string>> = {
  resolved: "From the playbook, no record here yet.",
  helped: "Answered 1 of 1 time.",
  ruled_out: "Answered 1 of 1 time.",
  no_effect: "Done once, no answer.",
  wrong: "Done once, no answer, made it worse in 1.",
  not_for_us: "From the playbook, no record here yet.",
  already_considered: "From the playbook, no record here yet.",
};

function said(label: OutcomeLabel) {
  const { id: suggestion, stepId } = restart;
  const fact = { kind: "outcome", suggestion, stepId, label, by: "UANA", note: null } as const;
  return incident(["14:15", fact]);
}

function recordAfter(label: OutcomeLabel, role: StepRole) {
  const about = { symptom: "latency", service: "checkout" } as const;
  const tallies = tallyOf([row({ stepId: restart.stepId, label, role })]);
  return recordOf(restart.stepId, about, tallies);
}

describe("what people say of a step is told as what they said", () => {
  for (const label of outcomeLabels)
    it(`${label}, wherever it is told`, () => {
      const of = said(label);
      const board = boardFor(of);
      const [onBoard, toLate, inRecord, short] = told[label];
      assert.ok(boardLines(board, textPen).includes(onBoard));
      const view = { name: "INC-42", incident: of, board, now: at("14:25"), nextUpdateAt: null };
      const late = catchUp({ ...view, links }).text.split("\n");
      assert.equal(late[1], toLate);
      const vote = `<@UANA>: ${outcomeWords[label]} 14:15.`;
      const list = { id: "inc_42", list: 1, suggestions: [restart], isExpanded: false } as const;
      const counts = {
        openClaims: [],
        fell: [],
        isLeftOutKnown: false,
        unread: [],
        hiddenByRule: 0,
        leftOutAsDone: 0,
        backSince: null,
        ownsLifecycle: true,
      };
      assert.ok(stepsMessage({ ...list, ...counts, incident: of, links }).text.includes(vote));
      assert.ok(tryText(of).includes(vote));
      assert.equal(recordWords("fix", recordAfter(label, "fix"), "checkout"), inRecord);
      assert.equal(shortRecord("fix", recordAfter(label, "fix")), short);
      assert.equal(recordWords("check", recordAfter(label, "check"), "checkout"), ofCheck[label]);
    });

  it("and no two labels are told alike", () => {
    for (const words of [outcomeWords, outcomeClauses])
      assert.equal(new Set(Object.values(words)).size, outcomeLabels.length);
    assert.equal(new Set(Object.values(told).map(([board]) => board)).size, outcomeLabels.length);
  });
});

function tryText({ outcomes }: ReturnType<typeof said>): string {
  const { text } = tryMessage({
    incident: "inc_42",
    suggestion: restart,
    by: "UBO",
    readings: [],
    backSince: null,
    isAsking: false,
    credit: null,
    nextReadAt: null,
    deeds: [],
    selfHealed: null,
    outcomes,
  });
  return text;
}
