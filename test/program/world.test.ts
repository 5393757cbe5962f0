import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { WebClient } from "@slack/web-api";
import { readConfig } from "../../src/config.ts";
import type { Environment } from "../../src/config-values.ts";
import { openLocal } from "../../src/program/local.ts";
import { openMeter } from "../../src/edges/http/meter.ts";
import { openCatalog } from "../../src/program/live-catalog.ts";
import { openLog } from "../../src/program/log.ts";
import { makeWorld, type Parts } from "../../src/program/world.ts";
import type { World } from "../../src/flows/ports.ts";
import { fakeStore } from "../flows/fake-store.ts";

const ownUrl = "http://127.0.0.1:3000";
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

async function worldWith(
  settings: Environment,
  parts: Pick<Parts, "local"> & { readonly apiUrl?: string | undefined },
): Promise<World> {
  const reading = readConfig(settings);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const meter = openMeter(() => Promise.resolve([]));
  return makeWorld({
    config: reading.config,
    identity: { id: "T1", name: "acme", botUserId: "UBOT" },
    store: fakeStore(() => new Date()),
    client: new WebClient("xoxb-1"),
    apiUrl: parts.apiUrl,
    hooks: [],
    local: parts.local,
    catalog: await openCatalog(reading.config, { log: openLog("silent", false), meter }),
    meter,
    model: null,
    openSample: () => Promise.resolve("sample"),
    url: ownUrl,
    trouble: () => undefined,
  });
}

/** Answers a click at this address, where Slack's API is at `apiUrl`. */
async function respond(url: string, apiUrl?: string): Promise<void> {
  const world = await worldWith({}, { local: null, apiUrl });
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

describe("a link to the evidence", () => {
  test("leads to where people reach the server, which is where it listens unless PUBLIC_URL says otherwise", async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), "hindsight-world-"));
    const local = await openLocal({ dataFolder, url: ownUrl, now: () => new Date() });
    try {
      const linkOf = async (settings: Environment) => {
        const world = await worldWith(settings, { local });
        const link = world.evidencePage("7", "m1") ?? "";
        assert.ok(world.linkHosts.includes(new URL(link).host), "and is made a link");
        return link;
      };
      assert.equal(await linkOf({}), "http://127.0.0.1:3000/evidence/7#m1");
      const behind = { PUBLIC_URL: "https://try.example/hindsight/" };
      assert.equal(await linkOf(behind), "https://try.example/hindsight/evidence/7#m1");
    } finally {
      await local[Symbol.asyncDispose]();
      await rm(dataFolder, { recursive: true, force: true });
    }
  });
});
