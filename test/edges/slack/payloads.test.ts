import assert from "node:assert/strict";
import { test } from "node:test";
import { formValues } from "../../../src/edges/slack/payloads.ts";

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
