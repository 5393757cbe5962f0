import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import type { Lease, Outbox } from "../../../src/flows/outbox.ts";
import { until } from "../../until.ts";
import { ana, effect, openPosting, said, under, type Posting } from "./posting.ts";

let posting: Posting;
before(async () => {
  posting = await openPosting();
});
after(() => posting[Symbol.asyncDispose]());
afterEach(() => posting.slack.faults.clear());

const leaseOf = async (outbox: Outbox, channel: string): Promise<Lease> => {
  const lease = (await outbox.lease(10, [])).find((each) => each.channel === channel);
  assert.ok(lease);
  return lease;
};
const aside = (channel: string, text: string) =>
  effect(channel, text, { kind: "ephemeral", to: ana, body: { text, blocks: [] } });

describe("messages are sent", () => {
  test("in the order of their channel, at most one a second, edits at once", async () => {
    const channel = posting.channel();
    await posting.put(said(channel, "living"), said(channel, "steps"));
    await using drain = posting.drain();
    await until("the first", () => posting.texts(channel).length === 1);
    await posting.put(said(channel, "living, edited", { key: "living" }));
    await until("all", () => drain.sent.length === 3);
    assert.deepEqual(posting.texts(channel), ["living, edited", "steps"]);
    const [first, second] = posting
      .calls(channel, "chat.postMessage")
      .map(({ at }) => at.getTime());
    assert.ok(Number(second) - Number(first) >= 950);
    const [edited] = posting.calls(channel, "chat.update").map(({ at }) => at.getTime());
    assert.ok(Number(edited) - Number(second) >= 0);
  });

  test("without the addresses that are not to leave, posted and edited", async () => {
    const channel = posting.channel();
    await using drain = posting.drain({ addresses: { emails: true, ips: true } });
    await posting.put(said(channel, "ask ana@shop.test", { key: "living" }));
    await until("the first", () => drain.sent.length === 1);
    assert.deepEqual(posting.texts(channel), ["ask [e-mail]"]);
    await posting.put(said(channel, "from 203.0.114.9", { key: "living" }));
    await until("the edit", () => drain.sent.length === 2);
    assert.deepEqual(posting.texts(channel), ["from [ip]"]);
  });

  test("of several channels side by side", async () => {
    const channels = [1, 2, 3, 4, 5].map(() => posting.channel());
    const outbox = posting.outbox();
    const isPosted = () => channels.every((channel) => posting.texts(channel).length === 1);
    await posting.put(...channels.map((channel) => said(channel, "hello")));
    await using drain = posting.drain({
      outbox: {
        ...outbox,
        // None of them is done before all of them are posted.
        sent: async (id, ts) => {
          await until("all", isPosted);
          await outbox.sent(id, ts);
        },
      },
    });
    await until("they are recorded", () => drain.sent.length === channels.length);
  });

  test("also when nobody wakes the drain", async () => {
    await using _drain = posting.drain();
    const channel = posting.channel();
    await posting.put(said(channel, "unannounced"));
    await until("it is there", () => posting.texts(channel).length === 1);
  });

  test("into the thread of another of ours, and of one of a person's", async () => {
    const channel = posting.channel();
    const asked = posting.slack.say({ channel, user: ana, text: "why?" });
    await using drain = posting.drain();
    await posting.put(
      said(channel, "living"),
      said(channel, "below", { place: under("living") }),
      said(channel, "because", { place: { in: "thread", of: { ts: asked } } }),
    );
    await posting.settled(channel, drain);
    const living = posting.ours(channel)[0];
    assert.deepEqual(posting.replies(channel, living?.ts ?? ""), ["below"]);
    assert.deepEqual(posting.replies(channel, asked), ["because"]);
  });

  test("without a look at the history, without unfurling, and with the row's id in the metadata", async () => {
    const channel = posting.channel();
    const row = said(channel, "living");
    await using drain = posting.drain();
    await posting.put(row);
    await posting.settled(channel, drain);
    assert.equal(posting.calls(channel, "conversations.history").length, 0);
    const [message] = posting.ours(channel);
    assert.deepEqual(message?.metadata?.event_payload, { id: row.id });
    const [call] = posting.calls(channel, "chat.postMessage");
    assert.equal(String(call?.args["unfurl_links"]), "false");
    assert.equal(String(call?.args["unfurl_media"]), "false");
  });

  test("after the bot has joined, where the flow asked for that", async () => {
    const channel = posting.channel(false);
    await using drain = posting.drain();
    await posting.put(effect(channel, "join", { kind: "join" }), said(channel, "here I am"));
    await posting.settled(channel, drain);
    assert.deepEqual(posting.texts(channel), ["here I am"]);
  });

  test("no more once they are a day old", async () => {
    const channel = posting.channel();
    await posting.put(said(channel, "yesterday's news"));
    await using drain = posting.drain({ now: () => new Date(Date.now() + 24.1 * 3_600_000) });
    await posting.settled(channel, drain);
    assert.deepEqual(posting.texts(channel), []);
    assert.equal((await posting.rows(channel))[0]?.state, "refused");
  });
});

