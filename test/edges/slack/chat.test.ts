import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { chatOn } from "../../../src/edges/slack/chat.ts";
import type { Chat } from "../../../src/flows/chat.ts";
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
