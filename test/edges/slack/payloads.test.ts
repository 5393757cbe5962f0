import assert from "node:assert/strict";
import { test } from "node:test";
import { formValues, sayingOf } from "../../../src/edges/slack/payloads.ts";

test("a form's text, option, person and day are each read as one value, none as empty", () => {
  const state = {
    text: { text: { type: "plain_text_input", value: "Alert" } },
    option: { option: { type: "static_select", selected_option: { value: "P1" } } },
    person: { person: { type: "users_select", selected_user: "UBO" } },
    day: { day: { type: "datepicker", selected_date: "2026-12-01" } },
    none: { none: { type: "datepicker", selected_date: null } },
  };
  assert.deepEqual(formValues(state), {
    text: "Alert",
    option: "P1",
    person: "UBO",
    day: "2026-12-01",
    none: "",
  });
});

test("a program's post is read with what its attachments say, under the name that it goes by", () => {
  const posted = {
    ts: "1795443900.000100",
    subtype: "bot_message",
    bot_id: "B1",
    text: "",
    username: "Alertmanager",
    bot_profile: { name: "Incoming webhook" },
    attachments: [
      { title: "[FIRING:1] HighLatency", text: "p99 &gt; 1 s", fallback: "[FIRING:1] HighLatency" },
      { fallback: "[FIRING:1] DiskFull" },
      { from_url: "https://wiki.example", title: "A page that is linked" },
      "no attachment",
    ],
  };
  assert.deepEqual(sayingOf(posted), {
    ts: "1795443900.000100",
    user: null,
    isBot: true,
    text: "[FIRING:1] HighLatency\np99 > 1 s\n[FIRING:1] DiskFull",
    threadTs: null,
    editedTs: null,
    sender: "Alertmanager",
  });
  const { username: _none, ...unnamed } = posted;
  assert.equal(sayingOf(unnamed)?.sender, "Incoming webhook");
  const byPerson = { ts: "1.0", user: "UANA", text: "slow", attachments: [{ title: "A page" }] };
  assert.deepEqual([sayingOf(byPerson)?.text, sayingOf(byPerson)?.sender], ["slow", undefined]);
});
