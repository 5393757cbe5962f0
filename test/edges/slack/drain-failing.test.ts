import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { sql } from "drizzle-orm";
import { slackClient } from "../../../src/program/slack.ts";
import { until } from "../../until.ts";
import { openPosting, said, silentLog, type Posting } from "./posting.ts";

let posting: Posting;
before(async () => {
  posting = await openPosting();
});
after(() => posting[Symbol.asyncDispose]());
afterEach(() => posting.slack.faults.clear());

describe("while something keeps failing", () => {
  test("a channel is tried at growing intervals, not in a loop", async () => {
    const channel = posting.channel();
    posting.slack.faults.add({ kind: "server-error", method: "chat.postMessage", times: 100 });
    const outbox = posting.outbox();
    const waitsMs: number[] = [];
    await posting.put(said(channel, "never mind"));
    await using drain = posting.drain({
      outbox: {
        ...outbox,
        // What it asks for is kept, and not waited for.
        release: (lease, notBeforeMs) => {
          waitsMs.push(notBeforeMs);
          return outbox.release(lease, 0);
        },
      },
    });
    await until("it was tried often", () => waitsMs.length >= 7);
    await drain[Symbol.asyncDispose]();
    assert.deepEqual(waitsMs.slice(0, 7), [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    assert.equal((await posting.rows(channel))[0]?.state, "pending");
  });

  test("a database that is away is asked twice a second, and one that loses a channel's row later", async () => {
    const gone = () => Promise.reject(new Error("the database is away"));
    const outbox = posting.outbox();
    await using away = posting.drain({ outbox: { ...outbox, lease: gone } });
    await until("it was asked thrice", () => away.troubles.length >= 3);
    const begun = performance.now();
    const before = away.troubles.length;
    await until("and twice more", () => away.troubles.length >= before + 2);
    assert.ok(performance.now() - begun > 700);

    const channel = posting.channel();
    await posting.put(said(channel, "stuck"));
    const waits: number[] = [];
    await using broken = posting.drain({
      outbox: {
        ...outbox,
        first: gone,
        release: (lease, ms) => {
          waits.push(ms);
          return outbox.release(lease, ms);
        },
      },
    });
    const trouble = await until("a trouble", () => broken.troubles[0]);
    assert.match(trouble, /outbox of C.*the database is away/);
    assert.ok(Number(waits[0]) >= 1_000);
  });

  test("what is said of it holds nothing of what a query was asked with", async () => {
    const { db } = posting.opened;
    const failing = () => db.execute(sql`select ${"canary"}::int`).then(() => null);
    const outbox = posting.outbox();
    const channel = posting.channel();
    await posting.put(said(channel, "stuck"));
    await using inChannel = posting.drain({ outbox: { ...outbox, first: failing } });
    await until("a trouble", () => inChannel.troubles.length > 0);
    await using everywhere = posting.drain({ outbox: { ...outbox, nextDueMs: failing } });
    await until("another trouble", () => everywhere.troubles.length > 0);
    for (const trouble of [...inChannel.troubles, ...everywhere.troubles]) {
      assert.match(trouble, /invalid input syntax/);
      assert.doesNotMatch(trouble, /canary/);
    }
  });

  test("a token that Slack does not know holds everything back and is named, and nothing is lost", async () => {
    const channel = posting.channel();
    await posting.put(said(channel, "later"));
    const access = { botToken: "xoxb-wrong", apiUrl: posting.slack.apiUrl };
    const drain = posting.drain({ client: slackClient(access, silentLog) });
    await until("the trouble is told", () => drain.troubles.length > 0);
    await drain[Symbol.asyncDispose]();
    assert.match(drain.troubles[0] ?? "", /invalid_auth: check SLACK_BOT_TOKEN/);
    await using mended = posting.drain();
    await posting.settled(channel, mended);
    assert.equal(posting.slack.messages(channel).at(-1)?.text, "later");
  });
});
