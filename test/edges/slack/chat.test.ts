import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { chatOn } from "../../../src/edges/slack/chat.ts";
import type { Chat, HistoryPage } from "../../../src/flows/chat.ts";
import { listenLocalWorkspace, type LocalWorkspace } from "../../../src/local/workspace.ts";
import { slackClient } from "../../../src/program/slack.ts";
import { startOddServer } from "../odd-server.ts";
import { ana, secrets, silentLog } from "./posting.ts";

let slack: LocalWorkspace;
let chat: Chat;
const chatAt = (apiUrl: string) =>
  chatOn(slackClient({ botToken: secrets.botToken, apiUrl }, silentLog), () => false);

before(async () => {
  slack = await listenLocalWorkspace({
    ...secrets,
    eventsUrl: "http://127.0.0.1:9/",
    retryDelaysMs: [],
  });
  chat = chatAt(slack.apiUrl);
});
after(() => slack.close());

let made = 0;
function channel(isPrivate = false): string {
  made += 1;
  const { id } = slack.createChannel({ name: `inc-${made}`, by: ana, isPrivate });
  slack.invite(id, slack.botUserId, ana);
  return id;
}
const kindOf = async (id: string) => (await chat.channel(id))?.kind;

describe("the kind of a channel", () => {
  test("is public where anybody of the workspace may come in", async () => {
    assert.deepEqual(await chat.channel(channel()), {
      id: slack.channel("inc-1").id,
      name: "inc-1",
      kind: "public",
      isArchived: false,
    });
  });

  test("is private where one has to be invited", async () => {
    assert.equal(await kindOf(channel(true)), "private");
    const id = channel();
    slack.makePrivate(id, ana);
    assert.equal(await kindOf(id), "private");
  });

  test("is external while a guest or somebody of another organisation is in it, found by id or by name", async () => {
    for (const guest of ["single-channel", "multi-channel", "stranger"] as const) {
      const id = channel(guest === "stranger");
      assert.notEqual(await kindOf(id), "external");
      const user = slack.addGuest(`gus ${guest}`, guest);
      slack.invite(id, user, ana);
      assert.equal(await kindOf(id), "external", guest);
      assert.equal((await chatAt(slack.apiUrl).channelNamed(id))?.kind, "external");
      slack.leave(id, user);
      assert.notEqual(await kindOf(id), "external");
    }
  });

  test("is asked of each member once an hour, and of many by the list of everybody", async () => {
    const [fresh, id] = [chatAt(slack.apiUrl), channel()];
    const asked = (method: string) => slack.calls(method).length;
    const [infos, lists] = [asked("users.info"), asked("users.list")];
    for (let again = 0; again < 3; again += 1) await fresh.channel(id);
    assert.equal(asked("users.info"), infos + 2);
    for (let n = 0; n < 20; n += 1) {
      slack.invite(id, slack.addGuest(`many ${n}`, "multi-channel"), ana);
    }
    assert.equal((await chatAt(slack.apiUrl).channel(id))?.kind, "external");
    assert.deepEqual([asked("users.info"), asked("users.list")], [infos + 2, lists + 1]);
  });

  test("is private in a direct message and in a message of several", async () => {
    const client = slackClient({ botToken: secrets.botToken, apiUrl: slack.apiUrl }, silentLog);
    const { channel: direct } = await client.conversations.open({ users: ana });
    assert.equal(await kindOf(direct?.id ?? ""), "private");
    await using server = await startOddServer((asked, response) => {
      const id = asked.parameters.get("channel") ?? "";
      const shape = { id, is_im: id.startsWith("D"), is_mpim: id.startsWith("G") };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ok: true, channel: shape }));
    });
    for (const id of ["D1", "G1"]) {
      assert.equal((await chatAt(`${server.url}/`).channel(id))?.kind, "private", id);
    }
  });

  test("is external where another organisation is in it, or is invited to it", async () => {
    for (const sharing of ["accepted", "pending"] as const) {
      const [open, closed] = [channel(), channel(true)];
      slack.share(open, sharing);
      slack.share(closed, sharing);
      assert.deepEqual([await kindOf(open), await kindOf(closed)], ["external", "external"]);
    }
  });
});

describe("a channel", () => {
  test("says whether it is archived", async () => {
    const id = channel();
    slack.archive(id, ana);
    assert.equal((await chat.channel(id))?.isArchived, true);
  });

  test("that is not there, or not ours to see, is none", async () => {
    assert.equal(await chat.channel("C0NOWHERE"), null);
    const id = channel(true);
    slack.leave(id, slack.botUserId);
    assert.equal(await chat.channel(id), null);
  });

  test("is not taken for none where Slack only failed to answer", async () => {
    const answers = ["internal_error", "fatal_error", "ratelimited", "token_revoked"];
    await using server = await startOddServer((_asked, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ok: false, error: answers[0] }));
    });
    for (; answers.length > 0; answers.shift()) {
      await assert.rejects(
        chatAt(`${server.url}/`).channel("C1"),
        new RegExp(answers[0] ?? "none"),
      );
    }
  });
});

