import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deedOf } from "../../../src/edges/slack/deed.ts";

const user = { id: "U1" };
const channel = { id: "C1" };

describe("who waits for what became of an event", () => {
  test("of a click, whoever clicked", () => {
    const click = { type: "block_actions", user, channel, actions: [{ action_id: "step:claim" }] };
    assert.deepEqual(deedOf(click), {
      kind: "block_actions step:claim",
      by: { user: "U1", channel: "C1", deed: "click" },
    });
  });

  test("of a command, whoever gave it", () => {
    const command = { command: "/hindsight", user_id: "U1", channel_id: "C1", text: "lead me" };
    assert.deepEqual(deedOf(command), {
      kind: "/hindsight",
      by: { user: "U1", channel: "C1", deed: "command" },
    });
  });

  test("of a form, whoever sent it, in the channel that it was opened in", () => {
    const view = { callback_id: "declare", private_metadata: "C1" };
    assert.deepEqual(deedOf({ type: "view_submission", user, view }), {
      kind: "view_submission declare",
      by: { user: "U1", channel: "C1", deed: "form" },
    });
  });

  test("of an invitation, whoever invited", () => {
    const event = { type: "member_joined_channel", user: "UBOT", inviter: "U1", channel: "C1" };
    assert.deepEqual(deedOf({ type: "event_callback", event }), {
      kind: "member_joined_channel",
      by: { user: "U1", channel: "C1", deed: "invitation" },
    });
  });

  test("of somebody else who was invited into a channel nobody", () => {
    const event = { type: "member_joined_channel", user: "U2", inviter: "U1", channel: "C1" };
    const authorizations = [{ user_id: "UBOT" }];
    assert.equal(deedOf({ type: "event_callback", event, authorizations }).by, null);
    const ours = { ...event, user: "UBOT" };
    assert.equal(
      deedOf({ type: "event_callback", event: ours, authorizations }).by?.deed,
      "invitation",
    );
  });

  test("of anything else nobody, and it still has a kind", () => {
    const event = { type: "channel_created", channel };
    assert.deepEqual(deedOf({ type: "event_callback", event }), {
      kind: "channel_created",
      by: null,
    });
    assert.deepEqual(deedOf({ type: "block_actions" }), { kind: "block_actions", by: null });
    assert.deepEqual(deedOf({}), { kind: "unknown", by: null });
  });
});
