import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { groupCommit } from "../../../src/edges/postgres/group-commit.ts";
import { answerOf } from "../../../src/edges/slack/answer.ts";
import type { ReceiverOptions } from "../../../src/edges/slack/receiver.ts";
import { openSocket } from "../../../src/edges/slack/socket.ts";
import { outboxIdOf } from "../../../src/edges/slack/send.ts";
import { listenLocalWorkspace } from "../../../src/local/workspace.ts";
import { slackClient } from "../../../src/program/slack.ts";
import { declareModal } from "../../../src/message/declare-modal.ts";
import { until } from "../../until.ts";
import { openHearing, type Heard } from "./hearing.ts";
import { ana, secrets, silentLog } from "./posting.ts";

const hearing = await openHearing();
const { opened, slack, heard, failures, wake, hear } = hearing;
after(() => hearing[Symbol.asyncDispose]());

async function unarchived(name: string): Promise<Heard> {
  heard.length = 0;
  const client = slackClient({ botToken: secrets.botToken, apiUrl: slack.apiUrl }, silentLog);
  await client.conversations.unarchive({ channel: slack.channel(name).id });
  return hear("channelChanged");
}

describe("from Slack through the queue to the real Bolt", () => {
  test("a channel that appears, is renamed or is entered by the bot or by somebody is seen", async () => {
    const { id: channel } = slack.createChannel({ name: "inc-1-checkout", by: ana });
    await hear("channelSeen", (event) => event["channel"] === channel);
    slack.invite(channel, slack.botUserId, ana);
    const invited = await hear("invited");
    assert.deepEqual([invited["channel"], invited["by"]], [channel, ana]);
    slack.invite(channel, "U000000000BO", ana);
    const joined = await hear("joined");
    assert.deepEqual([joined["channel"], joined["user"]], [channel, "U000000000BO"]);
    heard.length = 0;
    slack.rename(channel, "inc-2-checkout");
    await hear("channelSeen", (event) => event["channel"] === channel);
  });

  test("a channel that is archived, shared or made private has changed", async () => {
    const secret = { name: "war-room", by: ana, isPrivate: true };
    const { id: group } = slack.createChannel(secret);
    slack.invite(group, slack.botUserId, ana);
    const deeds: readonly [string, () => void][] = [
      ["archive", () => slack.archive("inc-2-checkout", ana)],
      ["share", () => slack.share("general", "accepted")],
      ["makePrivate", () => slack.makePrivate("general", ana)],
      ["archive a private one", () => slack.archive(group, ana)],
    ];
    for (const [deed, done] of deeds) {
      heard.length = 0;
      done();
      const changed = await hear("channelChanged");
      assert.match(String(changed["channel"]), /^C/, deed);
      assert.match(String(changed["job"]), /^[0-9a-f-]{36}$/, deed);
    }
    slack.deleteChannel(group);
    assert.equal((await hear("channelDeleted"))["channel"], group);
    const { channel } = await unarchived("inc-2-checkout");
    assert.equal(channel, slack.channel("inc-2-checkout").id);
  });

  test("a message is heard as it stands, with its edit, and when it is gone, answered or not", async () => {
    const { id: channel } = slack.createChannel({ name: "inc-3-carts", by: ana });
    slack.invite(channel, slack.botUserId, ana);
    const ts = slack.say({ channel, user: ana, text: "carts & more vanish" });
    const ofTs = (event: Heard) => event["ts"] === ts;
    const { what: _what, ...posted } = await hear("messageStands", ofTs);
    const none = { threadTs: null, editedTs: null, isBot: false };
    const said = { channel, ts, user: ana, text: "carts & more vanish" };
    assert.deepEqual(posted, { ...said, ...none });
    const answer = slack.say({ channel, user: ana, text: "since noon", threadTs: ts });
    const inThread = await hear("messageStands", (event) => event["ts"] === answer);
    assert.equal(inThread["threadTs"], ts);
    slack.editMessage({ channel, ts, text: "carts vanish" });
    const edited = await hear(
      "messageStands",
      (event) => ofTs(event) && event["editedTs"] !== null,
    );
    assert.deepEqual([edited.text, edited["threadTs"]], ["carts vanish", null]);
    slack.deleteMessage(channel, answer);
    await hear("messageGone", (event) => event["ts"] === answer);
    const other = slack.say({ channel, user: ana, text: "again", threadTs: ts });
    await hear("messageStands", (event) => event["ts"] === other);
    slack.deleteMessage(channel, ts);
    assert.equal((await hear("messageGone", ofTs))["channel"], channel);
  });

  test("a topic that is set is heard with who set it", async () => {
    const channel = slack.channel("inc-2-checkout").id;
    const client = slackClient({ botToken: secrets.botToken, apiUrl: slack.apiUrl }, silentLog);
    await client.conversations.setTopic({ channel, topic: "SEV2 | A & B | lead <@U000000000BO>" });
    const { job: _job, ts: _ts, ...topic } = await hear("topicSet");
    const text = "SEV2 | A & B | lead <@U000000000BO>";
    assert.deepEqual(topic, { what: "topicSet", channel, user: slack.botUserId, topic: text });
  });

  test("a mention is heard as what it is, with the job that it came in", async () => {
    heard.length = 0;
    const text = `<@${slack.botUserId}> what changed?`;
    const ts = slack.say({ channel: "inc-2-checkout", user: ana, text });
    const channel = slack.channel("inc-2-checkout").id;
    const { job, ...mentioned } = await hear("mentioned");
    const expected = { what: "mentioned", channel, ts, threadTs: null, user: ana, text };
    assert.deepEqual(mentioned, expected);
    assert.match(String(job), /^[0-9a-f-]{36}$/);
  });

  test("what a person typed is heard as they typed it, and what Slack marked up stays marked up", async () => {
    heard.length = 0;
    const said = `<@${slack.botUserId}> R&amp;D &lt;cart&gt; &amp;amp; <https://x.example/?a=1&amp;b=2|graph>`;
    const meant = `<@${slack.botUserId}> R&D <cart> &amp; <https://x.example/?a=1&b=2|graph>`;
    const ts = slack.say({ channel: "inc-2-checkout", user: ana, text: said });
    const all = () => heard.filter((event) => event["ts"] === ts);
    await until("its two events, and that it stands", () => (wake(), all().length === 3));
    assert.deepEqual(
      all().map((event) => event["text"]),
      [meant, meant, meant],
    );
    const channel = slack.channel("inc-2-checkout").id;
    const text = "declare R&amp;D &lt;slow&gt;";
    await slack.command({ user: ana, channel, command: "/hindsight", text });
    assert.equal((await hear("commanded"))["text"], "declare R&D <slow>");
    heard.length = 0;
  });

  test("a mention that somebody only spelled out is none", async () => {
    const spelled = `&lt;@${slack.botUserId}&gt; is my name`;
    slack.say({ channel: "inc-2-checkout", user: ana, text: spelled });
    slack.say({ channel: "inc-2-checkout", user: ana, text: `<@${slack.botUserId}> after it` });
    await hear("mentioned", (event) => String(event["text"]).endsWith("after it"));
    const isNamed = ({ what, text }: Heard) =>
      what !== "messageStands" && String(text).endsWith("is my name");
    assert.equal(heard.find(isNamed)?.what, "said");
    heard.length = 0;
  });

  test("what people say to each other is no mention; a bot and an edit are not heard", async () => {
    heard.length = 0;
    const channel = "inc-2-checkout";
    const ts = slack.say({ channel, user: ana, text: "anybody there?" });
    slack.editMessage({ channel, ts, text: `<@${slack.botUserId}> edited` });
    const client = slackClient({ botToken: secrets.botToken, apiUrl: slack.apiUrl }, silentLog);
    const own = `<@${slack.botUserId}> talks to itself`;
    await client.chat.postMessage({ channel: slack.channel(channel).id, text: own });
    const last = `<@${slack.botUserId}> last`;
    slack.say({ channel, user: ana, text: last });
    await hear("mentioned", ({ text }) => text === last);
    // An earlier mention's second event may come as late as now.
    const since = heard.filter((event) => Number(event["ts"]) >= Number(ts));
    const said = since.filter(({ what }) => what === "mentioned").map(({ text }) => text);
    assert.deepEqual([...new Set(said)], [last]);
  });

  test("a message of our own that comes back names its row", async () => {
    const client = slackClient({ botToken: secrets.botToken, apiUrl: slack.apiUrl }, silentLog);
    const channel = slack.channel("inc-2-checkout").id;
    const metadata = { event_type: "hindsight_outbox", event_payload: { id: "box_1" } };
    const { ts } = await client.chat.postMessage({ channel, text: "ours", metadata });
    const own = await hear("ownMessage");
    assert.equal(own["ts"], ts);
    assert.equal(outboxIdOf({ metadata: Object(own["metadata"]) }), "box_1");
    assert.equal(
      outboxIdOf({ metadata: { event_type: "other", event_payload: { id: "box_1" } } }),
      null,
    );
    assert.equal(outboxIdOf({}), null);
  });

  test("a click, a command and a form are heard with what they hold", async () => {
    const client = slackClient({ botToken: secrets.botToken, apiUrl: slack.apiUrl }, silentLog);
    const channel = slack.channel("inc-2-checkout").id;
    const text = { type: "plain_text", text: "Try" } as const;
    const button = { type: "button", action_id: "try", value: "sug_1", text } as const;
    const blocks = [{ type: "actions" as const, elements: [button] }];
    const { ts = "" } = await client.chat.postMessage({ channel, text: "step", blocks });
    await slack.click({ user: ana, channel, ts, actionId: "try" });
    const clicked = await hear("clicked");
    assert.deepEqual(
      [clicked["actionId"], clicked["value"], clicked["user"]],
      ["try", "sug_1", ana],
    );
    assert.equal(clicked["threadTs"], null);
    heard.length = 0;
    const threaded = { channel, thread_ts: ts, text: "list", blocks };
    const { ts: inThread = "" } = await client.chat.postMessage(threaded);
    await slack.click({ user: ana, channel, ts: inThread, actionId: "try" });
    assert.equal((await hear("clicked"))["threadTs"], ts, "of the thread that it is in");
    heard.length = 0;
    await slack.click({ user: ana, channel, ts, actionId: "try" });
    assert.equal((await hear("clicked"))["threadTs"], null, "the first message is in the channel");

    await slack.command({ user: ana, channel, command: "/hindsight", text: "declare" });
    const commanded = await hear("commanded");
    assert.deepEqual([commanded["text"], commanded["channel"]], ["declare", channel]);
    const view = declareModal(channel, "");
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- src/message builds it within Slack's shapes
    await client.views.open({ trigger_id: String(commanded["triggerId"]), view: view as never });
    await slack.submit({ user: ana, values: { "declare:title": "R&D is &amp;slow" } });
    const submitted = await hear("submitted");
    assert.deepEqual([submitted["callbackId"], submitted["about"]], ["incident:declare", channel]);
    assert.deepEqual(submitted["values"], {
      "declare:title": "R&D is &slow",
      "declare:severity": "3",
    });
  });

  test("a listener that fails is told to the queue, and the event comes again", async () => {
    const text = `<@${slack.botUserId}> stumble once`;
    slack.say({ channel: "inc-2-checkout", user: ana, text });
    const isIt = (event: Heard) => event.what === "mentioned" && event.text === text;
    const times = () => heard.filter(isIt).length;
    await until("both of its events, the failed one too", () => (wake(), times() === 2));
    assert.match(failures[0] ?? "", /^slack: .*stumbled/);
  });

  test("an event that Slack sends twice is heard once", async () => {
    const text = `<@${slack.botUserId}> once only`;
    slack.say({ channel: "inc-2-checkout", user: ana, text });
    const mine = (event: Heard) => event.what === "mentioned" && event.text === text;
    await hear("mentioned", mine);
    const isBoth = () => heard.filter(mine).length >= 2;
    await until("both of its events", isBoth);
    const [sent] = slack.deliveries("app_mention").slice(-1);
    const before = heard.length;
    assert.equal((await slack.redeliver(sent?.eventId ?? "")).outcome, "answered");
    slack.say({ channel: "inc-2-checkout", user: ana, text: `<@${slack.botUserId}> after it` });
    await hear("mentioned", (event) => String(event["text"]).endsWith("after it"));
    assert.deepEqual(heard.slice(before).filter(mine), []);
  });
});

