import assert from "node:assert/strict";
import { test } from "node:test";
import postgres from "postgres";
import { openBed } from "../../bench/bed.ts";
import { runAlertKills } from "../../bench/killing-alerts.ts";
import { runKills } from "../../bench/killing.ts";
import { startProduct } from "../../bench/product.ts";
import { freshDatabase } from "../database.ts";
import { ana, patienceMs } from "./running.ts";

test("a process that is killed again and again loses no acknowledged mention and answers none twice", async () => {
  await using database = await freshDatabase();
  const tally = await runKills({
    databaseUrl: database.url,
    kills: 3,
    eventsPerSecond: 20,
    channels: 16,
    lifeMsMax: 2_500,
  });
  assert.ok(tally.acknowledged > 0);
  const { lost, duplicated, failed, doubledIncidents } = tally;
  assert.deepEqual(
    { lost, duplicated, failed, doubledIncidents },
    { lost: 0, duplicated: 0, failed: 0, doubledIncidents: 0 },
  );
});

test("a process that is killed again and again loses no acknowledged alert, and answers each group once", async () => {
  await using database = await freshDatabase();
  const {
    acknowledged,
    drainedSeconds: _drained,
    ...tally
  } = await runAlertKills({
    databaseUrl: database.url,
    kills: 2,
    groups: 6,
    alertsEach: 1,
    pauseMs: 1_000,
    lifeMsMax: 2_500,
  });
  assert.ok(acknowledged > 0);
  const once = { channels: 1, incidents: 1, doubledIncidents: 0 };
  assert.deepEqual(tally, { lost: 0, groups: 6, unanswered: 0, doubled: 0, ...once });
});

test("a process that is killed the moment its answer arrives does not give it again", async () => {
  await using database = await freshDatabase();
  const retryDelaysMs = Array.from({ length: 120 }, () => 250);
  await using bed = await openBed({ databaseUrl: database.url, sourceDelayMs: 0, retryDelaysMs });
  const { slack } = bed;
  const ask = () =>
    slack.say({ channel: "general", user: ana, text: `<@${slack.botUserId}> help` });
  const answersTo = (ts: string) =>
    slack
      .channel("general")
      .messages.filter(({ thread_ts: thread, user }) => thread === ts && user === slack.botUserId);
  const answered = (ts: string) => slack.waitFor(() => answersTo(ts).length > 0, patienceMs);

  await using first = await startProduct(bed.settings);
  await first.ready();
  slack.sendEventsTo(`${first.url}/slack/events`);
  const before = ask();
  await answered(before);
  await first.end("SIGKILL");
  // As if the dead sender's lease had run out.
  const sql = postgres(database.url, { max: 1 });
  await sql`update outbox_lease set leased_until = now()`;
  await sql.end();

  await using second = await startProduct(bed.settings);
  await second.ready();
  slack.sendEventsTo(`${second.url}/slack/events`);
  const after = ask();
  // The channel's messages leave in order: what was posted before is settled once this is here.
  await answered(after);
  assert.deepEqual([answersTo(before).length, answersTo(after).length], [1, 1]);
});
