import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import type { OutboxPayload } from "../../../src/flows/change.ts";
import { ana, effect, openPosting, said, type Posting } from "./posting.ts";

let posting: Posting;
before(async () => {
  posting = await openPosting();
});
after(() => posting[Symbol.asyncDispose]());
afterEach(() => posting.slack.faults.clear());

async function sent(channel: string, ...payloads: readonly OutboxPayload[]) {
  await using drain = posting.drain();
  await posting.put(...payloads.map((each) => effect(channel, `${each.kind}:${channel}`, each)));
  await posting.settled(channel, drain);
  return drain.troubles;
}
const bo = "U000000000BO";
const topic = (text: string): OutboxPayload => ({
  kind: "topic",
  text,
  by: posting.slack.botUserId,
});
const bookmarks = (...links: readonly [title: string, link: string][]): OutboxPayload => ({
  kind: "bookmarks",
  links: links.map(([title, link]) => ({ title, link })),
});
const marked = (channel: string) =>
  posting.slack.channel(channel).bookmarks.map(({ title, link }) => [title, link]);
const states = async (channel: string) =>
  (await posting.rows(channel)).map(({ state, refusal }) => refusal ?? state);

describe("the topic of a channel", () => {
  test("is set where there is none, and set anew where it is ours", async () => {
    const channel = posting.channel();
    await sent(channel, topic("SEV3 | investigating | A &amp; B | no lead"));
    assert.equal(
      posting.slack.channel(channel).topic,
      "SEV3 | investigating | A &amp; B | no lead",
    );
    await sent(channel, topic("SEV1 | identified | A &amp; B | no lead"));
    await sent(channel, topic("SEV1 | identified | A &amp; B | no lead"));
    assert.match(posting.slack.channel(channel).topic, /^SEV1 /);
    assert.equal(posting.calls(channel, "conversations.setTopic").length, 2, "the same is not set");
  });

  test("stays as a person set it", async () => {
    const channel = posting.channel();
    posting.slack.setTopic(channel, "Everything about checkout", ana);
    assert.deepEqual(await sent(channel, topic("SEV3 | investigating | x | no lead")), []);
    assert.equal(posting.slack.channel(channel).topic, "Everything about checkout");
    assert.deepEqual(await states(channel), ["somebody set a topic"]);
  });

  test("that waits is replaced by the next", async () => {
    const channel = posting.channel();
    const key = `topic:${channel}`;
    await posting.put(
      effect(channel, key, topic("SEV3 | one")),
      effect(channel, key, topic("SEV1 | two")),
    );
    assert.equal((await posting.rows(channel)).length, 1);
    await using drain = posting.drain();
    await posting.settled(channel, drain);
    assert.equal(posting.slack.channel(channel).topic, "SEV1 | two");
  });
});

describe("an invitation", () => {
  test("takes somebody into the channel, once, and is no trouble where they are in it", async () => {
    const channel = posting.channel();
    const invite = { kind: "invite", user: bo } as const;
    assert.deepEqual(await sent(channel, invite), []);
    assert.ok(posting.slack.channel(channel).members.includes(bo));
    assert.deepEqual(await sent(channel, invite), []);
    assert.deepEqual(await states(channel), ["sent", "sent"]);
  });

  test("of somebody whom Slack does not let in is refused, and what follows is sent", async () => {
    const channel = posting.channel();
    await posting.put(effect(channel, "invite", { kind: "invite", user: "UNOBODY" }));
    await posting.put(said(channel, "living"));
    await using drain = posting.drain();
    await posting.settled(channel, drain);
    assert.deepEqual(await states(channel), ["user_not_found", "sent"]);
  });
});

describe("a pin", () => {
  test("is put on our message, once", async () => {
    const channel = posting.channel();
    await posting.put(said(channel, "living"));
    assert.deepEqual(await sent(channel, { kind: "pin", of: "living" }), []);
    assert.deepEqual(await sent(channel, { kind: "pin", of: "living" }), []);
    assert.deepEqual(
      posting.ours(channel).map(({ pinned_to: pinned }) => pinned),
      [[channel]],
    );
    assert.deepEqual(await sent(channel, { kind: "pin", of: "never posted" }), []);
  });
});

describe("bookmarks", () => {
  test("are put beside those of people, none twice, and moved where their address changed", async () => {
    const channel = posting.channel();
    const own = ["Ours", "https://runbooks.example/a"] as const;
    posting.slack.channel(channel).bookmarks.push({ id: "Bk1", title: own[0], link: own[1] });
    const [runbook, board] = ["https://runbooks.example/b", "https://grafana.example/d/1"];
    await sent(channel, bookmarks(["Runbook: checkout", own[1]], ["Runbook 2: checkout", runbook]));
    assert.deepEqual(marked(channel), [[...own], ["Runbook 2: checkout", runbook]]);
    await sent(channel, bookmarks(["Runbook 2: checkout", board]));
    assert.deepEqual(marked(channel), [[...own], ["Runbook 2: checkout", board]]);
  });
});

describe("what Slack does not let us mark", () => {
  test("is said once with the mend, and nothing waits for it", async () => {
    const [channel, other] = [posting.channel(), posting.channel()];
    for (const method of ["conversations.setTopic", "pins.add", "bookmarks.list"]) {
      posting.slack.faults.add({ method, kind: "refused", error: "missing_scope", times: 10 });
    }
    await using drain = posting.drain();
    const marks = [
      topic("SEV3 | x"),
      { kind: "pin", of: "living" },
      bookmarks(["R", "https://r.example"]),
    ] as const;
    for (const each of [channel, other]) {
      await posting.put(
        said(each, "living"),
        ...marks.map((mark) => effect(each, mark.kind, mark)),
        said(each, "after"),
      );
      await posting.settled(each, drain);
      assert.deepEqual(posting.texts(each), ["living", "after"]);
    }
    const mend = "missing_scope; install the app again from slack-manifest.json";
    assert.deepEqual(drain.troubles, [
      `Slack refused a topic in ${channel}: ${mend}`,
      `Slack refused a pin in ${channel}: ${mend}`,
      `Slack refused a bookmarks in ${channel}: ${mend}`,
    ]);
  });
});
