import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { WebClient } from "@slack/web-api";
import { listenLocalWorkspace, type LocalWorkspace } from "../../src/local/workspace.ts";
import {
  ana,
  bo,
  clientOf,
  openReceivingApp,
  refused,
  secrets,
  type ReceivingApp,
} from "./receiving-app.ts";

describe("the Web API, as Slack's own client sees it", () => {
  let app: ReceivingApp;
  let slack: LocalWorkspace;
  let client: WebClient;

  before(async () => {
    app = await openReceivingApp();
    slack = await listenLocalWorkspace({
      ...secrets,
      eventsUrl: app.url,
      apps: [{ name: "Alertmanager", token: "xoxb-alerts" }],
    });
    client = clientOf(slack);
  });
  after(async () => {
    await slack.close();
    await app[Symbol.asyncDispose]();
  });

  test("a token says who calls; none and a foreign one are refused", async () => {
    const me = await client.auth.test();
    assert.equal(me.user_id, slack.botUserId);
    assert.equal(me.team_id, slack.teamId);
    const other = await clientOf(slack, "xoxb-alerts").auth.test();
    assert.equal(other.user, "alertmanager");
    await refused(clientOf(slack, "xoxb-wrong").auth.test(), "invalid_auth");
    const bare = await fetch(`${slack.apiUrl}auth.test`, { method: "POST" });
    assert.deepEqual(await bare.json(), { ok: false, error: "not_authed" });
    await refused(client.apiCall("chat.sing"), "unknown_method");
  });

  test("a posted message is read back with its metadata only when that is asked for", async () => {
    const { channel } = await client.conversations.create({ name: "inc-1-checkout" });
    const metadata = { event_type: "hindsight", event_payload: { outbox: "o1" } };
    const posted = await client.chat.postMessage({
      channel: channel?.id ?? "",
      text: "p99 4.1 s",
      metadata,
    });
    const plain = await client.conversations.history({ channel: channel?.id ?? "" });
    assert.equal(plain.messages?.[0]?.ts, posted.ts);
    assert.equal(plain.messages?.[0]?.metadata, undefined);
    const whole = await client.conversations.history({
      channel: channel?.id ?? "",
      include_all_metadata: true,
    });
    assert.deepEqual(whole.messages?.[0]?.metadata, metadata);
  });

  test("only its own messages can be updated or deleted", async () => {
    const ours = await client.chat.postMessage({ channel: "general", text: "one" });
    await client.chat.update({ channel: ours.channel ?? "", ts: ours.ts ?? "", text: "two" });
    const message = slack.messages("general").find((each) => each.ts === ours.ts);
    assert.equal(message?.text, "two");
    assert.equal(message?.edited?.user, slack.botUserId);
    const theirs = slack.say({ channel: "general", user: ana, text: "mine" });
    const at = { channel: ours.channel ?? "", ts: theirs };
    await refused(client.chat.update({ ...at, text: "no" }), "cant_update_message");
    await refused(client.chat.delete(at), "cant_delete_message");
    await refused(client.chat.update({ ...at, ts: "1.000000", text: "no" }), "message_not_found");
    await client.chat.delete({ channel: ours.channel ?? "", ts: ours.ts ?? "" });
    assert.ok(!slack.messages("general").some((each) => each.ts === ours.ts));
  });

  test("an update with text alone takes the blocks away; with blocks alone it keeps the text", async () => {
    const blocks = [{ type: "divider" as const }];
    const { channel = "", ts = "" } = await client.chat.postMessage({
      channel: "general",
      text: "one",
      blocks,
    });
    const message = () => slack.messages("general").find((each) => each.ts === ts);
    await client.apiCall("chat.update", { channel, ts, blocks: [...blocks, ...blocks] });
    assert.equal(message()?.text, "one");
    assert.equal(message()?.blocks?.length, 2);
    await client.chat.update({ channel, ts, text: "two" });
    assert.equal(message()?.text, "two");
    assert.deepEqual(message()?.blocks, []);
  });

  test("channels that cannot be posted to are refused by their reason", async () => {
    const text = "hello";
    const other = slack.createChannel({ name: "others", by: ana });
    const hidden = slack.createChannel({ name: "hidden", by: ana, isPrivate: true });
    await refused(client.chat.postMessage({ channel: other.id, text }), "not_in_channel");
    await refused(client.chat.postMessage({ channel: hidden.id, text }), "channel_not_found");
    await refused(client.conversations.info({ channel: hidden.id }), "channel_not_found");
    await client.conversations.join({ channel: other.id });
    await client.chat.postMessage({ channel: other.id, text });
    await client.conversations.archive({ channel: other.id });
    await refused(client.chat.postMessage({ channel: other.id, text }), "is_archived");
    await refused(client.conversations.create({ name: "others" }), "name_taken");
    await refused(client.conversations.create({ name: "No Spaces" }), "invalid_name_specials");
    await refused(client.chat.postMessage({ channel: "general", text: "" }), "no_text");
    await refused(
      client.chat.postMessage({ channel: "general", text: "x".repeat(40_001) }),
      "msg_too_long",
    );
  });

  test("an ephemeral message reaches one person and no history", async () => {
    await client.chat.postEphemeral({ channel: "general", user: bo, text: "for you" });
    assert.equal(slack.ephemerals("general", bo).at(-1)?.text, "for you");
    assert.deepEqual(slack.ephemerals("general", ana), []);
    assert.ok(!slack.messages("general").some((each) => each.text === "for you"));
  });

  test("a direct conversation opens by the person's id", async () => {
    const opened = await client.conversations.open({ users: ana });
    const again = await client.chat.postMessage({ channel: ana, text: "the digest" });
    assert.equal(again.channel, opened.channel?.id);
    await refused(client.conversations.open({ users: "U404" }), "user_not_found");
  });

  test("people, marks and links answer as in Slack", async () => {
    const users = await client.users.list({});
    assert.deepEqual(
      users.members?.filter((user) => user.is_bot !== true).map((user) => user.name),
      ["ana", "bo", "chidi"],
    );
    await refused(client.users.info({ user: "U404" }), "user_not_found");
    const ts = slack.say({ channel: "general", user: ana, text: "pin me" });
    const channel = slack.channel("general").id;
    await client.reactions.add({ channel, timestamp: ts, name: "eyes" });
    await refused(
      client.reactions.add({ channel, timestamp: ts, name: "eyes" }),
      "already_reacted",
    );
    await client.pins.add({ channel, timestamp: ts });
    await client.bookmarks.add({
      channel_id: channel,
      title: "Runbook",
      type: "link",
      link: "https://example.com",
    });
    const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
    assert.equal(permalink, `${slack.publicUrl}/archives/${channel}/p${ts.replace(".", "")}`);
  });

  test("a file goes up in two steps and comes down as it was", async () => {
    const content = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 10]);
    await client.filesUploadV2({
      channel_id: slack.channel("general").id,
      filename: "p99.png",
      file: content,
      alt_text: "p99 rises",
      initial_comment: "chart",
    });
    const message = slack.messages("general").at(-1);
    assert.equal(message?.subtype, "file_share");
    const file = message?.files?.[0];
    assert.equal(file?.alt_txt, "p99 rises");
    const authorization = `Bearer ${secrets.botToken}`;
    const url = file?.url_private_download ?? "";
    const response = await fetch(url, { headers: { authorization } });
    assert.equal(response.headers.get("content-type"), "image/png");
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), content);
    const foreign = await fetch(url, { redirect: "manual" });
    assert.equal(foreign.status, 302, "whoever has no token has to sign in");
    const info = await client.files.info({ file: file?.id ?? "" });
    assert.equal(info.file?.size, content.length);
  });

  test("every call is on record with its arguments and answer, without its token", async () => {
    await client.chat.postMessage({ channel: "general", text: "on record" });
    const call = slack.calls("chat.postMessage").at(-1);
    assert.equal(call?.args["text"], "on record");
    assert.equal(call?.result["ok"], true);
    assert.equal(call?.args["token"], undefined);
  });
});

