import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openBed } from "../../bench/bed.ts";
import { startProduct } from "../../bench/product.ts";
import type { LocalWorkspace } from "../../src/local/workspace.ts";
import { emptyDatabase, freshDatabase } from "../database.ts";
import { flakyNetwork } from "../edges/postgres/flaky-network.ts";
import { isReady, isUnready, readiness } from "./ready-of.ts";
import { ana, beginRunning, patienceMs, startRunning } from "./running.ts";

const refusedWithinMs = 1_000;
const retryDelaysMs = Array.from({ length: 120 }, () => 250);

describe("a database that is away", () => {
  test("at the start: not ready, with the mend; what Slack sent meanwhile is answered when it is back", async () => {
    await using database = await freshDatabase();
    await using network = await flakyNetwork(database.url);
    await network.cut();
    await using bed = await openBed({ databaseUrl: network.url, sourceDelayMs: 0, retryDelaysMs });
    await using running = await beginRunning({ ...bed.settings, HOST: "127.0.0.1" });
    const product = running.serving;
    const { said } = await readiness(
      product,
      (now) => isUnready(now) && /DATABASE_URL/.test(now.said),
    );
    assert.match(said, /The database does not answer; see DATABASE_URL/);
    const { slack } = bed;
    slack.sendEventsTo(`${product.url}/slack/events`);
    const ts = slack.say({ channel: "general", user: ana, text: `<@${slack.botUserId}> help` });
    await slack.waitFor(() => slack.deliveries().every(({ attempts }) => attempts.length > 1));
    await network.mend();
    await readiness(product, isReady);
    await answered(slack, ts);
  });

  test("at the start: SIGTERM ends the wait, with status 0", async () => {
    await using database = await freshDatabase();
    await using network = await flakyNetwork(database.url);
    await network.cut();
    await using bed = await openBed({ databaseUrl: network.url, sourceDelayMs: 0 });
    await using product = await startProduct(bed.settings);
    await readiness(product, isUnready);
    assert.equal(await product.end("SIGTERM"), 0);
  });

  test("later: an event is refused within a second and taken at a retry; ready again when it is back", async () => {
    await using database = await freshDatabase();
    await using network = await flakyNetwork(database.url);
    await using bed = await openBed({ databaseUrl: network.url, sourceDelayMs: 0, retryDelaysMs });
    await using running = await startRunning({ ...bed.settings, HOST: "127.0.0.1" });
    const product = running.serving;
    const { slack } = bed;
    slack.sendEventsTo(`${product.url}/slack/events`);
    await network.cut();
    const started = Date.now();
    const ts = slack.say({ channel: "general", user: ana, text: `<@${slack.botUserId}> help` });
    await slack.waitFor(() => slack.deliveries().some(({ attempts }) => attempts.length > 0));
    assert.ok(Date.now() - started < refusedWithinMs);
    const [first] = slack.deliveries().flatMap(({ attempts }) => attempts);
    assert.equal(first?.outcome === "answered" && first.status, 503);
    await readiness(product, isUnready);
    await network.mend();
    await readiness(product, isReady);
    await answered(slack, ts);
  });
});

/** In the thread of this message, by the bot. */
async function answered(slack: LocalWorkspace, ts: string): Promise<void> {
  const isAnswer = (message: { readonly thread_ts?: string; readonly user?: string }) =>
    message.thread_ts === ts && message.user === slack.botUserId;
  await slack.waitFor(() => slack.channel("general").messages.some(isAnswer), patienceMs);
}

test("an old schema is not ready and says what mends it; `migrate` does, without a restart", async () => {
  await using database = await emptyDatabase();
  await using bed = await openBed({ databaseUrl: database.url, sourceDelayMs: 0 });
  await using running = await beginRunning({ ...bed.settings, HOST: "127.0.0.1" });
  const product = running.serving;
  const { said } = await readiness(product, (now) => isUnready(now) && /schema/.test(now.said));
  assert.match(said, /old schema; run the migrate command/);
  await using migrating = await startProduct(bed.settings, ["migrate"]);
  assert.equal(await migrating.ended(), 0);
  await readiness(product, isReady);
});
