import assert from "node:assert/strict";
import { test } from "node:test";
import { checkView } from "../../src/local/block-kit.ts";
import { actionAbout, actionModal, parseAction } from "../../src/message/action-form.ts";

const values = { "action:text": " Alert on p99 ", "action:priority": "P1" };

test("an action item needs its text alone", () => {
  const rest = { owner: null, due: null, priority: "P1", state: "open", link: null };
  assert.deepEqual(parseAction(values), {
    ok: true,
    isCut: false,
    told: { text: "Alert on p99", ...rest },
  });
});

test("what cannot be kept is named at its input, each with the mend", () => {
  const bad = { "action:text": " ", "action:due": "2026-02-31", "action:link": "javascript:x" };
  assert.deepEqual(parseAction(bad), {
    ok: false,
    errors: {
      "action:text": "Say in a sentence what is to be done.",
      "action:due": "Choose a day, such as 2026-12-01.",
      "action:link": "Write an address that begins with https://, or leave it empty.",
    },
  });
  for (const due of ["0000-00-00", "9999-99-99", "tomorrow"])
    assert.equal(parseAction({ ...values, "action:due": due }).ok, false, due);
});

test("a text that is too long is cut, and that is told", () => {
  const parsed = parseAction({ ...values, "action:text": "x".repeat(3_001) });
  assert.deepEqual(parsed.ok && [parsed.isCut, parsed.told.text.length], [true, 3_000]);
});

test("a form says which item at which revision it is about, and nothing else is taken for one", () => {
  assert.deepEqual(actionAbout("inc_1 new"), { incident: "inc_1", item: null });
  assert.deepEqual(actionAbout("inc_1 act_2 3"), {
    incident: "inc_1",
    item: { id: "act_2", revision: 3 },
  });
  for (const about of ["", "inc_1", "inc_1 act_2", "inc_1 sug_2 3"])
    assert.equal(actionAbout(about), null, about);
});

test("Slack takes the form of a new item, and of the longest that is kept", () => {
  const item = {
    id: "act_1",
    incidentId: "inc_1",
    revision: 7,
    text: "x".repeat(3_000),
    owner: "UBO",
    due: "2026-12-01",
    priority: "P3",
    state: "dropped",
    link: `https://github.com/${"x".repeat(900)}`,
    by: "UANA",
    at: new Date(0),
  } as const;
  const link = /"action_id":"action:link","multiline":(\w+)/.exec(
    JSON.stringify(actionModal("inc_1", null)),
  );
  assert.equal(link?.[1], "false", "an address is one line");
  for (const modal of [actionModal("inc_1", null), actionModal("inc_1", item)]) {
    const checked = checkView(modal);
    assert.deepEqual("problems" in checked ? checked.problems : [], []);
  }
});
