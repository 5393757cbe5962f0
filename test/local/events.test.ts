import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { listenLocalWorkspace, type LocalWorkspace } from "../../src/local/workspace.ts";
import type { WebClient } from "@slack/web-api";
import {
  ana,
  bo,
  clientOf,
  openReceivingApp,
  secrets,
  type ReceivingApp,
} from "./receiving-app.ts";

let app: ReceivingApp;
let slack: LocalWorkspace;
let client: WebClient;

beforeEach(async () => {
  app = await openReceivingApp();
  slack = await listenLocalWorkspace({
    ...secrets,
    eventsUrl: app.url,
    retryDelaysMs: [0, 10, 10],
  });
  client = clientOf(slack);
});
afterEach(async () => {
  await slack.close();
  await app[Symbol.asyncDispose]();
});

const byText = (a: string, b: string) => a.localeCompare(b);
const delivered = () =>
  slack.waitFor((workspace) => workspace.deliveries().every((each) => each.state !== "under way"));

describe("events reach the app as Slack sends them", () => {
  test("a mention is signed and comes as a message and as an app_mention with one timestamp", async () => {
    const ts = slack.say({ channel: "general", user: ana, text: `<@${slack.botUserId}> help` });
    await delivered();
    assert.ok(app.received.every((each) => each.isSigned));
    assert.deepEqual(app.received.map(({ body }) => String(body["event"].type)).toSorted(byText), [
      "app_mention",
      "message",
    ]);
    assert.ok(app.received.every(({ body }) => body["event"].ts === ts));
    const ids = app.received.map(({ body }) => body["event_id"]);
    assert.equal(new Set(ids).size, 2);
    const envelope = app.received[0]?.body;
    assert.equal(envelope?.["type"], "event_callback");
    assert.equal(envelope?.["team_id"], slack.teamId);
    assert.equal(envelope?.["authorizations"][0].user_id, slack.botUserId);
  });

  test("the bot hears its own messages with their metadata, and no app_mention of itself", async () => {
    const metadata = { event_type: "hindsight", event_payload: { outbox: "o1" } };
    const text = `<@${slack.botUserId}> is here`;
    await client.chat.postMessage({ channel: "general", text, metadata });
    await delivered();
    const [message] = app.events("message");
    assert.equal(message?.["bot_id"], "B0HINDSIGHT");
    assert.deepEqual(message?.["metadata"], metadata);
    assert.deepEqual(app.events("app_mention"), []);
  });

  test("channels that the bot is not in tell it nothing that is said there", async () => {
    const open = slack.createChannel({ name: "team-lunch", by: ana });
    const hidden = slack.createChannel({ name: "secret", by: ana, isPrivate: true });
    slack.say({ channel: open.id, user: bo, text: "lunch" });
    slack.say({ channel: hidden.id, user: ana, text: "secret" });
    slack.rename(hidden.id, "more-secret");
    await delivered();
    assert.deepEqual(
      app.received.map(({ body }) => body["event"].type),
      ["channel_created"],
    );
  });

  test("the life of a channel is told, in group words when it is private", async () => {
    const open = slack.createChannel({ name: "inc-1", by: ana });
    slack.invite(open.id, slack.botUserId);
    slack.rename(open.id, "inc-1-checkout");
    slack.join(open.id, bo);
    slack.leave(open.id, bo);
    slack.archive(open.id);
    slack.deleteChannel(open.id);
    const hidden = slack.createChannel({ name: "inc-2", by: ana, isPrivate: true });
    slack.invite(hidden.id, slack.botUserId);
    slack.rename(hidden.id, "inc-2-payments");
    slack.archive(hidden.id);
    slack.leave(hidden.id, slack.botUserId);
    await delivered();
    const types = slack
      .deliveries()
      .map(({ event }) => event.type)
      .filter((type) => type !== "message");
    assert.deepEqual(types, [
      "channel_created",
      "member_joined_channel",
      "channel_rename",
      "member_joined_channel",
      "member_left_channel",
      "channel_archive",
      "channel_deleted",
      "member_joined_channel",
      "group_rename",
      "group_archive",
      "member_left_channel",
      "group_left",
    ]);
    const joined = app.events("member_joined_channel");
    assert.deepEqual(joined.map((event) => String(event["channel_type"])).toSorted(byText), [
      "C",
      "C",
      "G",
    ]);
  });

  test("edits, deletions and reactions are told", async () => {
    const ts = slack.say({ channel: "general", user: ana, text: "it is the datbase" });
    slack.editMessage({ channel: "general", ts, text: "it is the database" });
    slack.react({ channel: "general", ts, user: bo, name: "eyes" });
    slack.deleteMessage("general", ts);
    await delivered();
    const changed = app.events("message").find((event) => event["subtype"] === "message_changed");
    assert.equal(changed?.["message"].text, "it is the database");
    assert.equal(changed?.["previous_message"].text, "it is the datbase");
    const deleted = app.events("message").find((event) => event["subtype"] === "message_deleted");
    assert.equal(deleted?.["deleted_ts"], ts);
    const [reaction] = app.events("reaction_added");
    assert.deepEqual(reaction?.["item"], {
      type: "message",
      channel: slack.channel("general").id,
      ts,
    });
  });

  test("a message with replies that is deleted leaves a tombstone", async () => {
    const ts = slack.say({ channel: "general", user: ana, text: "root" });
    slack.say({ channel: "general", user: bo, text: "reply", threadTs: ts });
    slack.deleteMessage("general", ts);
    await delivered();
    const changed = app.events("message").find((event) => event["subtype"] === "message_changed");
    assert.equal(changed?.["message"].subtype, "tombstone");
    assert.equal(slack.replies("general", ts).length, 2);
  });
});

describe("an event that is not taken comes again", () => {
  test("three more times with the retry's number and reason, then no more", async () => {
    app.answer = () => ({ status: 503 });
    slack.say({ channel: "general", user: ana, text: "anyone" });
    await slack.waitFor((workspace) => workspace.deliveries()[0]?.state === "given up");
    assert.equal(app.received.length, 4);
    assert.deepEqual(
      app.received.map(({ headers }) => headers["x-slack-retry-num"]),
      [undefined, "1", "2", "3"],
    );
    assert.equal(app.received[1]?.headers["x-slack-retry-reason"], "http_error");
    assert.equal(new Set(app.received.map(({ body }) => body["event_id"])).size, 1);
  });

  test("a slow answer counts as none", async () => {
    app.answer = ({ headers }) => ({ hang: headers["x-slack-retry-num"] === undefined });
    slack.say({ channel: "general", user: ana, text: "anyone" });
    await slack.waitFor((workspace) => workspace.deliveries()[0]?.state === "delivered");
    assert.equal(app.received.at(-1)?.headers["x-slack-retry-reason"], "http_timeout");
  });

  test("an app may decline retries", async () => {
    app.answer = () => ({ status: 500, headers: { "x-slack-no-retry": "1" } });
    slack.say({ channel: "general", user: ana, text: "anyone" });
    await slack.waitFor((workspace) => workspace.deliveries()[0]?.state === "given up");
    assert.equal(app.received.length, 1);
  });

  test("a delivered event can be sent again under the same id", async () => {
    slack.say({ channel: "general", user: ana, text: "once" });
    await delivered();
    const eventId = slack.deliveries()[0]?.eventId ?? "";
    await slack.redeliver(eventId);
    assert.deepEqual(
      app.received.map(({ body }) => body["event_id"]),
      [eventId, eventId],
    );
    assert.equal(app.received[1]?.headers["x-slack-retry-num"], "1");
  });
});
