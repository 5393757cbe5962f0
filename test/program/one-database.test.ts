import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { startProduct, type Product, type Settings } from "../../bench/product.ts";
import { readConfig } from "../../src/config.ts";
import { listenLocalWorkspace } from "../../src/local/workspace.ts";
import { runDoctor } from "../../src/program/doctor.ts";

describe("beside a running Hindsight, on its embedded database,", () => {
  const opened = new AsyncDisposableStack();
  let settings: Settings;
  let running: Product;
  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), "hindsight-one-database-"));
    opened.defer(() => rm(folder, { recursive: true, force: true }));
    const slack = await listenLocalWorkspace({
      eventsUrl: "http://127.0.0.1:9/",
      signingSecret: "unused",
      botToken: "xoxb-1",
    });
    opened.defer(() => slack.close());
    settings = {
      HINDSIGHT_DATA: folder,
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_SIGNING_SECRET: "unused",
      SLACK_API_URL: slack.apiUrl,
    };
    running = opened.use(await startProduct(settings));
    await running.ready();
  });
  after(() => opened.disposeAsync());

  const doctor = async () => {
    const reading = readConfig(settings);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const lines: string[] = [];
    const status = await runDoctor(reading.config, [], (line) => lines.push(line.trim()));
    return { status, database: lines.find((line) => line.includes("Database")) ?? "" };
  };

  test("another is refused, and the one that runs goes on undisturbed", async () => {
    await using second = await startProduct(settings);
    assert.equal(await second.ended(), 1);
    assert.match(second.log(), /another hindsight/i);
    assert.equal((await fetch(`${running.url}/readyz`)).status, 200);
  });

  test("doctor looks at it and names the process; that one goes on, and doctor looks when it is gone", async () => {
    const beside = await doctor();
    assert.match(
      beside.database,
      /^ok {3}Database: PostgreSQL [\d.]+, embedded, newest schema; Hindsight runs on it \(process \d+\)$/,
    );
    assert.equal(beside.status, 0);
    assert.equal((await fetch(`${running.url}/readyz`)).status, 200);
    assert.equal(await running.end("SIGTERM"), 0);
    const alone = await doctor();
    assert.match(alone.database, /^ok .*, embedded, newest schema$/);
    assert.equal(alone.status, 0);
  });
});
