import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { quietQuestion, resolvedQuestion } from "../../src/message/end.ts";
import { tryMessage, type TryView } from "../../src/message/try-message.ts";
import { at } from "../incident/timeline.ts";
import { rollBack } from "./incident.ts";
import { assertSlackTakes, buttonsOf, markdownOf } from "./slack.ts";

const restartDeed = {
  suggestion: "sug_4",
  title: "Restart cart",
  by: "UANA",
  at: at("14:15"),
} as const;
const rollBackDeed = {
  suggestion: "sug_1",
  title: "Roll back checkout",
  by: "UBO",
  at: at("14:18"),
} as const;

function view(told: Partial<TryView> = {}): TryView {
  return {
    incident: "inc_42",
    suggestion: rollBack,
    by: "UBO",
    readings: [],
    backSince: null,
    isAsking: false,
    credit: null,
    nextReadAt: null,
    deeds: [],
    selfHealed: null,
    outcomes: [],
    ...told,
  };
}

describe("the message of a try", () => {
  it("says who is on what, and when it is read again", () => {
    const body = tryMessage(view({ nextReadAt: at("14:20") }));
    assert.equal(
      body.text,
      "<@UBO> is on: Roll back checkout to 9c1d2e0.\nNext reading 14:20.\nTimes in UTC.",
    );
    assert.deepEqual(buttonsOf(body), ["Fixed it", "Helped", "No effect", "Made it worse", "⋯"]);
    assertSlackTakes(body);
  });

  it("tells the readings, and asks without leading once it is back", () => {
    const body = tryMessage(
      view({
        readings: [
          { at: at("14:20"), metric: "p99", value: "3.9 s" },
          { at: at("14:23"), metric: "p99", value: "0.4 s" },
        ],
        backSince: at("14:21"),
        isAsking: true,
        deeds: [restartDeed, rollBackDeed],
        selfHealed: { healed: 6, of: 9 },
      }),
    );
    assert.equal(
      body.text,
      [
        "<@UBO> is on: Roll back checkout to 9c1d2e0.",
        "14:20 p99 3.9 s. 14:23 p99 0.4 s, back since 14:21.",
        "What did it? Before that: Roll back checkout 14:18 (<@UBO>), Restart cart 14:15 (<@UANA>). This alert cleared by itself in 6 of 9 earlier cases.",
        "Times in UTC.",
      ].join("\n"),
    );
    assert.deepEqual(buttonsOf(body), [
      "Roll back checkout",
      "Restart cart",
      "Several",
      "By itself",
      "Can't tell",
    ]);
    assert.ok(!JSON.stringify(body.blocks).includes('"style"'), "nothing is preselected");
    assertSlackTakes(body);
  });

  it("keeps the question beside an answer that names no step, so that it can be changed", () => {
    const body = tryMessage(
      view({
        backSince: at("14:21"),
        isAsking: true,
        credit: { by: "UANA", credit: "by-itself" },
      }),
    );
    assert.match(body.text, /^What did it\? <@UANA>: by itself\.$/m);
    assert.deepEqual(buttonsOf(body), ["By itself", "Can't tell"]);
  });

  it("asks nothing where another message does", () => {
    const body = tryMessage(view({ backSince: at("14:21"), deeds: [restartDeed] }));
    assert.doesNotMatch(body.text, /What did it/);
    assert.deepEqual(buttonsOf(body), ["Fixed it", "Helped", "No effect", "Made it worse", "⋯"]);
  });

  it("tells times in the reader's zone in its blocks", () => {
    const [text] = markdownOf(tryMessage(view({ nextReadAt: at("14:20") })));
    assert.ok(text?.includes(`Next reading <!date^${at("14:20").getTime() / 1000}^{time}|14:20>.`));
  });

  it("shows what was said of it", () => {
    const { text } = tryMessage(
      view({
        outcomes: [
          {
            suggestion: "sug_1",
            stepId: "roll-back-deploy",
            label: "resolved",
            by: "UBO",
            note: null,
            at: at("14:22"),
          },
        ],
      }),
    );
    assert.ok(text.includes("<@UBO>: fixed it 14:22."));
  });
});

describe("the end", () => {
  it("is asked about when it is quiet", () => {
    const body = quietQuestion({
      incident: "inc_42",
      clearSince: at("14:21"),
      quietSince: at("14:30"),
      stillOn: null,
    });
    assert.equal(body.text, "Alerts clear since 14:21, quiet since 14:30.\nTimes in UTC.");
    assert.deepEqual(buttonsOf(body), ["Resolved at 14:21 UTC", "Still on it"]);
    assertSlackTakes(body);
  });

  it("is put off by whoever is still on it", () => {
    const body = quietQuestion({
      incident: "inc_42",
      clearSince: at("14:21"),
      quietSince: at("14:30"),
      stillOn: { by: "UANA", askedAgainAt: at("15:31") },
    });
    assert.ok(body.text.includes("<@UANA> is still on it; asked again 15:31."));
    assert.deepEqual(buttonsOf(body), ["Resolved at 14:21 UTC"]);
    assertSlackTakes(body);
  });

  it("asks which step did it, nothing preselected", () => {
    const body = resolvedQuestion({
      incident: "inc_42",
      name: "INC-42",
      over: { lastedMs: 19 * 60_000 },
      deeds: [rollBackDeed, restartDeed],
      selfHealed: null,
      answered: { steps: [], credit: null },
      unlisted: [],
    });
    assert.equal(body.text, "INC-42 resolved, 19 min. Which step did it?");
    assert.deepEqual(buttonsOf(body), [
      "Roll back checkout",
      "Restart cart",
      "Several",
      "Something else",
      "By itself",
      "Can't tell",
    ]);
    assert.ok(!JSON.stringify(body.blocks).includes('"style"'));
    assertSlackTakes(body);
  });

  it("shows the answer and keeps the buttons, so that it can be corrected", () => {
    const body = resolvedQuestion({
      incident: "inc_42",
      name: "INC-42",
      over: { lastedMs: 19 * 60_000 },
      deeds: [],
      selfHealed: null,
      answered: { steps: [], credit: { by: "UANA", credit: "by-itself" } },
      unlisted: [],
    });
    assert.equal(body.text, "INC-42 resolved, 19 min. Which step did it? <@UANA>: by itself.");
    assert.deepEqual(buttonsOf(body), ["Something else", "By itself", "Can't tell"]);
  });

  it("names the step that somebody says did it", () => {
    const body = resolvedQuestion({
      incident: "inc_42",
      name: "INC-42",
      over: { lastedMs: 19 * 60_000 },
      deeds: [],
      selfHealed: null,
      answered: { steps: [{ by: "UANA", title: "Restart cart" }], credit: null },
      unlisted: [],
    });
    assert.match(body.text, /Which step did it\? <@UANA>: Restart cart\.$/);
  });

  it("asks also where nobody claimed a step", () => {
    const body = resolvedQuestion({
      incident: "inc_42",
      name: "INC-42",
      over: { lastedMs: 30_000 },
      deeds: [],
      selfHealed: { healed: 1, of: 1 },
      answered: { steps: [], credit: null },
      unlisted: [],
    });
    assert.equal(
      body.text,
      "INC-42 resolved, under a minute. Which step did it? This alert cleared by itself in 1 of 1 earlier case.",
    );
    assert.deepEqual(buttonsOf(body), ["Something else", "By itself", "Can't tell"]);
  });
});
