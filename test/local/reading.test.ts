import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { listenLocalWorkspace, type LocalWorkspace } from "../../src/local/workspace.ts";
import {
  ana,
  clientOf,
  openReceivingApp,
  refused,
  secrets,
  type ReceivingApp,
} from "./receiving-app.ts";

describe("reading back, as Slack's own client does", () => {
  let app: ReceivingApp;
  let slack: LocalWorkspace;
  let client: WebClient;

  before(async () => {
    app = await openReceivingApp();
    slack = await listenLocalWorkspace({
      ...secrets,
      eventsUrl: app.url,
    });
    client = clientOf(slack);
  });
  after(async () => {
    await slack.close();
    await app[Symbol.asyncDispose]();
  });

  test("replies are in their thread, not in the history, and counted on the first message", async () => {
    const channel = slack.createChannel({ name: "threads", by: ana });
    slack.invite(channel.id, slack.botUserId);
    const ts = slack.say({ channel: channel.id, user: ana, text: "checkout is slow" });
    const reply = await client.chat.postMessage({
      channel: channel.id,
      thread_ts: ts,
      text: "Looking",
    });
    await client.chat.postMessage({
      channel: channel.id,
      thread_ts: reply.ts ?? "",
      text: "Found",
    });
    const thread = await client.conversations.replies({ channel: channel.id, ts });
    assert.deepEqual(
      thread.messages?.map((message) => message.text),
      ["checkout is slow", "Looking", "Found"],
    );
    assert.equal(thread.messages?.[0]?.reply_count, 2);
    assert.equal(thread.messages?.[1]?.parent_user_id, ana);
    const history = await client.conversations.history({ channel: channel.id });
    assert.ok(!history.messages?.some((message) => message.text === "Looking"));
    await refused(
      client.conversations.replies({ channel: channel.id, ts: "1.000000" }),
      "thread_not_found",
    );
    await refused(
      client.chat.postMessage({ channel: channel.id, thread_ts: "1.000000", text: "x" }),
      "cannot_reply_to_message",
    );
  });

  test("lists come in pages with a cursor", async () => {
    const channel = slack.createChannel({ name: "long", by: ana });
    slack.invite(channel.id, slack.botUserId);
    for (let n = 0; n < 25; n += 1)
      slack.say({ channel: channel.id, user: ana, text: `line ${n}` });
    const seen: string[] = [];
    let pages = 0;
    for await (const page of client.paginate("conversations.history", {
      channel: channel.id,
      limit: 10,
    })) {
      pages += 1;
      const { messages } = z
        .object({ messages: z.array(z.object({ text: z.string() })) })
        .parse(page);
      seen.push(...messages.map((message) => message.text));
    }
    assert.equal(pages, 3);
    assert.equal(new Set(seen).size, seen.length);
    assert.equal(seen[0], "line 24");
    await refused(client.conversations.list({ cursor: "nonsense" }), "invalid_cursor");
  });

  test("history between two moments leaves the ends out unless they are asked for", async () => {
    const channel = slack.createChannel({ name: "moments", by: ana });
    slack.invite(channel.id, slack.botUserId);
    const [a, b, c] = ["a", "b", "c"].map((text) =>
      slack.say({ channel: channel.id, user: ana, text }),
    );
    const span = { channel: channel.id, oldest: a ?? "", latest: c ?? "" };
    const open = await client.conversations.history(span);
    assert.deepEqual(
      open.messages?.map((message) => message.ts),
      [b],
    );
    const closed = await client.conversations.history({ ...span, inclusive: true });
    assert.deepEqual(
      closed.messages?.map((message) => message.ts),
      [c, b, a],
    );
  });
});
