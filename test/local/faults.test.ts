import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { WebClient } from "@slack/web-api";
import { listenLocalWorkspace, type LocalWorkspace } from "../../src/local/workspace.ts";
import { secrets } from "./receiving-app.ts";

let slack: LocalWorkspace;

beforeEach(async () => {
  slack = await listenLocalWorkspace({
    ...secrets,
    eventsUrl: "http://127.0.0.1:9/",
    retryDelaysMs: [],
  });
});
afterEach(() => slack.close());

const call = (text: string) =>
  fetch(`${slack.apiUrl}chat.postMessage`, {
    method: "POST",
    headers: { authorization: `Bearer ${secrets.botToken}`, "content-type": "application/json" },
    body: JSON.stringify({ channel: "general", text }),
  });
const texts = () => slack.messages("general").map((message) => message.text);

describe("planted faults", () => {
  test("a rate limit names its wait, once, and nothing is posted", async () => {
    slack.faults.add({ method: "chat.postMessage", kind: "rate-limited", retryAfterSeconds: 7 });
    const limited = await call("one");
    assert.equal(limited.status, 429);
    assert.equal(limited.headers.get("retry-after"), "7");
    assert.equal((await call("two")).status, 200);
    assert.deepEqual(texts(), ["two"]);
  });

  test("a server error and a hang-up have no effect", async () => {
    slack.faults.add({ kind: "server-error" });
    slack.faults.add({ kind: "hang-up" });
    assert.equal((await call("one")).status, 500);
    await assert.rejects(call("two"));
    assert.deepEqual(texts(), []);
  });

  test("a lost answer has its effect", async () => {
    slack.faults.add({ kind: "answer-lost", times: 2 });
    await assert.rejects(call("one"));
    await assert.rejects(call("two"));
    assert.deepEqual(texts(), ["one", "two"]);
    assert.equal(slack.calls("chat.postMessage").length, 2);
  });

  test("a slow answer comes in the end, and a fault for another method leaves this one alone", async () => {
    slack.faults.add({ method: "chat.update", kind: "server-error" });
    slack.faults.add({ method: "chat.postMessage", kind: "slow", ms: 50 });
    const begun = performance.now();
    assert.equal((await call("one")).status, 200);
    assert.ok(performance.now() - begun >= 49);
  });

  test("the real client waits as long as it was told and posts once", async () => {
    slack.faults.add({ kind: "rate-limited", retryAfterSeconds: 1 });
    const client = new WebClient(secrets.botToken, { slackApiUrl: slack.apiUrl });
    await client.chat.postMessage({ channel: "general", text: "in the end" });
    assert.deepEqual(texts(), ["in the end"]);
    assert.equal(slack.calls("chat.postMessage").length, 2);
  });
});

describe("a posting limit", () => {
  test("answers 429 above so many posts a second and channel", async () => {
    await slack.close();
    let now = Date.parse("2026-01-05T10:00:00Z");
    slack = await listenLocalWorkspace({
      ...secrets,
      eventsUrl: "http://127.0.0.1:9/",
      retryDelaysMs: [],
      postsPerSecond: 2,
      now: () => new Date(now),
    });
    const statuses = [await call("a"), await call("b"), await call("c")].map((each) => each.status);
    assert.deepEqual(statuses, [200, 200, 429]);
    now += 1001;
    assert.equal((await call("d")).status, 200);
  });
});

describe("who may speak to it", () => {
  test("another site's page, and a name that was bound to this address, are turned away", async () => {
    const page = `${slack.publicUrl}/`;
    const ask = async (headers: Record<string, string>) => (await rawGet(page, headers)).status;
    assert.notEqual(await ask({}), 403);
    assert.equal(await ask({ host: "evil.example" }), 403);
    assert.equal(await ask({ origin: "https://evil.example" }), 403);
    assert.equal(await ask({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" }), 403);
    assert.equal(await ask({ "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors" }), 403);
    assert.notEqual(
      await ask({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }),
      403,
    );
  });
});

async function rawGet(url: string, headers: Record<string, string>): Promise<{ status: number }> {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0 });
    });
    asked.on("error", reject);
    asked.end();
  });
}
