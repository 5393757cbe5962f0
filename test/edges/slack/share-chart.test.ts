import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import type { Chart } from "../../../src/chart/chart.ts";
import type { Effect } from "../../../src/flows/change.ts";
import type { OutboxId } from "../../../src/vocabulary.ts";
import { until } from "../../until.ts";
import { effect, openPosting, said, type Posting } from "./posting.ts";

const png = Buffer.from("89504e470d0a1a0a", "hex");
const chart: Chart = { from: 0, to: 60, onset: 30, panels: [], markers: [] };

function chartIn(
  channel: string,
  told: { id?: OutboxId; under?: string; threadTs?: string } = {},
): Effect {
  const { under = "living", id, ...thread } = told;
  const words = { title: "p99 of checkout", alt: "p99 rose", comment: "p99 rose &lt;5&gt;" };
  const made = effect(channel, "chart", { kind: "chart", under, chart, ...words, ...thread });
  return id === undefined ? made : { ...made, id };
}

let posting: Posting;
before(async () => {
  posting = await openPosting();
});
after(() => posting[Symbol.asyncDispose]());
afterEach(() => posting.slack.faults.clear());

const draw = () => Promise.resolve(new Uint8Array(png));
const living = (channel: string) => posting.ours(channel)[0]?.ts ?? "";
const pictures = (channel: string) =>
  posting.slack.replies(channel, living(channel)).flatMap(({ files = [] }) => files);
const states = async (channel: string) =>
  (await posting.rows(channel)).map(({ state, refusal }) => refusal ?? state);

async function sent(channel: string, draw: () => Promise<Uint8Array>, ...more: Effect[]) {
  await using drain = posting.drain({ draw });
  await posting.put(said(channel, "living"), chartIn(channel), ...more);
  await posting.settled(channel, drain);
  return drain.troubles;
}

describe("a chart", () => {
  test("is drawn when it is sent, and shown once under its message with its words", async () => {
    const channel = posting.channel();
    assert.deepEqual(await sent(channel, draw), []);
    const [shown, ...others] = pictures(channel);
    assert.deepEqual(others, []);
    assert.ok(shown);
    assert.equal(shown.title, "p99 of checkout");
    assert.equal(shown["alt_txt"], "p99 rose");
    assert.equal(shown.mimetype, "image/png");
    assert.deepEqual(posting.replies(channel, living(channel)), ["p99 rose &lt;5&gt;"]);
    const answer = await fetch(shown.permalink);
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), png);
  });

  test("that was written before, as by an earlier reading, is not written again", async () => {
    const channel = posting.channel();
    const id: OutboxId = `box_again-${channel}`;
    await using drain = posting.drain({ draw });
    await posting.put(said(channel, "living"), chartIn(channel, { id }));
    await posting.settled(channel, drain);
    await posting.put(chartIn(channel, { id }), said(channel, "later"));
    await posting.settled(channel, drain);
    assert.equal(pictures(channel).length, 1);
    assert.deepEqual(await states(channel), ["sent", "sent", "sent"]);
  });

  test("under an answer in a thread goes into that thread, for Slack takes no reply's own time", async () => {
    const channel = posting.channel();
    await using drain = posting.drain({ draw });
    await posting.put(said(channel, "living"));
    await posting.settled(channel, drain);
    const threadTs = living(channel);
    await posting.put(chartIn(channel, { under: "nothing", threadTs }));
    await posting.settled(channel, drain);
    assert.equal(pictures(channel).length, 1);
  });

  test("whose message was never posted is given up", async () => {
    const channel = posting.channel();
    await using drain = posting.drain({ draw });
    await posting.put(chartIn(channel, { under: "nothing" }));
    await posting.settled(channel, drain);
    assert.deepEqual(await states(channel), ["the message above it was not posted"]);
  });
});

describe("a chart that fails is given up with a word, and the messages behind it go on", () => {
  const later = (channel: string) => said(channel, "later");

  test("where it cannot be drawn", async () => {
    const channel = posting.channel();
    const troubles = await sent(
      channel,
      () => Promise.reject(new Error("no font")),
      later(channel),
    );
    assert.deepEqual(troubles, [`Slack refused a chart in ${channel}: no font`]);
    assert.deepEqual(posting.texts(channel), ["living", "later"]);
  });

  for (const method of ["files.getUploadURLExternal", "files.completeUploadExternal"]) {
    for (const kind of ["rate-limited", "server-error", "hang-up"] as const) {
      test(`where Slack answers ${method} with ${kind}`, async () => {
        const channel = posting.channel();
        posting.slack.faults.add({ method, kind, retryAfterSeconds: 600 });
        const troubles = await sent(channel, draw, later(channel));
        assert.equal(troubles.length, 1, troubles.join("\n"));
        assert.match(troubles[0] ?? "", /^Slack refused a chart in /);
        assert.deepEqual(posting.texts(channel), ["living", "later"]);
        assert.deepEqual(pictures(channel), []);
      });
    }
  }
});

describe("two pictures are never made of one", () => {
  test("where the answer to the last call was lost", async () => {
    const channel = posting.channel();
    posting.slack.faults.add({ method: "files.completeUploadExternal", kind: "answer-lost" });
    assert.equal((await sent(channel, draw, said(channel, "later"))).length, 1);
    assert.equal(pictures(channel).length, 1);
    assert.deepEqual(posting.texts(channel), ["living", "later"]);
  });

  test("where a sender died at any point after it had begun", async () => {
    const channel = posting.channel();
    await posting.put(said(channel, "living"));
    {
      await using drain = posting.drain({ draw });
      await posting.settled(channel, drain);
    }
    await posting.put(chartIn(channel));
    await posting.opened.sql`
      update outbox set attempted_at = now(), attempts = 1
      where channel_id = ${channel} and state = 'pending'`;
    await using drain = posting.drain({ draw });
    await until("it is refused", async () => (await states(channel)).length === 2);
    await posting.settled(channel, drain);
    assert.deepEqual(await states(channel), ["sent", "it may have arrived before"]);
    assert.deepEqual(pictures(channel), []);
  });
});
