import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { until } from "../../until.ts";
import { ana, openPosting, said, under, type Posting } from "./posting.ts";

let posting: Posting;
before(async () => {
  posting = await openPosting();
});
after(() => posting[Symbol.asyncDispose]());
afterEach(() => posting.slack.faults.clear());

describe("a message that somebody deleted", () => {
  const deleteOurs = (channel: string) =>
    posting.slack.deleteMessage(channel, posting.ours(channel)[0]?.ts ?? "");

  test("in the channel is posted again at its next update, and is the one that is edited and answered from then on", async () => {
    const channel = posting.channel();
    await using drain = posting.drain();
    await posting.put(said(channel, "living"));
    await posting.settled(channel, drain);
    deleteOurs(channel);
    await posting.put(said(channel, "again", { key: "living" }));
    await posting.settled(channel, drain);
    await posting.put(
      said(channel, "again, edited", { key: "living" }),
      said(channel, "below", { place: under("living") }),
    );
    await posting.settled(channel, drain);
    assert.deepEqual(posting.texts(channel), ["again, edited"]);
    const living = posting.ours(channel)[0];
    assert.deepEqual(posting.replies(channel, living?.ts ?? ""), ["below"]);
    assert.equal(posting.calls(channel, "chat.postMessage").length, 3);
    assert.deepEqual(drain.troubles, []);
  });

  test("is posted again once, also where the answer to that is lost", async () => {
    const channel = posting.channel();
    await using drain = posting.drain();
    await posting.put(said(channel, "living"));
    await posting.settled(channel, drain);
    deleteOurs(channel);
    posting.slack.faults.add({ kind: "answer-lost", method: "chat.postMessage" });
    await posting.put(said(channel, "again", { key: "living" }));
    await posting.settled(channel, drain);
    await posting.put(said(channel, "again, edited", { key: "living" }));
    await posting.settled(channel, drain);
    assert.deepEqual(posting.texts(channel), ["again, edited"]);
    assert.equal(posting.calls(channel, "chat.postMessage").length, 2);
  });

  test("in a thread stays deleted, which is nobody's trouble, and the next message goes out", async () => {
    const channel = posting.channel();
    await using drain = posting.drain();
    await posting.put(said(channel, "living"), said(channel, "below", { place: under("living") }));
    await posting.settled(channel, drain);
    const living = posting.ours(channel)[0]?.ts ?? "";
    posting.slack.deleteMessage(channel, posting.slack.replies(channel, living)[1]?.ts ?? "");
    await posting.put(
      said(channel, "edit", { key: "below", place: under("living") }),
      said(channel, "next", { place: under("living") }),
    );
    await posting.settled(channel, drain);
    assert.deepEqual(posting.replies(channel, living), ["next"]);
    assert.equal((await posting.rows(channel))[2]?.refusal, "it was deleted");
    assert.deepEqual(drain.troubles, []);
  });

  test("is like one that is not ours any more", async () => {
    const channel = posting.channel();
    const row = said(channel, "living");
    await posting.put(row);
    const ts = posting.slack.say({ channel, user: ana, text: "posted by another app" });
    await posting.outbox().sent(row.id, ts);
    await using drain = posting.drain();
    await posting.put(said(channel, "ours", { key: "living" }));
    await posting.settled(channel, drain);
    assert.deepEqual(posting.texts(channel), ["ours"]);
  });
});

describe("a sender that stands still for longer than its lease", () => {
  const leaseRunsOut = (channel: string) =>
    posting.opened.sql`update outbox_lease set leased_until = now() where channel_id = ${channel}`;

  test("does not post what another has sent meanwhile", async () => {
    const channel = posting.channel();
    await posting.put(said(channel, "once"));
    const outbox = posting.outbox();
    const [standing, goesOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = posting.drain({
      outbox: {
        ...outbox,
        tsOf: async (...about) => {
          standing.resolve();
          const known = await outbox.tsOf(...about);
          await goesOn.promise;
          return known;
        },
      },
    });
    await standing.promise;
    await leaseRunsOut(channel);
    await using other = posting.drain();
    await posting.settled(channel, other);
    goesOn.resolve();
    await slow[Symbol.asyncDispose]();
    assert.deepEqual(posting.texts(channel), ["once"]);
  });

  test("does not take the channel a second time while its first turn is under way", async () => {
    const channel = posting.channel();
    await posting.put(said(channel, "once"));
    const outbox = posting.outbox();
    const [standing, goesOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let looks = 0;
    await using drain = posting.drain({
      outbox: {
        ...outbox,
        lease: (...asked) => {
          looks += 1;
          return outbox.lease(...asked);
        },
        renew: async (...about) => {
          const isHeld = await outbox.renew(...about);
          standing.resolve();
          await goesOn.promise;
          return isHeld;
        },
      },
    });
    await standing.promise;
    await leaseRunsOut(channel);
    const before = looks;
    await until("it has looked for work", () => {
      drain.wake();
      return looks > before + 3;
    });
    goesOn.resolve();
    await posting.settled(channel, drain);
    assert.equal(posting.calls(channel, "chat.postMessage").length, 1);
    assert.equal((await posting.rows(channel))[0]?.attempts, 1);
  });
});
