import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ModelReadFact } from "../../src/incident/model-read.ts";
import { livingMessage } from "../../src/message/living-message.ts";
import { fellMessage, type ModelUse } from "../../src/message/model-words.ts";
import { whyThisOrder } from "../../src/message/answers.ts";
import { stepsMessage, type StepsView } from "../../src/message/steps-message.ts";
import { evidenceRead } from "../incident/timeline.ts";
import { incident, links, modelUse, rollBack, suggestion } from "./incident.ts";
import { view } from "./living-view.ts";
import { assertSlackTakes, buttonsOf, markdownOf } from "./slack.ts";

const use: ModelUse = { ...modelUse, costs: null };
const read = (rest: Partial<ModelReadFact> = {}): ModelReadFact => {
  return { kind: "model-read", snapshot: "snap-1", list: 1, ...rest };
};

/** The lines of the living message that tell of the model. */
function told(fact: ModelReadFact | null, used: ModelUse | null = use): string[] {
  const of = incident(...(fact === null ? [] : [fact]));
  const body = livingMessage(view({ incident: of, modelUse: used }));
  assertSlackTakes(body);
  return body.text.split("\n").filter((line) => /model/i.test(line));
}

describe("the living message tells of the model", () => {
  it("what it has used up, here and today", () => {
    assert.deepEqual(told(read()), [
      "Model: 3,120 of 60,000 tokens here, 18,400 of 1,000,000 today.",
    ]);
  });

  it("what that cost, where prices are set", () => {
    const costs = [
      [0.0024, null],
      [1.5, null],
    ] as const;
    const [line] = told(read(), { ...use, costs });
    assert.match(line ?? "", /tokens here \(cost 0\.002\), .* today \(cost 1\.50\)\.$/);
  });

  it("of how much it may cost here and today, where that has a ceiling", () => {
    assert.deepEqual(told(read(), modelUse), [
      "Model: 3,120 of 60,000 tokens here (cost 0.002 of 0.50), 18,400 of 1,000,000 today (cost 1.50 of 20.00).",
    ]);
  });

  it("what it worded, apart from what is known, with where each sentence is from", () => {
    const sentences = [
      { text: "The p99 is ten times as high since 14:02.", cites: ["metric:0"] },
      { text: "So is <!channel>.", cites: ["examined:cart"] },
    ];
    const [worded] = told(read({ sentences }));
    assert.equal(
      worded,
      "In the words of the model: The p99 is ten times as high since 14:02. So is &lt;!channel&gt;.",
    );
    const body = livingMessage(view({ incident: incident(read({ sentences })) }));
    assert.match(
      markdownOf(body).join("\n"),
      /the model: <https:[^|]+\|The p99 is ten times as high> since <!date\^\d+\^\{time\}\|14:02>\. So/,
    );
  });

  it("nothing that it worded of an earlier reading", () => {
    const sentences = [{ text: "Of old.", cites: [] }];
    const later = evidenceRead({}, { snapshot: "snap-2" });
    const body = livingMessage(view({ incident: incident(read({ sentences }), later) }));
    assert.doesNotMatch(body.text, /Of old/);
  });

  it("in one sentence that it is away and why, until it answers", () => {
    const away = read({ away: "quota" });
    assert.deepEqual(told(away, { ...use, incident: 0 }), [
      "The model is away: its account is used up. The rest does without it.",
    ]);
    const { text } = livingMessage(view({ incident: incident(away, read()), modelUse: use }));
    assert.doesNotMatch(text, /is away/);
  });

  it("what the day has used up, where a ceiling is why it is away here", () => {
    assert.deepEqual(told(read({ away: "day-cost" }), { ...modelUse, incident: 0 }), [
      "The model is away: too little money is left of this day. The rest does without it. Model: 0 of 60,000 tokens here (cost 0.002 of 0.50), 18,400 of 1,000,000 today (cost 1.50 of 20.00).",
    ]);
  });

  it("nothing where there is none, or where it was asked nothing", () => {
    assert.deepEqual(told(null, null), []);
    assert.deepEqual(told(null, { ...use, incident: 0 }), []);
  });
});

const made = suggestion({
  ...rollBack,
  id: "sug_9",
  stepId: "model-look-at-the-callers",
  role: "check",
  risk: "read-only",
  position: 2,
  title: "Look at the callers",
  origin: "new-from-model",
  record: { ...rollBack.record, tried: 0, worked: 0 },
});

function list(rest: Partial<StepsView> = {}) {
  return stepsMessage({
    id: "inc_42",
    list: 1,
    suggestions: [rollBack, made],
    incident: incident(),
    isExpanded: false,
    hiddenByRule: 0,
    leftOutAsDone: 0,
    isLeftOutKnown: false,
    unread: [],
    fell: [],
    openClaims: [],
    backSince: null,
    ownsLifecycle: true,
    links,
    ...rest,
  });
}

describe("a list of steps tells of the model", () => {
  it("which of them it made up, without a rank and with the record that they have", () => {
    assert.match(
      list().text,
      /2\. New, from the model: look at the callers\. Not ranked, read-only/,
    );
    assert.match(list().text, /No record yet\./);
    const known = { ...made, record: { ...made.record, tried: 3, worked: 2 } };
    assert.match(list({ suggestions: [known] }).text, /Answered 2 of 3 times/);
    const named = { ...made, origin: "named-by-model" } as const;
    assert.match(
      list({ suggestions: [named] }).text,
      /Named by the model: look at .* About \d+ min/,
    );
  });

  it("how much of its answer is not shown, with a button that lists it", () => {
    const fell = [{ text: "It was the <db>", because: "claims what is for people to say" }];
    const body = list({ fell });
    assertSlackTakes(body);
    assert.match(body.text, /1 part of the model's answer was left out\./);
    assert.ok(buttonsOf(body).includes("What did the model say?"));
    assert.deepEqual(fellMessage(fell).text.split("\n"), [
      "Said by the model and not shown, because it:",
      "“It was the &lt;db&gt;” claims what is for people to say.",
    ]);
    assert.match(fellMessage([]).text, /^Nothing of the model's answer/);
  });

  it("no chance of a step that it made up", () => {
    const { text } = whyThisOrder([rollBack, made]);
    assert.doesNotMatch(text, /Look at the callers/);
    assert.match(text, /Those from the model stand behind, without a rank\./);
  });
});