describe("canvases", () => {
  test("are made with a tab in a channel, replaced whole, and found by who made them", async () => {
    await using app = await openReceivingApp();
    const slack = await listenLocalWorkspace({ ...secrets, eventsUrl: app.url });
    try {
      const client = clientOf(slack);
      const content = (markdown: string) => ({ type: "markdown", markdown }) as const;
      const channel = slack.channels().find(({ name }) => name === "general")?.id ?? "";
      const { canvas_id: id = "" } = await client.canvases.create({
        channel_id: channel,
        title: "Postmortem of INC-1",
        document_content: content("# One"),
      });
      const replaced = { operation: "replace", document_content: content("# Two ü") } as const;
      await client.canvases.edit({ canvas_id: id, changes: [replaced] });
      const { files = [] } = await client.files.list({ channel, user: slack.botUserId });
      assert.deepEqual(
        files.map(({ title, mimetype, size }) => [title, mimetype, size]),
        [["Postmortem of INC-1", "application/vnd.slack-docs", 8]],
      );
      assert.deepEqual((await client.files.list({ channel, user: ana })).files, []);
      const shown = await fetch(files[0]?.permalink ?? "");
      assert.equal(await shown.text(), "# Two ü");
      assert.match(shown.headers.get("content-type") ?? "", /^text\/plain/);
      await refused(
        client.canvases.edit({ canvas_id: "F0", changes: [replaced] }),
        "canvas_not_found",
      );
      await refused(client.canvases.create({ channel_id: "C0" }), "channel_not_found");
    } finally {
      await slack.close();
    }
  });
});
