import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { slackClient } from "../../../src/program/slack.ts";
import { openHearing, type Hearing } from "./hearing.ts";
import { ana, secrets, silentLog } from "./posting.ts";
import { deliver } from "./receiving.ts";

describe("what is shared in Slack", () => {
  let hearing: Hearing;
  before(async () => {
    hearing = await openHearing();
    const { slack } = hearing;
    const { id } = slack.createChannel({ name: "inc-2-checkout", by: ana });
    slack.invite(id, slack.botUserId, ana);
  });
  after(() => hearing[Symbol.asyncDispose]());

  test("files are heard with what was said beside them and the thread, but for our own", async () => {
    const { slack, receiving, heard, hear } = hearing;
    const channel = slack.channel("inc-2-checkout").id;
    const root = slack.say({ channel, user: ana, text: "logs, anybody?" });
    const client = slackClient({ botToken: secrets.botToken, apiUrl: slack.apiUrl }, silentLog);
    heard.length = 0;
    const file = Buffer.from("chart");
    await client.filesUploadV2({ channel_id: channel, filename: "chart.png", file });
    // Slack may leave the bot's id out where a bot shares a file.
    const own = { user: slack.botUserId, files: [{ id: "F1" }], text: "", ts: "1.1", channel };
    const event = { type: "message", subtype: "file_share", ...own };
    const envelope = { type: "event_callback", team_id: slack.teamId, event_id: "EvOwn", event };
    assert.equal((await deliver(receiving.url, JSON.stringify(envelope))).status, 200);
    const shared = { channel, user: ana, name: "app.log", content: Buffer.from("ERROR one") };
    const ts = await slack.shareFile({ ...shared, text: "of R&amp;D", threadTs: root });
    const { job, ...told } = await hear("filesShared");
    const [{ id } = { id: "" }] = slack.replies(channel, ts)[0]?.files ?? [];
    const place = { channel, ts, threadTs: root, user: ana };
    assert.deepEqual(told, { what: "filesShared", ...place, text: "of R&D", files: [id] });
    assert.match(String(job), /^[0-9a-f-]{36}$/);
    assert.equal(heard.filter(({ what }) => what === "filesShared").length, 1);
  });

  test("a question that comes with a file is heard, in a channel and in a direct message", async () => {
    const { slack, heard, hear } = hearing;
    const client = slackClient({ botToken: secrets.botToken, apiUrl: slack.apiUrl }, silentLog);
    const { channel: direct } = await client.conversations.open({ users: ana });
    const shared = { user: ana, name: "app.log", content: Buffer.from("ERROR one") };
    const text = `<@${slack.botUserId}> what is this?`;
    for (const channel of [direct?.id ?? "", slack.channel("inc-2-checkout").id]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const ts = await slack.shareFile({ ...shared, channel, text });
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await hear("mentioned", (event) => event["ts"] === ts);
    }
    heard.length = 0;
  });
});