describe("what Slack does not take", () => {
  test("429 holds the channel back as long as Slack says, over a restart too; nothing counts as tried", async () => {
    const [channel, other] = [posting.channel(), posting.channel()];
    posting.slack.faults.add({
      kind: "rate-limited",
      method: "chat.postMessage",
      retryAfterSeconds: 3_600,
    });
    await posting.put(said(channel, "patience"), said(channel, "after it"));
    const drain = posting.drain();
    await until("the 429", () => posting.calls(channel, "chat.postMessage").length === 1);
    await posting.put(said(other, "meanwhile"));
    drain.wake();
    await until("the other channel", () => posting.texts(other).length === 1);
    await drain[Symbol.asyncDispose]();
    assert.equal((await posting.rows(channel))[0]?.attempts, 0);
    const dueMs = (await posting.outbox().nextDueMs()) ?? 0;
    assert.ok(dueMs > 1_800_000 && dueMs <= 3_600_000, String(dueMs));
    await using restarted = posting.drain();
    await posting.settled(channel, restarted);
    assert.deepEqual(posting.texts(channel), ["patience", "after it"]);
    assert.equal(posting.calls(channel, "conversations.history").length, 0);
    assert.deepEqual(drain.troubles, []);
  });

  test("5xx, a hang-up and a lost answer: each message is there once, in order, and edited in place", async () => {
    const kinds = ["server-error", "hang-up", "answer-lost"] as const;
    const channels = kinds.map(() => posting.channel());
    await using drain = posting.drain();
    for (const [index, kind] of kinds.entries()) {
      const channel = channels[index] ?? "";
      posting.slack.faults.add({ kind, method: "chat.postMessage" });
      await posting.put(said(channel, "one"), said(channel, "two"));
      drain.wake();
      await until("the fault has struck", () => drain.troubles.length > index);
      await posting.put(said(channel, "one, edited", { key: "one" }));
    }
    for (const channel of channels) {
      await posting.settled(channel, drain);
      assert.deepEqual(posting.texts(channel), ["one, edited", "two"]);
    }
    const posts = channels.map((channel) => posting.calls(channel, "chat.postMessage").length);
    assert.deepEqual(posts, [3, 3, 2]);
  });

  test("the same in a thread, where Slack's history does not show it", async () => {
    const channel = posting.channel();
    await using drain = posting.drain();
    await posting.put(said(channel, "living"));
    await posting.settled(channel, drain);
    posting.slack.faults.add({ kind: "answer-lost", method: "chat.postMessage" });
    await posting.put(
      said(channel, "first", { place: under("living") }),
      said(channel, "second", { place: under("living") }),
    );
    await posting.settled(channel, drain);
    const living = posting.ours(channel)[0];
    assert.deepEqual(posting.replies(channel, living?.ts ?? ""), ["first", "second"]);
  });

  test("an answer lost before a crash, with a busy channel since: the next process finds the message", async () => {
    const channel = posting.channel();
    const row = said(channel, "once");
    await posting.put(row);
    const crashed = posting.outbox();
    const lease = await leaseOf(crashed, channel);
    const first = await crashed.first(channel);
    assert.ok(first && (await crashed.attempt(lease, first)));
    const metadata = { event_type: "hindsight_outbox", event_payload: { id: row.id } };
    await posting.client.chat.postMessage({ channel, text: "once", metadata });
    for (let n = 0; n < 450; n += 1) posting.slack.say({ channel, user: ana, text: `talk ${n}` });
    await posting.opened.sql`
      update outbox_lease set leased_until = now() where channel_id = ${channel}`;
    await using drain = posting.drain();
    await posting.settled(channel, drain);
    assert.deepEqual(posting.texts(channel), ["once"]);
    assert.equal(posting.calls(channel, "conversations.history").length, 3);
  });

  test("a message whose event came back is sent, and is not looked for", async () => {
    const channel = posting.channel();
    const row = said(channel, "confirmed");
    await posting.put(row);
    const outbox = posting.outbox();
    const lease = await leaseOf(outbox, channel);
    const first = await outbox.first(channel);
    assert.ok(first && (await outbox.attempt(lease, first)));
    const ts = posting.slack.say({ channel, user: ana, text: "stands for ours" });
    await posting.outbox().sent(row.id, ts);
    await outbox.release(lease, 0);
    await using drain = posting.drain();
    drain.wake();
    await posting.settled(channel, drain);
    assert.deepEqual(posting.calls(channel, "chat.postMessage"), []);
    assert.equal((await posting.rows(channel))[0]?.message_ts, ts);
  });

  test("an archived channel's messages are refused, with those below them, and stall no other channel", async () => {
    const [archived, alive] = [posting.channel(), posting.channel()];
    posting.slack.archive(archived);
    await using drain = posting.drain();
    await posting.put(
      said(archived, "living"),
      said(archived, "below", { place: under("living") }),
      said(alive, "living"),
    );
    await until("the other channel", () => posting.texts(alive).length === 1);
    await posting.settled(archived, drain);
    assert.deepEqual(
      (await posting.rows(archived)).map(({ state, refusal }) => [state, refusal]),
      [
        ["refused", "is_archived"],
        ["refused", "the message above it was not posted"],
      ],
    );
    assert.match(drain.troubles[0] ?? "", /refused a message in C.*is_archived/);
  });

  test("an ephemeral message is sent once, after 429 too, and never again after a lost answer", async () => {
    const channel = posting.channel();
    await using drain = posting.drain();
    posting.slack.faults.add({ kind: "rate-limited", method: "chat.postEphemeral" });
    await posting.put(aside(channel, "held back"));
    await posting.settled(channel, drain);
    posting.slack.faults.add({ kind: "answer-lost", method: "chat.postEphemeral" });
    await posting.put(aside(channel, "lost"), aside(channel, "last"));
    await posting.settled(channel, drain);
    const shown = posting.slack.ephemerals(channel, ana).map(({ text }) => text);
    assert.deepEqual(shown, ["held back", "lost", "last"]);
  });
});
