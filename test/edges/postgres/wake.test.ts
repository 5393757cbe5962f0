import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../../../src/edges/postgres/connect.ts";
import { hearWakes, wakeOthers } from "../../../src/edges/postgres/wake.ts";
import { freshDatabase } from "../../database.ts";
import { until } from "../../until.ts";

test("one half of the program wakes the other, also after the connection between them was lost", async () => {
  await using database = await freshDatabase();
  await using connection = connect(database.url);
  let woken = 0;
  await using _hearing = hearWakes(database.url, () => void (woken += 1));
  const isHeard = async () => {
    const before = woken;
    await wakeOthers(connection.sql);
    return woken > before;
  };
  await until("it is woken", isHeard);
  const { count } = await connection.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'hindsight-wake' and datname = current_database()`;
  assert.equal(count, 1);
  await until("it is woken again", isHeard, 30_000);
});