describe("over Slack's socket", () => {
  async function connected(options: ReceiverOptions) {
    await using opening = new AsyncDisposableStack();
    const remote = await listenLocalWorkspace({
      ...secrets,
      eventsUrl: "http://127.0.0.1:9/",
      appToken: "xapp-local",
      answerWithinMs: 300,
      retryDelaysMs: Array.from({ length: 40 }, () => 100),
    });
    opening.defer(() => remote.close());
    const troubles: string[] = [];
    const onTrouble = (sentence: string) => void troubles.push(sentence);
    const socket = openSocket("xapp-local", remote.apiUrl, { ...options, onTrouble });
    await socket.opened;
    opening.defer(async () => {
      await socket[Symbol.asyncDispose]();
      await remote.waitFor((workspace) => workspace.socketCount() === 0);
    });
    const kept = opening.move();
    return { remote, troubles, [Symbol.asyncDispose]: () => kept.disposeAsync() };
  }
  const inQueue = async (eventId: string) => {
    const rows = await opened.sql`
      select 1 from pgboss.job where data -> 'body' ->> 'event_id' = ${eventId}`;
    return rows.length;
  };
  const answering = (intake: ReceiverOptions["intake"]): ReceiverOptions => ({
    intake,
    now: () => new Date(),
    answer: (envelope) => Promise.resolve(answerOf(envelope)),
    onEvent: () => undefined,
  });

  test("an event is acknowledged once it is in the queue, a command with its answer", async () => {
    await using over = await connected(answering(groupCommit(opened.boss, () => undefined)));
    const { remote } = over;
    remote.say({ channel: "general", user: ana, text: `<@${remote.botUserId}> help` });
    const sent = await remote.waitFor((workspace) =>
      workspace.deliveries("app_mention").find(({ state }) => state === "delivered"),
    );
    assert.equal(await inQueue(sent.eventId), 1);
    const command = { user: ana, channel: "general", command: "/hindsight", text: "frobnicate" };
    assert.match(JSON.stringify(await remote.command(command)), /ephemeral.*help|help.*ephemeral/);
  });

  test("with the queue away nothing is acknowledged, and the event is taken when it comes again", async () => {
    let isAway = true;
    const queue = groupCommit(opened.boss, () => undefined);
    const put: ReceiverOptions["intake"]["put"] = (event) =>
      isAway ? Promise.reject(new Error("away")) : queue.put(event);
    await using over = await connected(answering({ put }));
    const { remote, troubles } = over;
    remote.say({ channel: "general", user: ana, text: `<@${remote.botUserId}> help` });
    await until("it was not taken", () => troubles.length > 0);
    const [sent] = remote.deliveries("app_mention");
    assert.equal(await inQueue(sent?.eventId ?? ""), 0);
    isAway = false;
    await remote.waitFor((workspace) =>
      workspace.deliveries("app_mention").find(({ state }) => state === "delivered"),
    );
    assert.equal(await inQueue(sent?.eventId ?? ""), 1);
  });
});
