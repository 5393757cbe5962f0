import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { connect } from "../../../src/edges/postgres/connect.ts";
import { isSchemaCurrent, migrate } from "../../../src/edges/postgres/migrate.ts";
import { flowQueue, intakeQueue, openBoss } from "../../../src/edges/postgres/queue.ts";
import { emptyDatabase, freshDatabase } from "../../database.ts";

describe("migrating", () => {
  test("brings an empty database to the newest schema, the queue's included, however many do it at once and again", async () => {
    await using database = await emptyDatabase();
    await using connection = connect(database.url);
    assert.equal(await isSchemaCurrent(connection), false);
    await Promise.all([migrate(database.url), migrate(database.url)]);
    assert.equal(await isSchemaCurrent(connection), true);
    await migrate(database.url);
    const boss = await openBoss({ url: database.url, migrates: false, onError: assert.ifError });
    try {
      const names = (await boss.getQueues()).map(({ name }) => name);
      for (const queue of [intakeQueue, flowQueue]) assert.ok(names.includes(queue));
    } finally {
      await boss.stop({ graceful: false, close: true });
    }
  });

  test("a database that lacks the newest migration is not current", async () => {
    await using database = await emptyDatabase();
    await using connection = connect(database.url);
    await connection.sql`create schema drizzle`;
    await connection.sql`create table drizzle.__drizzle_migrations (created_at bigint)`;
    assert.equal(await isSchemaCurrent(connection), false);
    await connection.sql`insert into drizzle.__drizzle_migrations values (1)`;
    assert.equal(await isSchemaCurrent(connection), false);
  });

  test("every table carries its workspace", async () => {
    await using database = await freshDatabase();
    await using connection = connect(database.url);
    const rows = await connection.sql<{ name: string; has_it: boolean }>`
      select t.table_name as name, bool_or(c.column_name = 'workspace_id') as has_it
      from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
      where t.table_schema = 'public' group by t.table_name`;
    const without = rows.filter((row) => !row.has_it).map(({ name }) => name);
    assert.ok(rows.length > 5);
    assert.deepEqual(without, ["workspace"]);
  });
});
