import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../../src/config.ts";
import { checkSlack } from "../../src/program/doctor-slack.ts";
import { startOddServer } from "../edges/odd-server.ts";
import { read } from "../repository.ts";

const bot: string[] = JSON.parse(read("slack-manifest.json")).oauth_config.scopes.bot;

/** What is said of a token with these scopes. */
async function checked(scopes: readonly string[]): Promise<string> {
  await using server = await startOddServer((_asked, response) => {
    response.setHeader("content-type", "application/json");
    response.setHeader("x-oauth-scopes", scopes.join(","));
    response.end(JSON.stringify({ ok: true, team: "acme", user: "hindsight" }));
  });
  const reading = readConfig({
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_SIGNING_SECRET: "s",
    SLACK_API_URL: `${server.url}/api/`,
  });
  assert.ok(reading.ok);
  return await checkSlack(reading.config);
}

test("a token with every scope of the manifest is well", async () => {
  assert.equal(await checked(bot), "acme as hindsight");
});

test("what is missed without a scope that only marks channels is said, and is no failure", async () => {
  const few = bot.filter((scope) => scope !== "pins:write" && scope !== "channels:write.topic");
  assert.equal(
    await checked(few),
    "acme as hindsight; without channels:write.topic the topic of incident channels is not kept; without pins:write the message of an incident is not pinned",
  );
});

test("a scope that nothing works without is a failure with its mend", async () => {
  const lacking = checked(bot.filter((scope) => scope !== "chat:write"));
  await assert.rejects(lacking, /^Error: the token lacks chat:write; install the app again/);
});
