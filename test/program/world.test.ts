import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { WebClient } from "@slack/web-api";
import { readConfig } from "../../src/config.ts";
import { openMeter } from "../../src/edges/http/meter.ts";
import { makeWorld } from "../../src/program/world.ts";
import { fakeStore } from "../flows/fake-store.ts";

const realFetch = globalThis.fetch;
const called: string[] = [];
before(() => {
  globalThis.fetch = (url) => {
    called.push(url instanceof Request ? url.url : String(url));
    return Promise.resolve(new Response());
  };
});
after(() => {
  globalThis.fetch = realFetch;
});
beforeEach(() => void called.splice(0));

/** Answers a click at this address, where Slack's API is at `apiUrl`. */
async function respond(url: string, apiUrl?: string): Promise<void> {
  const reading = readConfig({});
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const world = await makeWorld({
    config: reading.config,
    identity: { id: "T1", name: "acme", botUserId: "UBOT" },
    store: fakeStore(() => new Date()),
    client: new WebClient("xoxb-1"),
    apiUrl,
    hooks: [],
    local: null,
    meter: openMeter(() => Promise.resolve([])),
    url: "http://127.0.0.1:3000",
  });
  await world.chat.respond(url, { text: "Only members can record outcomes.", blocks: [] });
}

describe("an answer to a click goes", () => {
  test("to Slack, and nowhere else", async () => {
    const slacks = "https://hooks.slack.com/actions/T1/1/x";
    await respond(slacks);
    assert.deepEqual(called, [slacks]);
    for (const foreign of [
      "http://hooks.slack.com/actions/T1/1/x",
      "https://hooks.slack.com:8443/actions/T1/1/x",
      "https://hooks.slack.com.evil.example/actions",
      "https://hooks.slack.com@evil.example/actions",
      "https://evil.example/?https://hooks.slack.com/",
      "http://169.254.169.254/latest/meta-data",
      "hooks.slack.com",
      "",
    ]) {
      await respond(foreign);
    }
    assert.deepEqual(called, [slacks]);
  });

  test("to what stands in for Slack, where something does", async () => {
    const apiUrl = "http://127.0.0.1:3000/local/api/";
    const standIns = "http://127.0.0.1:3000/local/respond/1";
    await respond(standIns, apiUrl);
    await respond("http://127.0.0.1:3001/local/respond/1", apiUrl);
    await respond("https://hooks.slack.com/actions/T1/1/x", apiUrl);
    assert.deepEqual(called, [standIns]);
  });
});
