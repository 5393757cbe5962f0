import assert from "node:assert/strict";
import { test } from "node:test";
import { runKills } from "../../bench/killing.ts";
import { freshDatabase } from "../database.ts";

test("a process that is killed again and again loses no acknowledged mention and answers none twice", async () => {
  await using database = await freshDatabase();
  const tally = await runKills({
    databaseUrl: database.url,
    kills: 5,
    eventsPerSecond: 20,
    channels: 24,
    lifeMsMax: 2_500,
  });
  assert.ok(tally.acknowledged > 0);
  const { lost, duplicated, failed, doubledIncidents } = tally;
  assert.deepEqual(
    { lost, duplicated, failed, doubledIncidents },
    { lost: 0, duplicated: 0, failed: 0, doubledIncidents: 0 },
  );
});
