import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openBed } from "../../bench/bed.ts";
import { startProduct, type Settings } from "../../bench/product.ts";
import { freshDatabase } from "../database.ts";
import { ana, patienceMs } from "./running.ts";

const slackless = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "secret" };

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "hindsight-process-"));
});
after(() => rm(folder, { recursive: true, force: true }));

async function ends(settings: Settings, args: readonly string[] = ["serve"]) {
  await using product = await startProduct({ HINDSIGHT_DATA: folder, ...settings }, args);
  const status = await product.ended();
  return { status, said: product.log(), output: product.output() };
}

describe("what makes no sense does not start", { concurrency: 4 }, () => {
  test("a wrong verb, or one word too many: status 2 and the usage", async () => {
    for (const args of [["dance"], ["serve", "now"]]) {
      const { status, said, output } = await ends({}, args);
      assert.equal(status, 2);
      assert.match(said, /hindsight \[verb\]/);
      assert.equal(output, "");
    }
  });

  const mistakes: Readonly<Record<string, { settings: Settings; args?: string[] }>> = {
    PORT: { settings: { PORT: "eighty" } },
    HOST: { settings: { HOST: "0.0.0.0" } },
    DATABASE_URL: { settings: { DATABASE_URL: "mysql://db/hindsight" } },
    SLACK_SIGNING_SECRET: { settings: { SLACK_BOT_TOKEN: "xoxb-1" } },
    SLACK_BOT_TOKEN: { settings: { SLACK_SIGNING_SECRET: "secret" } },
    INCIDENT_CHANNELS: { settings: { INCIDENT_CHANNELS: "inc-(" } },
    LOG_LEVEL: { settings: { LOG_LEVEL: "loud" } },
    PROMETHEUS_URL: { settings: { PROMETHEUS_URL: "prometheus:9090" } },
  };
  for (const [variable, { settings }] of Object.entries(mistakes)) {
    test(`${variable}: status 1, and its name with the mend`, async () => {
      const { status, said } = await ends(settings);
      assert.equal(status, 1);
      assert.match(said, new RegExp(`^${variable} (must|is)\\b`, "m"));
    });
  }

  test("one half without the database that it shares: status 1, and DATABASE_URL is named", async () => {
    const { status, said } = await ends(slackless, ["worker"]);
    assert.equal(status, 1);
    assert.match(said, /DATABASE_URL is not set/);
  });

  test("a catalog with an error: status 1, and its file and line are named", async () => {
    await using database = await freshDatabase();
    const path = join(folder, "broken.yaml");
    await writeFile(path, "services:\n  - name: checkout\n    tier: high\n");
    const { status, said } = await ends({ DATABASE_URL: database.url, CATALOG: path });
    assert.equal(status, 1);
    assert.match(said, /broken\.yaml:3 /);
  });
});

describe("the process", () => {
  test("is a whole in two halves on one database: one takes events in, the other answers", async () => {
    await using database = await freshDatabase();
    await using bed = await openBed({ databaseUrl: database.url, sourceDelayMs: 0 });
    await using web = await startProduct(bed.settings, ["web"]);
    await using worker = await startProduct(bed.settings, ["worker"]);
    await Promise.all([web.ready(), worker.ready()]);
    const { slack } = bed;
    slack.sendEventsTo(`${web.url}/slack/events`);
    const { id } = slack.createChannel({ name: "inc-1-checkout-latency", by: ana });
    const living = await slack.waitFor(
      () => slack.messages(id).find(({ text }) => text.includes("What is known")),
      patienceMs,
    );
    assert.match(living.text, /checkout p99 [\d.]+ s \(normal/);
    assert.equal(await worker.end("SIGTERM"), 0);
    assert.equal(await web.end("SIGTERM"), 0);
  });
});
