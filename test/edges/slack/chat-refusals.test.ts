import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { errorWords } from "../../../src/error-words.ts";
import { chatOn } from "../../../src/edges/slack/chat.ts";
import type { Chat } from "../../../src/flows/chat.ts";
import { openAnswering, refusing, saying, status, type Answering } from "./answering.ts";

let answering: Answering;
let chat: Chat;
before(async () => {
  answering = await openAnswering();
  chat = chatOn(answering.client, () => false);
});
after(() => answering[Symbol.asyncDispose]());

const reads: Readonly<Record<string, (from: Chat) => Promise<unknown>>> = {
  "what a channel is": (from) => from.channel("C1"),
  "who is a member": (from) => from.isMember("C1", "U1"),
  "a channel's messages": (from) => from.recentMessages("C1", null),
  "a thread's messages": (from) => from.recentMessages("C1", "1.1"),
};
const nothing: Readonly<Record<string, unknown>> = {
  "what a channel is": null,
  "who is a member": false,
  "a channel's messages": [],
  "a thread's messages": [],
};

describe("there is nothing to see, says Slack", () => {
  for (const error of [
    "channel_not_found",
    "not_in_channel",
    "thread_not_found",
    "message_not_found",
    "missing_scope",
  ]) {
    test(`${error} is an answer`, async () => {
      answering.answer = refusing(error);
      for (const [what, read] of Object.entries(reads)) {
        assert.deepEqual(await read(chat), nothing[what], what);
      }
    });
  }
});

describe("Slack cannot tell", () => {
  for (const error of [
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "ratelimited",
    "fetch_members_failed",
    "invalid_auth",
    "token_revoked",
    "an_error_that_nobody_has_heard_of",
  ]) {
    test(`${error} is no answer, and is asked again`, async () => {
      answering.answer = refusing(error);
      for (const [what, read] of Object.entries(reads)) {
        await assert.rejects(read(chat), (thrown) => errorWords(thrown).includes(error), what);
      }
    });
  }

  test("nor are 429 and 500", async () => {
    for (const answer of [status(429, { "retry-after": "1" }), status(500)]) {
      answering.answer = answer;
      for (const [what, read] of Object.entries(reads)) await assert.rejects(read(chat), what);
    }
  });

  test("on the second page of the members nobody is taken for a stranger", async () => {
    let pages = 0;
    answering.answer = (response, request) => {
      pages += 1;
      const page = { ok: true, members: ["U2"], response_metadata: { next_cursor: "more" } };
      (pages === 1 ? saying(page) : refusing("internal_error"))(response, request);
    };
    await assert.rejects(chat.isMember("C1", "U1"), /internal_error/);
    assert.equal(pages, 2);
  });
});

test("whom Slack does not show in a channel is no full member; where it lets nobody be asked about, all are", async () => {
  let refused = "user_not_visible";
  answering.answer = (response, request) => {
    const { url = "" } = request;
    const body = url.endsWith("conversations.info")
      ? { ok: true, channel: { id: "C1", name: "pages" } }
      : url.endsWith("conversations.members")
        ? { ok: true, members: ["U1"] }
        : { ok: false, error: refused };
    saying(body)(response, request);
  };
  const fresh = () => chatOn(answering.client, () => false);
  assert.equal((await fresh().channel("C1"))?.kind, "external");
  refused = "missing_scope";
  assert.equal((await fresh().channel("C1"))?.kind, "public");
  refused = "internal_error";
  await assert.rejects(fresh().channel("C1"), /internal_error/);
});

test("somebody has left who is deactivated or unknown to Slack, and nobody whom it does not show", async () => {
  const told = async (answer: Answering["answer"]) => {
    answering.answer = answer;
    return chat.hasLeft("U1");
  };
  assert.equal(await told(saying({ ok: true, user: { id: "U1", deleted: true } })), true);
  assert.equal(await told(saying({ ok: true, user: { id: "U1" } })), false);
  assert.equal(await told(refusing("user_not_found")), true);
  assert.equal(await told(refusing("user_not_visible")), false);
  assert.equal(await told(refusing("missing_scope")), false);
  await assert.rejects(told(refusing("internal_error")), /internal_error/);
});
