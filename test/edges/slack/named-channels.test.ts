import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { namedChannelsOn } from "../../../src/edges/slack/named-channels.ts";
import { listenLocalWorkspace, type LocalWorkspace } from "../../../src/local/workspace.ts";
import { slackClient } from "../../../src/program/slack.ts";
import { startOddServer } from "../odd-server.ts";
import { ana, secrets, silentLog } from "./posting.ts";

let slack: LocalWorkspace;
const nobody = async () => false;
const at = (apiUrl: string) => slackClient({ botToken: secrets.botToken, apiUrl }, silentLog);
before(async () => {
  const eventsUrl = "http://127.0.0.1:9/";
  slack = await listenLocalWorkspace({ ...secrets, eventsUrl, retryDelaysMs: [] });
});
after(() => slack.close());

describe("a channel by its name", () => {
  test("is found with or without the sign, or by its id, and is asked for once", async () => {
    const { id } = slack.createChannel({ name: "pages", by: ana });
    const { channelNamed } = namedChannelsOn(at(slack.apiUrl), nobody);
    const asked = slack.calls("conversations.list").length;
    for (const name of ["#pages", "pages"]) assert.equal((await channelNamed(name))?.id, id);
    assert.equal(slack.calls("conversations.list").length, asked + 1);
    assert.equal((await channelNamed(id))?.name, "pages");
  });

  test("is none where nobody made it, and is looked for again after a minute", async () => {
    let now = 0;
    const { channelNamed } = namedChannelsOn(at(slack.apiUrl), nobody, () => now);
    assert.equal(await channelNamed("#later"), null);
    const { id } = slack.createChannel({ name: "later", by: ana });
    assert.equal(await channelNamed("#later"), null);
    now += 60_001;
    assert.equal((await channelNamed("#later"))?.id, id);
  });

  test("is taken for what it was where Slack does not answer, so that no alert waits for Slack", async () => {
    let now = 0;
    const { id } = slack.createChannel({ name: "stays", by: ana });
    const { channelNamed } = namedChannelsOn(at(slack.apiUrl), nobody, () => now);
    await channelNamed("#stays");
    now += 600_001;
    slack.faults.add({ method: "conversations.list", kind: "server-error", times: 2 });
    assert.equal((await channelNamed("#stays"))?.id, id);
    await assert.rejects(channelNamed("#unknown"), /HTTP 500/);
  });

  test("is found on a later page, and without private ones where these may not be seen", async () => {
    await using server = await startOddServer((asked, response) => {
      const { parameters } = asked;
      const isAllowed = parameters.get("types") === "public_channel";
      const isLast = parameters.get("cursor") === "two";
      const channels = [{ id: isLast ? "C2" : "C1", name: isLast ? "pages" : "other" }];
      const more = { response_metadata: { next_cursor: isLast ? "" : "two" } };
      const body = isAllowed
        ? { ok: true, channels, ...more }
        : { ok: false, error: "missing_scope" };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(body));
    });
    const { channelNamed } = namedChannelsOn(at(`${server.url}/`), nobody);
    assert.equal((await channelNamed("#pages"))?.id, "C2");
  });
});

describe("a channel for alerts", () => {
  test("is made once: whoever lost the answer finds the one that is there", async () => {
    const { createChannel } = namedChannelsOn(at(slack.apiUrl), nobody);
    slack.faults.add({ method: "conversations.create", kind: "answer-lost" });
    await assert.rejects(createChannel("inc-1-lost"));
    const made = await createChannel("inc-1-lost");
    assert.equal(made?.id, slack.channel("inc-1-lost").id);
    assert.equal(made?.kind, "public");
  });

  test("is none where Slack does not let us, and may come later where it only does not now", async () => {
    let error = "restricted_action";
    await using server = await startOddServer((_asked, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ok: false, error }));
    });
    const { createChannel } = namedChannelsOn(at(`${server.url}/`), nobody);
    for (const final of ["restricted_action", "missing_scope", "invalid_name_specials"]) {
      error = final;
      assert.equal(await createChannel("inc-x"), null, final);
    }
    for (const passing of ["ratelimited", "internal_error", "token_revoked"]) {
      error = passing;
      await assert.rejects(createChannel("inc-x"), Error, passing);
    }
  });
});