test("what was said is read as it was typed", async () => {
  await using server = await startOddServer((_asked, response) => {
    const text = "```ERROR a &lt; b &amp;&amp; c```";
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ok: true, messages: [{ ts: "1.1", user: ana, text }] }));
  });
  const [message] = await chatAt(`${server.url}/api/`).recentMessages("C1", null);
  assert.equal(message?.text, "```ERROR a < b && c```");
});

describe("the history of a channel", () => {
  const texts = (page: HistoryPage) =>
    page.kind === "read" ? page.messages.map(({ text }) => text) : [page.kind];
  const span = { after: null, before: null, thread: null };

  test("is read a hundred at a time, newest first, without what nobody says", async () => {
    const id = channel();
    const all = Array.from({ length: 104 }, (_, n) => `message ${n}`);
    for (const text of all) slack.say({ channel: id, user: ana, text });
    const page = await chat.history(id, span);
    assert.ok(page.kind === "read" && page.hasMore);
    assert.deepEqual(texts(page), all.slice(4).toReversed());
    const rest = await chat.history(id, { ...span, before: page.lastTs });
    assert.ok(rest.kind === "read" && !rest.hasMore);
    assert.deepEqual(texts(rest), all.slice(0, 4).toReversed());
    assert.notEqual(rest.lastTs, rest.messages.at(-1)?.ts, "the joins came first");
  });

  test("names the threads that have answers, and reads them forward, without their first message", async () => {
    const id = channel();
    const root = slack.say({ channel: id, user: ana, text: "why?" });
    const first = slack.say({ channel: id, user: ana, text: "one", threadTs: root });
    const last = slack.say({ channel: id, user: ana, text: "two", threadTs: root });
    const page = await chat.history(id, span);
    assert.ok(page.kind === "read");
    const [why] = page.messages;
    assert.deepEqual([why?.text, why?.threadTs, why?.lastReplyTs], ["why?", null, last]);
    const thread = { ...span, thread: root };
    assert.deepEqual(texts(await chat.history(id, thread)), ["one", "two"]);
    const later = await chat.history(id, { ...thread, after: first });
    assert.deepEqual(texts(later), ["two"]);
    assert.equal(later.kind === "read" && later.messages[0]?.threadTs, root);
  });

  test("is unseen where the bot is not, and put off where Slack asks for it; anything else is an error", async () => {
    const id = channel(true);
    slack.leave(id, slack.botUserId);
    assert.deepEqual(await chat.history(id, span), { kind: "unseen" });
    let status = 429;
    await using server = await startOddServer((_asked, response) => {
      response.writeHead(status, { "retry-after": "17" }).end("{}");
    });
    const away = chatAt(`${server.url}/api/`);
    assert.deepEqual(await away.history(id, span), { kind: "later", afterMs: 17_000 });
    status = 503;
    await assert.rejects(away.history(id, span), /HTTP 503/);
  });
});

describe("a direct message", () => {
  test("has one channel a person, in which the bot and that person are", async () => {
    const id = (await chat.directMessage(ana)) ?? "";
    assert.match(id, /^D/);
    assert.equal(await chat.directMessage(ana), id);
    assert.deepEqual(
      await Promise.all([ana, slack.botUserId].map((user) => chat.isMember(id, user))),
      [true, true],
    );
  });

  test("that Slack will never open is none; one that it could not open now is not taken for that", async () => {
    assert.equal(await chat.directMessage("U0NOBODY"), null);
    const answers = ["missing_scope", "cannot_dm_bot", "internal_error"];
    await using server = await startOddServer((_asked, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ok: false, error: answers.shift() }));
    });
    assert.equal(await chatAt(`${server.url}/`).directMessage(ana), null);
    assert.equal(await chatAt(`${server.url}/`).directMessage(ana), null);
    await assert.rejects(chatAt(`${server.url}/`).directMessage(ana));
  });
});

test("a person is found by the name or address that another tool knows, where only one has it", async () => {
  assert.equal(await chat.personNamed("Ana"), ana);
  assert.equal(await chat.personNamed(" ana "), ana);
  assert.equal(await chat.personNamed("hindsight"), null, "a bot leads nothing");
  assert.equal(await chat.personNamed("Earline Greenholt"), null);
  assert.equal(await chatAt("http://127.0.0.1:9/api/").personNamed("ana"), null);
});

test("a topic is read with who set it", async () => {
  const id = channel();
  assert.equal(await chat.topic(id), null);
  const client = slackClient({ botToken: secrets.botToken, apiUrl: slack.apiUrl }, silentLog);
  await client.conversations.setTopic({ channel: id, topic: "SEV2 | investigating" });
  const topic = await chat.topic(id);
  assert.deepEqual([topic?.text, topic?.by], ["SEV2 | investigating", slack.botUserId]);
});
