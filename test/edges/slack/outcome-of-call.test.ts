import assert from "node:assert/strict";
import { noPicture } from "./posting.ts";
import { after, before, describe, test } from "node:test";
import { outcomeOfError } from "../../../src/edges/slack/outcome-of-call.ts";
import { sendRow } from "../../../src/edges/slack/send.ts";
import type { Outbox } from "../../../src/flows/outbox.ts";
import { openAnswering, refusing, status, type Answering } from "./answering.ts";

let answering: Answering;
before(async () => {
  answering = await openAnswering();
});
after(() => answering[Symbol.asyncDispose]());

async function outcome(said: Answering["answer"]) {
  answering.answer = said;
  try {
    await answering.client.chat.postMessage({ channel: "C1", text: "hello" });
  } catch (error) {
    return outcomeOfError(error);
  }
  throw new Error("it was taken");
}

describe("what a call came to", () => {
  const cases: Readonly<Record<string, readonly [Answering["answer"], string]>> = {
    "is_archived is for good": [refusing("is_archived"), "refused"],
    "not_in_channel is for good": [refusing("not_in_channel"), "refused"],
    "channel_not_found is for good": [refusing("channel_not_found"), "refused"],
    "invalid_blocks is for good": [refusing("invalid_blocks"), "refused"],
    "an error that nobody has heard of is for good": [refusing("brand_new_error"), "refused"],
    "internal_error may have arrived": [refusing("internal_error"), "unclear"],
    "fatal_error may have arrived": [refusing("fatal_error"), "unclear"],
    "a revoked token is waited for": [refusing("token_revoked"), "held-back"],
    "an unknown token is waited for": [refusing("invalid_auth"), "held-back"],
    "ratelimited with 200 is waited for": [refusing("ratelimited"), "held-back"],
    "429 is waited for": [status(429, { "retry-after": "3" }), "held-back"],
    "500 may have arrived": [status(500), "unclear"],
    "502 may have arrived": [status(502), "unclear"],
    "a hang-up may have arrived": [(response) => response.destroy(), "unclear"],
    "an answer cut short may have arrived": [
      (response) => {
        response.writeHead(200, { "content-length": "500" }).write("{");
        setImmediate(() => response.destroy());
      },
      "unclear",
    ],
  };
  for (const [name, [said, kind]] of Object.entries(cases)) {
    test(name, async () => assert.equal((await outcome(said)).kind, kind));
  }

  test("429 says for how long", async () => {
    const held = await outcome(status(429, { "retry-after": "3" }));
    assert.equal(held.kind === "held-back" && held.afterMs, 3_000);
  });

  test("each is asked once: the client does not try again by itself", async () => {
    let calls = 0;
    for (const said of [
      status(500),
      status(429, { "retry-after": "0" }),
      refusing("fatal_error"),
    ]) {
      calls = 0;
      await outcome((response, request) => {
        calls += 1;
        said(response, request);
      });
      assert.equal(calls, 1);
    }
  });
});

const row = {
  id: "box_1",
  channel: "C1",
  key: "join",
  payload: { kind: "join" },
  triedAt: null,
  attempts: 0,
  createdAt: new Date(),
} as const;
const lease = { channel: row.channel, id: "1" };

test("a message that Slack lets nobody edit any more is left as it reads", async () => {
  answering.answer = refusing("edit_window_closed");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an edit asks for nothing else
  const outbox = { tsOf: () => Promise.resolve("1.1") } as unknown as Outbox;
  const body = { text: "later", blocks: [] };
  const payload = { kind: "message", as: "answer", place: { in: "channel" }, body } as const;
  const sending = { client: answering.client, outbox, lease, row: { ...row, payload } };
  assert.deepEqual(await sendRow(sending, payload, noPicture), {
    kind: "refused",
    reason: "edit_window_closed",
  });
});

describe("an app that may not join channels by itself", () => {
  test("goes on with what it has to say", async () => {
    answering.answer = refusing("missing_scope");
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- joining asks nothing of the outbox
    const outbox = {} as Outbox;
    const sending = { client: answering.client, outbox, lease, row };
    const came = await sendRow(sending, row.payload, noPicture);
    assert.deepEqual(came, { kind: "refused", reason: "missing_scope" });
  });
});
